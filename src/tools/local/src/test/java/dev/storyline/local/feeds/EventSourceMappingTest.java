package dev.storyline.local.feeds;

import static dev.storyline.local.DeliveryFunction.ANSWERS;
import static dev.storyline.local.DeliveryFunction.SEEN;
import static dev.storyline.local.DeliveryFunction.seen;
import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.DeliveryFunction;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.Shop;
import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class EventSourceMappingTest {
    private static final String LAMBDA = "BatchSize: 100\nBisectBatchOnFunctionError: true\nMaximumRetryAttempts: 2";

    @TempDir
    Path root;

    private Shop shop = new Shop(Path.of(""));

    @BeforeEach
    void openShop() throws IOException {
        shop = Shop.in(root);
        SEEN.clear();
        DeliveryFunction.LAST.clear();
        ANSWERS.clear();
    }

    @Test
    void two_feeds_of_one_table_each_see_every_record_in_order() throws Throwable {
        shop.feed("one", "BatchSize: 3").feed("two", LAMBDA);
        List<String> expected = names(0, 20);
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            Shop.append(cloud, expected.toArray(String[]::new));

            soon(() -> assertThat(seen("one")).isEqualTo(expected));
            soon(() -> assertThat(seen("two")).isEqualTo(expected));
            assertThat(SEEN.get("one")).allMatch(batch -> batch.size() <= 3);
        }
    }

    @Test
    void a_partial_failure_is_delivered_again_from_the_lowest_failed_record() throws Throwable {
        shop.feed("one", LAMBDA);
        AtomicBoolean again = new AtomicBoolean();
        ANSWERS.put("one", records -> {
            List<String> failed = sequences(records, "n2", "n4");
            return failed.isEmpty() || again.getAndSet(true) ? List.of() : failed.reversed();
        });

        deliver(names(0, 6));

        assertThat(SEEN.get("one")).containsExactly(names(0, 6), names(2, 6));
        assertThat(failures()).isEmpty();
    }

    @Test
    void a_record_that_fails_for_good_is_given_up_alone() throws Throwable {
        shop.feed("one", LAMBDA);
        ANSWERS.put("one", records -> sequences(records, "n2"));

        deliver(names(0, 5));

        assertThat(SEEN.get("one"))
                .containsExactly(names(0, 5), names(2, 5), names(2, 3), names(2, 3), names(2, 3), names(3, 5));
        assertThat(failures()).singleElement().satisfies(failure -> {
            JsonNode batch = failure.path("DDBStreamBatchInfo");
            assertThat(batch.path("startSequenceNumber")).isEqualTo(batch.path("endSequenceNumber"));
            assertThat(batch.path("streamArn").asText()).contains("/" + Shop.EVENTS + "/");
            assertThat(failure.path("requestContext").path("condition").asText())
                    .isEqualTo("the function named it as failed");
        });
    }

    @Test
    void a_batch_on_which_the_function_throws_is_halved_until_the_failing_record_is_alone() throws Throwable {
        shop.feed("one", LAMBDA);
        ANSWERS.put("one", records -> {
            if (sequences(records, "n3").isEmpty()) {
                return List.of();
            }
            throw new IllegalStateException("poison");
        });

        deliver(names(0, 8));

        assertThat(SEEN.get("one"))
                .containsExactly(
                        names(0, 8),
                        names(0, 4),
                        names(0, 2),
                        names(2, 4),
                        names(2, 3),
                        names(3, 4),
                        names(3, 4),
                        names(3, 4),
                        names(4, 8));
        assertThat(failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.toString()).contains("poison"));
    }

    @Test
    void without_bisecting_the_whole_batch_is_given_up() throws Throwable {
        shop.feed("one", "BatchSize: 100\nMaximumRetryAttempts: 1");
        ANSWERS.put("one", any -> {
            throw new IllegalStateException("always");
        });

        deliver(names(0, 4));

        assertThat(SEEN.get("one")).containsExactly(names(0, 4), names(0, 4));
        assertThat(failures())
                .singleElement()
                .satisfies(failure -> assertThat(failure.path("DDBStreamBatchInfo")
                                .path("batchSize")
                                .asInt())
                        .isEqualTo(4));
    }

    @Test
    void an_answer_that_names_an_unknown_record_fails_the_whole_batch() throws Throwable {
        shop.feed("one", LAMBDA);
        AtomicInteger calls = new AtomicInteger();
        ANSWERS.put("one", any -> calls.getAndIncrement() == 0 ? List.of("4711") : List.of());

        deliver(names(0, 4));

        assertThat(SEEN.get("one")).containsExactly(names(0, 4), names(0, 2), names(2, 4));
    }

    @Test
    void a_partial_batch_response_counts_only_where_the_mapping_enables_it() throws Throwable {
        shop.feed("one", LAMBDA);
        String template = java.nio.file.Files.readString(root.resolve("functions/shop/one/template.yaml"));
        shop.write(
                "functions/shop/one/template.yaml",
                template.replace("FunctionResponseTypes: [ReportBatchItemFailures]", "Enabled: true"));
        ANSWERS.put("one", records -> sequences(records, "n0"));

        deliver(names(0, 3));

        assertThat(SEEN.get("one")).containsExactly(names(0, 3));
    }

    @Test
    void a_restart_resumes_where_the_feed_stopped() throws Throwable {
        shop.feed("one", LAMBDA);
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            Shop.append(cloud, "before");
            soon(() -> assertThat(seen("one")).containsExactly("before"));
        }
        try (LocalDatabase tables = LocalDatabase.open(shop.keeping().data())) {
            Shop.append(tables, "while nobody looked");
        }
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            Shop.append(cloud, "after");
            soon(() -> assertThat(seen("one")).containsExactly("before", "while nobody looked", "after"));
        }
    }

    @Test
    void a_new_feed_begins_with_the_oldest_record() throws Throwable {
        shop.feed("one", LAMBDA);
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            Shop.append(cloud, names(0, 3).toArray(String[]::new));
            soon(() -> assertThat(seen("one")).hasSize(3));
        }
        shop.feed("two", LAMBDA);
        try (LocalCloud _ = LocalCloud.start(shop.keeping())) {
            soon(() -> assertThat(seen("two")).isEqualTo(names(0, 3)));
            assertThat(seen("one")).hasSize(3);
        }
    }

    /** Writes the records while no cloud runs, so that they come as one batch, and waits for the last checkpoint. */
    private void deliver(List<String> names) throws Throwable {
        Path data = root.resolve(".data");
        try (LocalDatabase tables = LocalDatabase.open(data)) {
            tables.create(Deployment.read(root).tables());
            Shop.append(tables, names.toArray(String[]::new));
        }
        try (LocalCloud cloud = LocalCloud.start(shop.keeping())) {
            soon(() -> assertThat(cloud.deliveries().positions())
                    .extracting(DeliveryStore.Position::sequence)
                    .containsExactly(DeliveryFunction.LAST.get("one")));
        }
    }

    private List<JsonNode> failures() throws IOException {
        try (DeliveryStore deliveries = DeliveryStore.open(shop.keeping().data())) {
            List<JsonNode> failures = new ArrayList<>();
            for (String queue : deliveries.depths().keySet()) {
                for (String body : deliveries.bodies(queue)) {
                    failures.add(Json.mapper().readTree(body));
                }
            }
            return failures;
        }
    }

    private static List<String> sequences(List<JsonNode> records, String... names) {
        return records.stream()
                .filter(record -> List.of(names).contains(DeliveryFunction.stream(record)))
                .map(DeliveryFunction::sequence)
                .toList();
    }

    private static List<String> names(int from, int until) {
        return IntStream.range(from, until).mapToObj(i -> "n" + i).toList();
    }
}
