package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests a local cloud whose data directory is on a disk that becomes full, and that gets more room while it runs. */
class FullDiskTest {
    private static final int MEGABYTES = 6;
    private static final int ENLARGED = 64;
    private static final int WISHES_OF_A_CHILD = 8;

    /** The longest text that a wish may have fills the disk soon. */
    private static final int LENGTH = 480;

    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private final AcknowledgedWishes acknowledged = new AcknowledgedWishes();
    private int number;

    @Test
    @Timeout(600)
    void a_full_disk_refuses_commands_and_loses_nothing_and_with_more_room_everything_goes_on_by_itself()
            throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES);
                CloudProcess cloud = CloudProcess.start(
                        disk.inside(),
                        folder,
                        "--port",
                        "0",
                        "--data",
                        disk.folder().resolve("data").toString())) {
            HttpCalls calls = HttpCalls.to(cloud.listening());
            HttpResponse<String> refused = fill(calls);
            System.out.println(acknowledged.size() + " wishes fit on a disk of " + MEGABYTES + " MB");
            assertThat(acknowledged.size()).isPositive();
            assertThat(refused.statusCode()).as("%s", refused.body()).isEqualTo(503);
            JsonNode problem = Json.mapper().readTree(refused.body());
            assertThat(problem.path("status").asInt()).isEqualTo(503);
            assertThat(problem.path("title").asText()).isEqualTo("The disk of the data directory is full");
            for (int i = 0; i < 10; i++) {
                assertThat(wish(calls).statusCode()).isEqualTo(503);
            }
            acknowledged.assertRecordedOnce(calls);
            assertThat(cloud.output()).containsOnlyOnce("is full");

            disk.enlarge(ENLARGED);
            Eventually.within(SETTLED_WITHIN, () -> acknowledged.assertViewsEqualFolds(calls));
            Eventually.within(SETTLED_WITHIN, () -> acknowledged.assertDelivered(calls));
            acknowledged.assertRecordedOnce(calls);
            assertThat(wish(calls).statusCode()).isEqualTo(201);
        }
    }

    /** Makes wishes until one is refused, and returns the refusal. */
    private HttpResponse<String> fill(HttpCalls calls) throws IOException, InterruptedException {
        HttpResponse<String> response = wish(calls);
        while (response.statusCode() == 201) {
            response = wish(calls);
        }
        return response;
    }

    private HttpResponse<String> wish(HttpCalls calls) throws IOException, InterruptedException {
        String child = "child-" + number / WISHES_OF_A_CHILD;
        String text = "wish " + number + " " + "x".repeat(LENGTH);
        HttpResponse<String> response = calls.wish(child, "key-" + number, text);
        if (response.statusCode() == 201) {
            acknowledged.add(child, text, response);
            number++;
        }
        return response;
    }
}
