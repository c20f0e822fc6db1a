package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.TransientFailure;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of ports, from the effect to a real HTTP server and back. */
class HttpPortTest {
    private static final Recorded<Object> CAUSE =
            new Recorded<>(new StreamId("job", "j1"), 3, Instant.EPOCH, "done", "ann", "talk", "job#j1@1");
    private static final Duration SHORT = Duration.ofMillis(300);

    record Entry(String job, String amount) {}

    /** A clock that a test sets. */
    private static final class StandingClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        synchronized void goOn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public synchronized Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("Nobody asks for it");
        }
    }

    private record OnlyPorts(HttpPort port) implements OutboundCalls {
        @Override
        public JsonNode invoke(String function, JsonNode event) {
            return OutboundCalls.NONE.invoke(function, event);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            return OutboundCalls.NONE.publish(bus, events);
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            return post(url, key, null, request);
        }

        @Override
        public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
            return port.post(url, key, traceparent, request);
        }
    }

    private final StandingClock clock = new StandingClock();
    private final EffectRunnerTest.NoTime backoff = new EffectRunnerTest.NoTime();
    private final StandInServer accounting = started();
    private final StandInServer printing = started();
    private EffectRunner effects = effects(Duration.ofSeconds(10));

    private static StandInServer started() {
        try {
            return new StandInServer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Effects whose calls have this timeout. */
    private EffectRunner effects(Duration longest) {
        Settings settings = new Settings(Map.of("PORT_ACCOUNTING", accounting.url(), "PORT_PRINTING", printing.url()));
        OutboundCalls outgoing = new OnlyPorts(new HttpPort(longest, clock));
        return new EffectRunner(
                new Edge(
                        settings,
                        new EffectRunnerTest.NoDatabase(),
                        outgoing,
                        clock,
                        backoff,
                        ParallelTasks.ONE_BY_ONE),
                "fieldops");
    }

    private void call(String port, String key) {
        effects.run(key, new Effect.Call("book", port, new Entry("j1", "120.50")), CAUSE);
    }

    private void book(String key) {
        call("accounting", key);
    }

    /** Twelve calls fail, more than the circuit breaker needs to open. */
    private void breakTheBreaker() {
        int[] trouble = new int[12];
        Arrays.fill(trouble, 503);
        accounting.answers(trouble);
        for (int i = 0; i < 4; i++) {
            assertThatThrownBy(() -> book("key")).isInstanceOf(TransientFailure.class);
        }
        assertThat(accounting.asked()).as("calls until the breaker opened").hasSize(10);
        accounting.answersNothingMore();
    }

    @AfterEach
    void stop() {
        accounting.close();
        printing.close();
    }

    @Test
    void a_call_is_one_post_of_json_with_its_key() {
        book("fieldops/bill/job#j1@3/book");
        assertThat(accounting.asked())
                .containsExactly(new StandInServer.Asked(
                        "POST",
                        "fieldops/bill/job#j1@3/book",
                        "application/json",
                        "{\"job\":\"j1\",\"amount\":\"120.50\"}"));
    }

    @Test
    void a_key_that_no_header_can_hold_becomes_a_uuid_of_it_the_same_each_time() {
        accounting.answers(503);
        book("fieldops/bill/job#m\u0142yn@3/book");
        book("k".repeat(255));
        book("k".repeat(256));
        List<String> keys =
                accounting.asked().stream().map(StandInServer.Asked::key).toList();
        assertThat(keys.get(0)).hasSize(36).isEqualTo(keys.get(1));
        assertThat(keys.get(2)).hasSize(255);
        assertThat(keys.get(3)).hasSize(36).isNotEqualTo(keys.get(0));
    }

    @Test
    void passing_trouble_is_tried_again_under_the_same_key_and_with_the_same_body() {
        for (int status : List.of(500, 503, 429, 408, 425)) {
            accounting.answers(status);
            book("key-" + status);
        }
        assertThat(accounting.asked()).hasSize(10);
        for (int i = 0; i < 10; i += 2) {
            assertThat(accounting.asked().get(i)).isEqualTo(accounting.asked().get(i + 1));
        }
        assertThat(backoff.pauses()).isEqualTo(5);
    }

    @Test
    void after_three_tries_it_is_left_to_the_feed() {
        accounting.answers(503, 503, 503);
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("answered 503");
        assertThat(accounting.asked())
                .hasSize(3)
                .containsOnly(accounting.asked().getFirst());
    }

    @Test
    void no_try_begins_when_the_time_for_tries_is_over() {
        accounting.answers(503, 503);
        accounting.beforeEachAnswer(() -> clock.goOn(Duration.ofSeconds(11)));
        assertThatThrownBy(() -> book("key")).isInstanceOf(TransientFailure.class);
        assertThat(accounting.asked()).hasSize(1);
    }

    @Test
    void what_the_other_side_will_never_take_is_final_and_opens_no_breaker() {
        for (int status : List.of(400, 401, 404, 422, 301)) {
            accounting.answers(status, status);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> book("key"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("will not take the request: " + status);
            }
        }
        assertThat(accounting.asked()).as("none was tried again").hasSize(10);
        book("key");
        assertThat(accounting.asked()).hasSize(11);
    }

    @Test
    void an_open_breaker_makes_no_call_until_ten_seconds_are_over_and_one_success_closes_it() {
        breakTheBreaker();
        for (int i = 0; i < 5; i++) {
            assertThatThrownBy(() -> book("key"))
                    .isInstanceOf(TransientFailure.class)
                    .hasMessageContaining("is open");
        }
        assertThat(accounting.asked()).as("no call while it is open").hasSize(10);
        call("printing", "key");
        assertThat(printing.asked()).as("another port goes on").hasSize(1);
        clock.goOn(Duration.ofSeconds(11));
        book("key");
        accounting.answers(503);
        book("key");
        assertThat(accounting.asked()).as("closed: trouble is tried again").hasSize(13);
    }

    @Test
    void a_half_open_breaker_lets_one_call_through_and_opens_again_where_it_fails() {
        breakTheBreaker();
        clock.goOn(Duration.ofSeconds(11));
        accounting.answers(503);
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is open");
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is open");
        assertThat(accounting.asked()).hasSize(11);
    }

    @Test
    void of_many_calls_at_once_a_half_open_breaker_lets_one_through() throws Exception {
        breakTheBreaker();
        clock.goOn(Duration.ofSeconds(11));
        accounting.answersWhenLetGo();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> through = threads.submit(() -> book("through"));
            accounting.awaitAsked(11);
            List<Future<?>> others = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                others.add(threads.submit(() -> book("other")));
            }
            for (Future<?> other : others) {
                assertThatThrownBy(other::get).hasCauseInstanceOf(TransientFailure.class);
            }
            accounting.letGo();
            through.get();
        }
        assertThat(accounting.asked()).hasSize(11);
        book("key");
        assertThat(accounting.asked()).hasSize(12);
    }

    @Test
    void where_the_other_side_says_when_to_come_back_nothing_is_called_before() {
        accounting.answersLater(429, "90");
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("answered 429");
        clock.goOn(Duration.ofSeconds(89));
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is open");
        assertThat(accounting.asked()).hasSize(1);
        clock.goOn(Duration.ofSeconds(2));
        book("key");
        assertThat(accounting.asked())
                .hasSize(2)
                .containsOnly(accounting.asked().getFirst());
    }

    @Test
    void it_may_say_so_as_a_date_and_again_and_five_minutes_at_most() {
        accounting.answersLater(503, "Thu, 01 Jan 2026 00:01:00 GMT");
        assertThatThrownBy(() -> book("key")).isInstanceOf(TransientFailure.class);
        clock.goOn(Duration.ofSeconds(59));
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is open");
        clock.goOn(Duration.ofSeconds(2));
        accounting.answersLater(503, "86400");
        assertThatThrownBy(() -> book("key")).isInstanceOf(TransientFailure.class);
        clock.goOn(HttpPort.LONGEST_REST.minusSeconds(1));
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("is open");
        clock.goOn(Duration.ofSeconds(2));
        book("key");
        assertThat(accounting.asked()).hasSize(3);
    }

    @Test
    void a_time_to_come_back_that_is_over_or_unreadable_is_trouble_like_any_other() {
        for (String nothing : List.of("0", "-5", "soon", "1e9", "Wed, 31 Dec 2025 00:00:00 GMT", "9".repeat(400))) {
            accounting.answersLater(503, nothing);
            book(nothing);
            book("and all is well");
        }
        assertThat(accounting.asked()).hasSize(18);
    }

    @Test
    void an_answer_that_does_not_come_or_does_not_end_is_waited_for_so_long_and_no_longer() {
        effects = effects(SHORT);
        accounting.answersWithoutEnd();
        book("key");
        assertThat(accounting.asked())
                .as("under the same key")
                .hasSize(2)
                .containsOnly(accounting.asked().getFirst());
        accounting.answersWhenLetGo();
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("did not answer");
    }

    @Test
    void nobody_there_is_trouble_that_passes() {
        accounting.close();
        assertThatThrownBy(() -> book("key"))
                .isInstanceOf(TransientFailure.class)
                .hasMessageContaining("did not answer");
    }
}
