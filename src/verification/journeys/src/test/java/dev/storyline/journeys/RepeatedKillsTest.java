package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.local.LocalCloud;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the process of a local cloud again and again while callers press. A caller sends a command until it is
 * acknowledged, with the same idempotency key, as a good client does.
 */
class RepeatedKillsTest {
    private static final int COMMANDS = RunLength.of(200, 5_000);
    private static final int CALLERS = 16;
    private static final int WISHES_OF_A_CHILD = 8;

    /** A kill comes after this many seconds, or after a share of the commands if they are fast. */
    private static final int KILL_AFTER_SECONDS = 20;

    private static final int KILLS = RunLength.of(2, 8);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private final AcknowledgedWishes acknowledged = new AcknowledgedWishes();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicReference<HttpCalls> cloud = new AtomicReference<>();

    @Test
    void kills_under_load_lose_nothing_that_was_acknowledged_and_everything_is_quiet_within_a_minute()
            throws Exception {
        Path data = folder.resolve("data");
        int kills = press(data);
        System.out.println(COMMANDS + " commands, " + acknowledged.size() + " wishes, " + kills + " kills");
        assertThat(kills).isGreaterThanOrEqualTo(KILLS);
        try (LocalCloud last = LocalCloud.start(
                new LocalCloud.Options(Repository.root(), 0, data).of("wishes", "naughtychildren", "logistics"))) {
            HttpCalls calls = HttpCalls.to(last.baseUri());
            acknowledged.assertRecordedOnce(calls);
            Quiet quiet = new Quiet(last);
            Eventually.within(SETTLED_WITHIN, quiet::asserted);
            acknowledged.assertViewsEqualFolds(calls);
            acknowledged.assertDelivered(calls);
        }
    }

    /** Sends all commands, and returns the number of kills. */
    private int press(Path data) throws Exception {
        int kills = 0;
        List<Future<?>> callers = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            CountDownLatch ended = new CountDownLatch(CALLERS);
            while (true) {
                try (CloudProcess process = CloudProcess.start(folder, "--port", "0", "--data", data.toString())) {
                    cloud.set(HttpCalls.to(process.listening()));
                    for (int i = callers.size(); i < CALLERS; i++) {
                        callers.add(threads.submit(() -> {
                            try {
                                callerUntilTheEnd();
                            } finally {
                                ended.countDown();
                            }
                            return null;
                        }));
                    }
                    if (isEndedBeforeTheNextKill(ended, kills)) {
                        break;
                    }
                    process.kill();
                    kills++;
                }
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
        }
        return kills;
    }

    private boolean isEndedBeforeTheNextKill(CountDownLatch ended, int kills) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(KILL_AFTER_SECONDS);
        int share = COMMANDS / (KILLS + 1) * (kills + 1);
        while (System.nanoTime() < deadline && (kills >= KILLS || done.get() < share)) {
            if (ended.await(10, TimeUnit.MILLISECONDS)) {
                return true;
            }
        }
        return false;
    }

    private void callerUntilTheEnd() throws InterruptedException, IOException {
        AcknowledgedWishes.Wish last = null;
        for (int i = next.getAndIncrement(); i < COMMANDS; i = next.getAndIncrement()) {
            if (last != null && i % 5 == 0) {
                cancel(last);
                last = null;
            } else {
                last = wish(i);
            }
            done.incrementAndGet();
        }
    }

    private AcknowledgedWishes.Wish wish(int number) throws InterruptedException, IOException {
        String child = "child-" + number / WISHES_OF_A_CHILD;
        String text = "wish " + number;
        while (true) {
            try {
                HttpResponse<String> response = calls().wish(child, "key-" + number, text);
                if (response.statusCode() == 201) {
                    return acknowledged.add(child, text, response);
                }
                assertThat(response.statusCode()).as("%s", response.body()).isEqualTo(503);
            } catch (IOException e) {
                awaitNext(e);
            }
        }
    }

    private void cancel(AcknowledgedWishes.Wish wish) throws InterruptedException {
        boolean isRepeated = false;
        while (true) {
            try {
                int status =
                        calls().post("/wishes/children/" + wish.child() + "/wishes/" + wish.wishId() + "/cancel", "{}");
                if (status != 503) {
                    // 404: an earlier try was recorded although nobody heard of it, so the wish is closed.
                    assertThat(status).as("%s", wish).isIn(200, 201, isRepeated ? 404 : 200);
                    acknowledged.cancelled(wish);
                    return;
                }
            } catch (IOException e) {
                awaitNext(e);
            }
            isRepeated = true;
        }
    }

    private HttpCalls calls() {
        return Objects.requireNonNull(cloud.get());
    }

    /** Waits until the killed cloud has a successor, which may be there already. */
    private void awaitNext(IOException failure) {
        HttpCalls before = calls();
        Eventually.within(
                Duration.ofMinutes(2),
                () -> assertThat(!calls().base().equals(before.base())
                                || !before.get("/wishes/naughty-list").isNull())
                        .as("%s", failure)
                        .isTrue());
    }

    /** Nothing waits in a queue, every feed is at its head, and no function has called the database for a while. */
    private static final class Quiet {
        private static final long WHILE_NANOS = 2_000_000_000L;

        private final LocalCloud cloud;
        private long calls = -1;
        private long since;

        Quiet(LocalCloud cloud) {
            this.cloud = cloud;
        }

        void asserted() {
            assertThat(cloud.deliveries().depths()).isEmpty();
            assertThat(cloud.lag()).isZero();
            long now = Objects.requireNonNull(cloud.work().get(LocalDatabase.FUNCTIONS))
                    .calls();
            if (now != calls) {
                calls = now;
                since = System.nanoTime();
            }
            assertThat(System.nanoTime() - since).as("without a call").isGreaterThan(WHILE_NANOS);
        }
    }
}
