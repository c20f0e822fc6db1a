package dev.storyline.local.feeds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store tells of its queues. */
class DeliveryStoreTest {
    private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:failures";

    @Test
    void a_queue_has_a_depth_an_age_and_the_number_of_messages_that_failed() {
        try (DeliveryStore store = DeliveryStore.open(null)) {
            assertThat(store.depths(Instant.now())).isEmpty();
            store.add(List.of(QUEUE), List.of("one", "two"));
            Instant inAMinute = Instant.now().plusSeconds(60);
            assertThat(store.depths(inAMinute).get(QUEUE)).satisfies(depth -> {
                assertThat(depth.messages()).isEqualTo(2);
                assertThat(depth.failing()).isZero();
                assertThat(depth.oldestSeconds()).isBetween(59.0, 70.0);
            });

            store.again(store.receive(QUEUE, 1).getFirst(), inAMinute);
            assertThat(store.depths(inAMinute).get(QUEUE)).satisfies(depth -> {
                assertThat(depth.failing()).isEqualTo(1);
                assertThat(depth.oldestSeconds())
                        .as("a message that is tried again is as old as before")
                        .isGreaterThan(59);
            });
        }
    }

    @Test
    void a_file_of_an_older_version_gets_the_times_of_its_messages(@TempDir Path data) throws Exception {
        try (Connection older = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("deliveries.db"));
                Statement statement = older.createStatement()) {
            statement.execute(
                    "CREATE TABLE messages (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
                            + " queue TEXT NOT NULL, body TEXT NOT NULL, receives INTEGER NOT NULL, visible_at INTEGER NOT NULL)");
            statement.execute("INSERT INTO messages (id, queue, body, receives, visible_at) VALUES ('1', '" + QUEUE
                    + "', 'old', 0, " + Instant.now().minusSeconds(3_600).toEpochMilli() + ")");
        }
        try (DeliveryStore store = DeliveryStore.open(data)) {
            store.add(QUEUE, "new");
            assertThat(store.bodies(QUEUE)).containsExactly("old", "new");
            assertThat(store.depths(Instant.now()).get(QUEUE))
                    .extracting(DeliveryStore.Depth::oldestSeconds)
                    .satisfies(age -> assertThat(age).isGreaterThan(3_599));
        }
        DeliveryStore.open(data).close();
    }
}
