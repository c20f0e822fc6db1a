package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.model.Actor;
import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the access rights of every route of every context, with tokens of an external issuer. */
@TestInstance(Lifecycle.PER_CLASS)
class AccessTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final Landscape landscape = Landscape.read(Repository.root());
    private final RSAKey key;
    private final HttpServer server;
    private final String issuer;
    private final LocalCloud cloud;

    AccessTest() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("key").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer = "http://127.0.0.1:" + server.getAddress().getPort();
        serve(
                "/.well-known/openid-configuration",
                "{\"issuer\": \"" + issuer + "\", \"jwks_uri\": \"" + issuer + "/keys\"}");
        serve("/keys", new JWKSet(key.toPublicJWK()).toString());
        server.start();
        cloud = LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .with(new TrustedIssuer(issuer, Deployment.AUDIENCE)));
    }

    private void serve(String path, String document) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(document.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @AfterAll
    void close() {
        cloud.close();
        server.stop(0);
    }

    List<Deployment.Route> routes() {
        return cloud.deployment().routes();
    }

    /** Returns a token with a limited validity, which may be in the past. */
    private String token(String subject, String audience, String scope, Duration good) throws JOSEException {
        Instant now = Instant.now();
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("key").build(),
                new JWTClaimsSet.Builder()
                        .issuer(issuer)
                        .audience(audience)
                        .subject(subject)
                        .claim("scope", scope)
                        .issueTime(Date.from(now.minusSeconds(60)))
                        .expirationTime(Date.from(now.plus(good)))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private String token(String subject, String scope) throws JOSEException {
        return token(subject, Deployment.AUDIENCE, scope, Duration.ofMinutes(5));
    }

    private HttpResponse<String> send(String method, String path, @Nullable String token, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(cloud.baseUri().resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("content-type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(method.equals("GET") ? "" : body));
        if (token != null) {
            request.header("authorization", "Bearer " + token);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Calls a route about a person. */
    private HttpResponse<String> call(Deployment.Route route, String about, @Nullable String token)
            throws IOException, InterruptedException {
        return send(route.method(), route.path().replaceAll("\\{\\w+}", about), token, body(route));
    }

    /** Returns a valid command body, so that only the caller can cause a refusal. */
    private static String body(Deployment.Route route) {
        return route.path().endsWith("/wishes") ? "{\"wish\": \"a kite\"}" : "{}";
    }

    private static void assertRefused(int status, String type, HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(Json.mapper().readTree(response.body()).path("type").asText())
                .isEqualTo("urn:storyline:problem:" + type);
    }

    private Model model(Deployment.Route route) {
        return Objects.requireNonNull(landscape
                .models()
                .get(cloud.deployment().function(route.function()).context()));
    }

    private Slice slice(Deployment.Route route) {
        String slice = cloud.deployment().function(route.function()).slice();
        return model(route).slice(slice.substring(slice.indexOf('/') + 1)).orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_route_asks_for_a_token_that_is_good(Deployment.Route route) throws Exception {
        String scope = String.join(" ", route.scopes());
        String expired = token("somebody", Deployment.AUDIENCE, scope, Duration.ofSeconds(-1));
        String elsewhere = token("somebody", "elsewhere", scope, Duration.ofMinutes(5));

        assertRefused(401, "unauthorized", call(route, "somebody", null));
        assertRefused(401, "unauthorized", call(route, "somebody", expired));
        assertRefused(401, "unauthorized", call(route, "somebody", elsewhere));
        assertRefused(403, "forbidden", call(route, "somebody", token("somebody", "openid other/actor")));
    }

    @ParameterizedTest
    @MethodSource("routes")
    void every_actor_that_the_model_names_passes_and_no_other(Deployment.Route route) throws Exception {
        String context = model(route).context();
        assertThat(route.scopes())
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(slice(route).actors().stream()
                        .map(actor -> context + "/" + actor)
                        .toList());
        for (Actor actor : model(route).actors().values()) {
            HttpResponse<String> response = call(route, "somebody", token("somebody", context + "/" + actor.name()));
            if (slice(route).actors().contains(actor.name())) {
                assertThat(response.statusCode()).as(response.body()).isNotIn(401, 403, 500);
            } else {
                assertRefused(403, "forbidden", response);
            }
        }
    }

    /** Returns the routes about a person who can be the subject of a token. */
    List<Deployment.Route> ownRoutes() {
        List<Deployment.Route> own = new ArrayList<>();
        for (Deployment.Route route : routes()) {
            boolean about = slice(route).actors().stream()
                    .map(name -> Objects.requireNonNull(model(route).actors().get(name))
                            .identity())
                    .anyMatch(identity -> !identity.isEmpty() && names(route, identity));
            if (about) {
                own.add(route);
            }
        }
        return own;
    }

    /** Checks whether the path of a route has a parameter of this type. */
    private boolean names(Deployment.Route route, String type) {
        Slice slice = slice(route);
        List<Element> about = new ArrayList<>();
        if (slice.command() != null) {
            about.add(Objects.requireNonNull(
                    model(route).commands().get(slice.command().element())));
        }
        slice.views()
                .forEach(view ->
                        about.add(Objects.requireNonNull(model(route).views().get(view.element()))));
        return about.stream()
                .flatMap(element -> element.fields().stream())
                .anyMatch(field -> field.type().equals(type) && route.path().contains("{" + field.name() + "}"));
    }

    @Test
    void whoever_has_an_identity_is_asked_for_it() {
        assertThat(ownRoutes())
                .extracting(route -> slice(route).name())
                .containsExactlyInAnyOrder(
                        "make-wish", "cancel-wish", "child-wishes", "customer-orders", "customer-balance");
    }

    @Test
    void who_sees_their_own_only_cannot_ask_how_far_the_stream_of_another_is() throws Exception {
        String stranger = token("stranger", "wishes/child");
        assertRefused(
                403, "not-yours", send("GET", "/wishes/children/stranger?atLeast=child%23victim@1", stranger, ""));
        HttpResponse<String> own = send("GET", "/wishes/children/stranger?atLeast=child%23stranger@1", stranger, "");
        assertThat(own.statusCode()).as(own.body()).isNotIn(401, 403);
    }

    @Test
    void an_order_of_another_customer_does_not_exist() throws Exception {
        String body = "{\"customerId\": \"ida\", \"lines\": [], \"deliveryAddress\": {\"name\": \"Ida\","
                + " \"street\": \"1 Mill Lane\", \"city\": \"Vienna\", \"country\": \"AT\"}}";
        assertRefused(403, "not-yours", send("POST", "/orders/orders", token("eve", "orders/customer"), body));
        assertRefused(422, "rejected", send("POST", "/orders/orders", token("ida", "orders/customer"), body));

        InternalOrders.place(cloud, "o1", "ida");
        for (String what : List.of("cancel", "return")) {
            String path = "/orders/orders/o1/" + what;
            HttpResponse<String> response =
                    send("POST", path, token("eve", "orders/customer"), "{\"reason\": \"mine\"}");
            assertThat(response.statusCode()).as(response.body()).isEqualTo(404);
        }
        String order = "/orders/orders/o1?consistency=strong";
        assertRefused(404, "unknown", send("GET", order, token("eve", "orders/customer"), ""));
        assertRefused(
                403,
                "not-yours",
                send("GET", "/orders/orders/o1?atLeast=order%23o2@1", token("eve", "orders/customer"), ""));
        assertThat(send("GET", order, token("ida", "orders/customer"), "").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", order, token("eve", "orders/warehouse"), "").statusCode())
                .isEqualTo(200);
        assertThat(send("GET", order, token("eve", "orders/warehouse orders/customer"), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wishes/child [wishes/elf]",
                "wishes/child x,wishes/elf",
                "wishes/child x\twishes/elf",
                "wishes/child [wishes/elf x]",
                "[wishes/elf wishes/child x]",
                "[x wishes/child wishes/elf]"
            })
    void a_scope_that_only_contains_the_name_of_another_opens_nothing(String scope) throws Exception {
        assertRefused(403, "not-yours", send("GET", "/wishes/children/simo", token("ida", scope), ""));
        assertRefused(
                403, "forbidden", send("GET", "/wishes/naughty-list", token("ida", scope.replace("child", "x")), ""));
    }

    @Test
    void pages_of_other_origins_may_use_the_routes_of_a_context_that_names_them() {
        assertThat(routes()).allSatisfy(route -> assertThat(route.cors()).isNull());
        Deployment named = Deployment.read(
                Repository.root(), Map.of("CorsOrigins", "https://shop.example, http://localhost:3000"));
        assertThat(named.routes())
                .hasSameSizeAs(routes())
                .allSatisfy(route -> assertThat(route.cors()).satisfies(cors -> {
                    assertThat(cors.origins()).containsExactly("https://shop.example", "http://localhost:3000");
                    assertThat(cors.methods()).contains(route.method());
                    assertThat(cors.headers())
                            .contains("authorization", "content-type", "idempotency-key", "if-match", "traceparent");
                }));
        assertThatThrownBy(
                        () -> Deployment.read(Repository.root(), Map.of("CorsOrigins", "https://a.example,b.example")))
                .hasMessageContaining("not 'b.example'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/problem+json", "text/json"})
    void a_body_that_is_not_declared_as_json_is_415_and_nothing_happens(String type) throws Exception {
        for (Deployment.Route route : routes()) {
            if (!route.method().equals("GET")) {
                HttpRequest request = HttpRequest.newBuilder(
                                cloud.baseUri().resolve(route.path().replaceAll("\\{\\w+}", "lea")))
                        .header("content-type", type)
                        .header("authorization", "Bearer " + token("lea", String.join(" ", route.scopes())))
                        .POST(HttpRequest.BodyPublishers.ofString(body(route)))
                        .build();
                assertRefused(415, "media-type", client.send(request, BodyHandlers.ofString()));
            }
        }
        assertThat(send("GET", "/wishes/streams/child%23lea", token("elf", "wishes/elf"), "")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @MethodSource("ownRoutes")
    void who_has_an_identity_acts_for_nobody_else_and_nothing_happens(Deployment.Route route) throws Exception {
        Model model = model(route);
        String context = model.context();
        String others = "";
        for (String name : slice(route).actors()) {
            boolean isSomebody =
                    !Objects.requireNonNull(model.actors().get(name)).identity().isEmpty();
            String scope = context + "/" + name;
            HttpResponse<String> response = call(route, "victim", token("stranger", scope));
            if (isSomebody) {
                assertRefused(403, "not-yours", response);
                assertThat(response.body()).contains("'stranger'");
            } else {
                assertThat(response.statusCode()).as(response.body()).isNotIn(401, 403, 500);
                others = " " + scope;
            }
        }
        if (!others.isEmpty()) {
            assertThat(call(route, "victim", token("stranger", context + "/child" + others))
                            .statusCode())
                    .isNotIn(401, 403, 500);
        }
        assertThat(send("GET", "/wishes/streams/child%23victim", token("elf", "wishes/elf"), "")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void who_asked_stands_in_the_recorded_story() throws Exception {
        HttpResponse<String> made =
                send("POST", "/wishes/children/simo/wishes", token("simo", "wishes/child"), "{\"wish\": \"a kite\"}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String wish = Json.mapper().readTree(made.body()).path("wishId").asText();
        String elf = token("elf-7", "wishes/elf");
        assertThat(send("POST", "/wishes/wishes/" + wish + "/fulfil", elf, "{}").statusCode())
                .isEqualTo(200);

        JsonNode story = Json.mapper()
                .readTree(send("GET", "/wishes/streams/child%23simo", elf, "").body());
        assertThat(story.at("/events/0/actor").asText()).isEqualTo("simo");
        assertThat(story.at("/events/1/actor").asText()).isEqualTo("elf-7");
        assertThat(send("GET", "/wishes/children/simo?consistency=strong", token("simo", "wishes/child"), "")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void the_metrics_of_this_machine_ask_for_no_token() throws Exception {
        assertThat(send("GET", "/metrics", null, "").statusCode()).isEqualTo(200);
    }
}
