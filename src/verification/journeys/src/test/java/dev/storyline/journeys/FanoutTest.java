package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Feeds as the templates deploy them for more than two readers: a distributor, a topic and a queue for each slice. */
class FanoutTest {
    private static final String VIEW = "storyline-dev-wishes-child-wishes";
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    Path data;

    private LocalCloud start() {
        return LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, data)
                .with(Map.of(Deployment.FEED, "fanout"))
                .of("wishes"));
    }

    private static void assertShown(LocalCloud cloud, String child, int wishes) {
        HttpCalls calls = HttpCalls.to(cloud.baseUri());
        Eventually.within(
                SOON,
                () -> assertThat(calls.get("/wishes/children/" + child).path("wishes"))
                        .hasSize(wishes));
    }

    @Test
    void commits_arrive_over_queues_and_a_view_whose_queue_is_new_gets_those_before_it_too() throws Exception {
        try (LocalCloud cloud = start()) {
            assertThat(cloud.deployment().feeds())
                    .allSatisfy(feed -> assertThat(feed.name()).endsWith("/DistributorMapping"));
            HttpCalls calls = HttpCalls.to(cloud.baseUri());
            assertThat(calls.wish("rosa", "one", "a kite").statusCode()).isEqualTo(201);
            assertThat(calls.wish("rosa", "two", "a drum").statusCode()).isEqualTo(201);
            assertShown(cloud, "rosa", 2);
        }
        forgetView();
        try (LocalCloud cloud = start()) {
            assertShown(cloud, "rosa", 2);
        }
    }

    /** Leaves everything as if child-wishes had never been deployed. */
    private void forgetView() throws Exception {
        try (Connection deliveries = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("deliveries.db"));
                Statement statement = deliveries.createStatement()) {
            assertThat(statement.executeUpdate("DELETE FROM subscriptions WHERE queue LIKE '%child-wishes%'"))
                    .isEqualTo(1);
        }
        LocalDatabase database = LocalDatabase.open(data);
        try {
            database.client().deleteTable(request -> request.tableName(VIEW));
        } finally {
            database.close();
        }
    }
}
