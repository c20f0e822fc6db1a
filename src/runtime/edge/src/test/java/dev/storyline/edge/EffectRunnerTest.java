package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.common.Metric;
import dev.storyline.common.NotConfigured;
import dev.storyline.common.ParallelTasks;
import dev.storyline.common.Tally;
import dev.storyline.common.TransientFailure;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import io.cloudevents.core.format.EventFormat;
import io.cloudevents.core.provider.EventFormatProvider;
import io.cloudevents.jackson.JsonFormat;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class EffectRunnerTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:10Z");
    private static final StreamId STREAM = new StreamId("order", "o1");
    private static final Recorded<Object> CAUSE =
            new Recorded<>(STREAM, 3, Instant.parse("2026-01-01T00:00:00Z"), "paid", "ann", "talk", "order#o1@1");

    @EventType(value = "OrderPaid", version = 2)
    record OrderPaid(String order, int amount) {}

    record Ship(String order) {}

    /** Gives prepared answers, and records the calls. */
    private static final class Answers implements OutboundCalls {
        private final List<String> asked = new ArrayList<>();
        private final List<OneTimeSchedule> scheduled = new ArrayList<>();
        private InternalCommandReply reply =
                new InternalCommandReply(InternalCommandReply.ACCEPTED, null, "order#o1", 4);
        private List<Integer> left = List.of();
        private int troubles;

        private void ask(String what) {
            asked.add(what);
            if (troubles > 0) {
                troubles--;
                throw new TransientFailure("not now", null);
            }
        }

        @Override
        public JsonNode invoke(String function, JsonNode event) {
            ask(function + " " + event);
            return Json.mapper().valueToTree(reply);
        }

        @Override
        public List<Integer> publish(String bus, List<CloudEvent> events) {
            ask(bus + " " + Json.mapper().valueToTree(events.getFirst()));
            List<Integer> answer = left;
            left = List.of();
            return answer;
        }

        @Override
        public void schedule(OneTimeSchedule schedule) {
            ask("schedule " + Json.mapper().valueToTree(schedule));
            scheduled.add(schedule);
        }

        @Override
        public void unschedule(String group, String name) {
            ask("unschedule " + group + " " + name);
        }

        @Override
        public JsonNode post(String url, String key, JsonNode request) {
            ask(url + " " + key + " " + request);
            return Json.mapper().nullNode();
        }

        @Override
        public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
            return post(url, traceparent == null ? key : key + " " + traceparent, request);
        }
    }

    /** Counts the pauses and does not wait. */
    static final class NoTime implements Backoff {
        private int pauses;

        int pauses() {
            return pauses;
        }

        @Override
        public void pause(long longestNanos) {
            pauses++;
        }
    }

    /** Effects need no database. */
    static final class NoDatabase implements DynamoDbClient {
        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }

    private final Answers answers = new Answers();
    private final NoTime backoff = new NoTime();
    private final EffectRunner effects = new EffectRunner(
            new Edge(
                    new Settings(Map.of(
                            "DISPATCH_SHIP_ORDER", "arn:ship",
                            "DEADLINES", "shop-deadlines",
                            "DEADLINE_ROLE", "arn:role",
                            "MISSED_SHIP_ORDER", "arn:missed",
                            "BUS", "shop-bus",
                            "PORT_PRINTER", "http://printer/labels",
                            "PORT_NOBODY", "none",
                            "PORT_LATER", "",
                            "SLICE", "shop/ship")),
                    new NoDatabase(),
                    answers,
                    Clock.fixed(NOW, ZoneOffset.UTC),
                    backoff,
                    ParallelTasks.ONE_BY_ONE),
            "shop");

    private static Effect.Dispatch ship() {
        return new Effect.Dispatch("ship", "ship-order", STREAM, new Ship("o1"));
    }

    @Test
    void a_dispatched_command_has_the_effects_key_as_its_id_and_a_refusal_is_an_outcome() {
        assertThat(effects.run("shop/h/order#o1@3/ship", ship(), CAUSE)).isNull();
        assertThat(answers.asked)
                .singleElement()
                .asString()
                .startsWith(
                        "arn:ship {\"commandId\":\"shop/h/order#o1@3/ship\",\"actor\":\"ann\",\"correlation\":\"talk\","
                                + "\"causation\":\"order#o1@3\"")
                .endsWith("\"followedUp\":false,\"command\":{\"order\":\"o1\"}}");
        answers.reply = new InternalCommandReply(InternalCommandReply.REJECTED, "too-late", "order#o1", 0);
        assertThat(effects.run("key", ship().followUp(), CAUSE)).isEqualTo("too-late");
    }

    private static Effect.DispatchAt shipAt(Instant at) {
        return new Effect.DispatchAt("ship", "ship-order", STREAM, new Ship("o1"), at);
    }

    private Instant scheduledFor(Instant at) {
        effects.run("key", shipAt(at), CAUSE);
        return answers.scheduled.getLast().at();
    }

    @Test
    void a_deadline_becomes_a_schedule_that_is_named_by_the_effects_key() {
        String key = "shop/h/order#o1@3/ship";
        effects.run(key, shipAt(Instant.parse("2026-01-01T00:30:00Z")), CAUSE);
        effects.run(key, shipAt(Instant.parse("2026-01-01T00:30:00Z")), CAUSE);
        assertThat(answers.scheduled).hasSize(2);
        OneTimeSchedule schedule = answers.scheduled.getFirst();
        assertThat(answers.scheduled.getLast()).isEqualTo(schedule);
        assertThat(schedule.group()).isEqualTo("shop-deadlines");
        assertThat(schedule.name()).matches("[0-9a-f]{64}");
        assertThat(schedule.function()).isEqualTo("arn:ship");
        assertThat(schedule.role()).isEqualTo("arn:role");
        assertThat(schedule.missed()).isEqualTo("arn:missed");
        assertThat(schedule.event().path("commandId").asText()).isEqualTo(key);
        assertThat(schedule.event().path("unheard").asBoolean()).isTrue();
        assertThat(schedule.event().path("command").toString()).isEqualTo("{\"order\":\"o1\"}");
        effects.run(key, new Effect.TakeBack("ship", 3), CAUSE);
        assertThat(answers.asked.getLast()).isEqualTo("unschedule shop-deadlines " + schedule.name());
    }

    @Test
    void a_schedule_is_for_the_next_whole_minute_and_never_for_an_earlier_moment_than_the_deadline() {
        assertThat(scheduledFor(Instant.parse("2026-01-01T00:30:00Z"))).isEqualTo("2026-01-01T00:30:00Z");
        assertThat(scheduledFor(Instant.parse("2026-01-01T00:30:00.001Z"))).isEqualTo("2026-01-01T00:31:00Z");
    }

    @Test
    void a_schedule_that_is_due_in_a_moment_is_still_in_the_future_when_aws_gets_it() {
        assertThat(scheduledFor(NOW.plusMillis(1))).isEqualTo("2026-01-01T00:01:00Z");
        assertThat(scheduledFor(Instant.parse("2026-01-01T00:01:00Z"))).isEqualTo("2026-01-01T00:01:00Z");
    }

    @Test
    void a_deadline_that_has_passed_is_dispatched_at_once_under_the_same_id() {
        assertThat(effects.run("key", shipAt(NOW), CAUSE)).isNull();
        assertThat(answers.scheduled).isEmpty();
        assertThat(answers.asked)
                .singleElement()
                .asString()
                .startsWith("arn:ship {\"commandId\":\"key\"")
                .doesNotContain("unheard");
    }

    @Test
    void a_deadline_more_than_a_year_ahead_is_brought_forward() {
        assertThat(scheduledFor(Instant.MAX)).isEqualTo("2027-01-01T00:00:00Z");
    }

    @Test
    void a_schedule_that_cannot_be_created_now_is_tried_again() {
        answers.troubles = 1;
        effects.run("key", shipAt(NOW.plusSeconds(600)), CAUSE);
        assertThat(answers.asked).hasSize(2);
        assertThat(answers.asked.get(0)).isEqualTo(answers.asked.get(1));
    }

    @Test
    void a_command_that_the_other_slice_does_not_understand_is_poison() {
        answers.reply =
                new InternalCommandReply(InternalCommandReply.UNREADABLE, "The body field 'order' is missing.", "", 0);
        assertThatThrownBy(() -> effects.run("key", ship(), CAUSE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ship-order")
                .hasMessageContaining("'order' is missing");
    }

    @Test
    void a_command_under_the_id_of_another_one_is_poison_and_never_accepted() {
        answers.reply =
                new InternalCommandReply(InternalCommandReply.NOT_ITS_OWN, "another command has its id", "order#o1", 0);
        assertThatThrownBy(() -> effects.run("key", ship(), CAUSE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("ship-order")
                .hasMessageContaining("another command has its id");
    }

    @Test
    void a_key_longer_than_a_command_id_may_be_becomes_a_uuid_of_it_the_same_each_time() {
        String key = "k".repeat(129);
        assertThat(EffectRunner.commandId(key)).hasSize(36).isEqualTo(EffectRunner.commandId(key));
        assertThat(EffectRunner.commandId("k".repeat(128))).hasSize(128);
    }

    @Test
    void a_public_event_is_a_cloud_event_in_the_words_of_its_own_sdk() {
        effects.run("shop/h/order#o1@3/paid", new Effect.Publish("paid", new OrderPaid("o1", 5)), CAUSE);
        String sent = answers.asked.getFirst();
        assertThat(sent).startsWith("shop-bus ");
        EventFormat format =
                Objects.requireNonNull(EventFormatProvider.getInstance().resolveFormat(JsonFormat.CONTENT_TYPE));
        io.cloudevents.CloudEvent event =
                format.deserialize(sent.substring("shop-bus ".length()).getBytes(StandardCharsets.UTF_8));
        assertThat(event.getSpecVersion().toString()).isEqualTo("1.0");
        assertThat(event.getId()).isEqualTo("shop/h/order#o1@3/paid");
        assertThat(event.getSource()).isEqualTo(URI.create("urn:storyline:shop"));
        assertThat(event.getType()).isEqualTo("shop.OrderPaid.v2");
        assertThat(event.getDataSchema())
                .isEqualTo(URI.create("urn:storyline:contract:shop/public-events/OrderPaid.v2.json"));
        assertThat(event.getExtension("causationid")).isEqualTo("order#o1@3");
        assertThat(new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"order\":\"o1\",\"amount\":5}");
    }

    @Test
    void an_event_that_the_bus_did_not_take_is_published_again_under_the_same_id() {
        answers.left = List.of(0);
        effects.run("key", new Effect.Publish("paid", new OrderPaid("o1", 5)), CAUSE);
        assertThat(answers.asked).hasSize(2);
        assertThat(answers.asked.get(0)).isEqualTo(answers.asked.get(1));
    }

    @Test
    void a_port_is_called_with_the_key() {
        effects.run("key", new Effect.Call("print", "printer", new Ship("o1")), CAUSE);
        assertThat(answers.asked).containsExactly("http://printer/labels key {\"order\":\"o1\"}");
    }

    @Test
    void a_port_that_is_none_is_not_called() {
        assertThat(effects.run("key", new Effect.Call("print", "nobody", new Ship("o1")), CAUSE))
                .isNull();
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void a_port_without_an_address_is_not_configured_and_its_effect_is_not_done() {
        for (String port : List.of("fax", "later")) {
            assertThatThrownBy(() -> effects.run("key", new Effect.Call("print", port, new Ship("o1")), CAUSE))
                    .isInstanceOf(NotConfigured.class)
                    .hasMessageContaining("PORT_" + port.toUpperCase(Locale.ROOT));
        }
        assertThat(answers.asked).isEmpty();
    }

    @Test
    void trouble_is_tried_three_times_with_pauses_then_left_to_the_feed() {
        answers.troubles = 2;
        assertThat(effects.run("key", ship(), CAUSE)).isNull();
        assertThat(answers.asked).hasSize(3);
        assertThat(backoff.pauses).isEqualTo(2);
        answers.troubles = 3;
        assertThatThrownBy(() -> effects.run("key", ship(), CAUSE)).isInstanceOf(TransientFailure.class);
        assertThat(answers.asked).hasSize(6);
    }

    @Test
    void trouble_does_not_become_a_storm_and_one_target_does_not_take_the_others_down() {
        answers.troubles = 10_000;
        for (int i = 0; i < 200; i++) {
            assertThatThrownBy(() -> effects.run("key", ship(), CAUSE)).isInstanceOf(TransientFailure.class);
        }
        assertThat(answers.asked).as("calls before the breaker opened").hasSizeLessThanOrEqualTo(20);
        answers.troubles = 0;
        effects.run("key", new Effect.Call("print", "printer", new Ship("o1")), CAUSE);
        assertThat(answers.asked.getLast()).startsWith("http://printer/labels");
    }

    @Test
    void an_effect_of_a_traced_event_goes_out_in_its_trace_and_a_repetition_is_the_same_span() {
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        Recorded<?> traced = new Recorded<>(
                STREAM,
                3,
                Instant.parse("2026-01-01T00:00:00Z"),
                "paid",
                "ann",
                "talk",
                null,
                "00-" + trace + "-00f067aa0ba902b7-01");
        for (int i = 0; i < 2; i++) {
            effects.run("key", ship(), traced);
            effects.run("key2", new Effect.Publish("paid", new OrderPaid("o1", 5)), traced);
            effects.run("key3", new Effect.Call("print", "printer", new Ship("o1")), traced);
        }
        assertThat(answers.asked)
                .hasSize(6)
                .allSatisfy(asked -> assertThat(asked).contains("00-" + trace + "-"));
        assertThat(answers.asked.subList(0, 3)).isEqualTo(answers.asked.subList(3, 6));
        assertThat(answers.asked.get(0)).contains("\"traceparent\":\"00-" + trace);
    }

    @Test
    void calls_and_repeats_are_measured_and_so_is_a_target_whose_breaker_is_open() {
        Tally tally = new Tally();
        answers.troubles = 2;
        tally.during(() -> effects.run("key", ship(), CAUSE));
        assertThat(tally.sum(Metric.EFFECT_CALLS)).isEqualTo(3);
        assertThat(tally.sum(Metric.EFFECT_REPEATS)).isEqualTo(2);
        assertThat(tally.sum(Metric.RETRIES)).isEqualTo(2);
        assertThat(tally.sum(Metric.OPEN_BREAKERS)).isZero();
        answers.troubles = 10_000;
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> tally.during(() -> effects.run("key", ship(), CAUSE)))
                    .isInstanceOf(TransientFailure.class);
        }
        assertThat(tally.sum(Metric.OPEN_BREAKERS)).isEqualTo(1);
    }
}
