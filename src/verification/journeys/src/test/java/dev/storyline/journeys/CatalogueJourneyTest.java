package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.LocalCloud;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products are described, found, renamed, priced and retired over HTTP, on a running local cloud. */
class CatalogueJourneyTest {
    private static LocalCloud cloud;
    private static HttpCalls calls;

    @BeforeAll
    static void start() {
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null).of("catalogue"));
        calls = HttpCalls.to(cloud.baseUri());
    }

    @AfterAll
    static void stop() {
        calls.client().close();
        cloud.close();
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve("/catalogue/products/" + path))
                                .timeout(Duration.ofSeconds(60))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    /** Sends a command that succeeds, and returns where its event stands. */
    private static String done(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, body);
        assertThat(response.statusCode()).as(response.body()).isIn(200, 201);
        JsonNode answer = Json.mapper().readTree(response.body());
        return answer.path("stream").asText() + "@" + answer.path("version").asLong();
    }

    private static String describe(String product, String name, String category) throws Exception {
        return done(
                product + "/describe",
                "{'name': '" + name + "', 'description': '', 'category': '" + category
                        + "', 'language': 'en', 'price': {'amount': 12.50, 'currency': 'EUR'}, 'taxRate': 0.2}");
    }

    private static JsonNode search(String query, String atLeast) throws Exception {
        return calls.get(
                "/catalogue/search?" + query + "&atLeast=" + URLEncoder.encode(atLeast, StandardCharsets.UTF_8));
    }

    private static List<String> ids(JsonNode result) {
        return result.path("hits").findValuesAsText("productId");
    }

    @Test
    void a_product_is_found_until_it_is_retired() throws Exception {
        JsonNode found = search("q=zither", describe("zither-1", "Concert zither", "music"));
        assertThat(ids(found)).containsExactly("zither-1");
        assertThat(found.at("/hits/0/price/amount").decimalValue()).isEqualByComparingTo("12.5");

        String renamed = done("zither-1/rename", "{'name': 'Concert psaltery'}");
        assertThat(ids(search("q=zither", renamed))).isEmpty();
        assertThat(ids(search("q=psaltery", renamed))).containsExactly("zither-1");
        assertThat(ids(search("q=psaltrey", renamed))).containsExactly("zither-1");
        assertThat(ids(search("q=psal", renamed))).containsExactly("zither-1");

        String priced = done("zither-1/price", "{'price': {'amount': 9, 'currency': 'EUR'}}");
        assertThat(search("q=psaltery", priced).at("/hits/0/price/amount").decimalValue())
                .isEqualByComparingTo("9");
        String retired = done("zither-1/retire", "{}");
        assertThat(search("q=psaltery", retired).path("total").asInt()).isZero();
        JsonNode product = calls.get("/catalogue/products/zither-1?consistency=strong");
        assertThat(product.path("retired").asBoolean()).isTrue();
        assertThat(product.path("name").asText()).isEqualTo("Concert psaltery");
    }

    @Test
    void a_planned_price_is_shown_before_it_begins() throws Exception {
        describe("planned", "Planned thing", "things");
        done(
                "planned/price",
                "{'price': {'amount': 20, 'currency': 'EUR'}, 'from': '"
                        + Instant.now().plusSeconds(86_400) + "'}");
        JsonNode product = calls.get("/catalogue/products/planned?consistency=strong");
        assertThat(product.at("/price/amount").decimalValue()).isEqualByComparingTo("12.5");
        assertThat(product.at("/planned/0/price/amount").decimalValue()).isEqualByComparingTo("20");
    }

    @Test
    void hits_have_pages_and_facets() throws Exception {
        List<Callable<String>> products = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            int n = i;
            products.add(() -> describe("gong-" + n, "Bronze gong", n % 3 == 0 ? "percussion" : "gifts"));
        }
        List<String> written = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(8)) {
            for (Future<String> one : executor.invokeAll(products)) {
                written.add(one.get());
            }
        }
        for (String one : written) {
            search("q=gong", one);
        }
        JsonNode first = calls.get("/catalogue/search?q=gong&limit=25");
        assertThat(first.path("total").asInt()).isEqualTo(60);
        assertThat(first.path("exact").asBoolean()).isTrue();
        assertThat(first.path("facets").toString())
                .isEqualTo("[{\"category\":\"gifts\",\"count\":40},{\"category\":\"percussion\",\"count\":20}]");

        List<String> all = new ArrayList<>(ids(first));
        String next = first.path("next").asText();
        while (!next.isEmpty() && !next.equals("null")) {
            JsonNode page = calls.get("/catalogue/search?q=gong&limit=25&after=" + next);
            assertThat(ids(page)).hasSizeBetween(1, 25);
            all.addAll(ids(page));
            next = page.path("next").asText();
        }
        assertThat(all).hasSize(60).doesNotHaveDuplicates();
        assertThat(calls.get("/catalogue/search?q=gong&category=percussion")
                        .path("total")
                        .asInt())
                .isEqualTo(20);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "search?q=gong&after=nonsense          | 400",
                "search?q=gong&limit=0                 | 400",
                "search?q=gong&limit=1001              | 400",
                "search                                | 400",
                "search?q=gong&colour=red              | 400",
                "search?q=gong&consistency=strong      | 400",
                "search?q=                             | 200",
                "products/never-described              | 404"
            })
    void queries_are_read_strictly(String path, int status) throws Exception {
        HttpResponse<String> response = calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve("/catalogue/" + path))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }

    @Test
    void a_query_that_is_too_long_is_refused() throws Exception {
        HttpResponse<String> response = calls.client()
                .send(
                        HttpRequest.newBuilder(calls.base().resolve("/catalogue/search?q=" + "a".repeat(201)))
                                .timeout(Duration.ofSeconds(60))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    }

    @Test
    void a_language_that_is_not_known_is_refused() throws Exception {
        HttpResponse<String> response = post(
                "sv/describe",
                "{'name': 'Stol', 'description': '', 'category': 'x', 'language': 'sv', 'price': {'amount': 1, 'currency': 'EUR'}, 'taxRate': 0}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(response.body()).contains("language");
    }

    @Test
    void a_product_of_which_nothing_is_known_is_not_renamed() throws Exception {
        HttpResponse<String> response = post("unknown/rename", "{'name': 'Thing'}");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        assertThat(response.body()).contains("product-not-found");
    }
}
