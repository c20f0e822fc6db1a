package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.dynamodb.SimulatedDynamoDb;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sends commands under ids that other commands have, to the real endpoints of a bank. */
class CommandIdentityTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final StreamId ANN = new StreamId("account", "ann");
    private static final String CAUSE = "account#ann@1";
    private static final String FEE = "bank/fees/" + CAUSE + "/fee";
    private static final String REFUSAL = FEE + "/too-little/refused";

    private final Deployment deployment = Bank.deployment();
    private final SimulatedDynamoDb dynamo = SimulatedDynamoDb.with(deployment);
    private final EventStore events = new DynamoDbEventStore(dynamo, "events");

    /** Calls a function with a cold start. */
    private JsonNode call(String export, JsonNode event) throws Exception {
        Deployment.FunctionSpec function = deployment.functions().stream()
                .filter(one -> one.export().equals(export))
                .findFirst()
                .orElseThrow();
        Edge edge = new Edge(
                new Settings(function.environment()),
                dynamo,
                OutboundCalls.NONE,
                Clock.fixed(NOW, ZoneOffset.UTC),
                _ -> {},
                ParallelTasks.ONE_BY_ONE);
        return Bank.start(function, edge).call(event);
    }

    private JsonNode client(String what, String key, int cents) throws Exception {
        String body =
                what.equals("deposit") ? "{\"cents\": " + cents + ", \"items\": 0}" : "{\"cents\": " + cents + "}";
        return call(
                what,
                Json.mapper()
                        .readTree(LambdaEvents.http(
                                Map.of("account", "ann"), Map.of(), Map.of("idempotency-key", key), body)));
    }

    /** Dispatches a fee, as the event handler does. */
    private JsonNode fee(int cents) throws Exception {
        return fee(cents, CAUSE);
    }

    private JsonNode fee(int cents, String cause) throws Exception {
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", FEE)
                .put("actor", "handler")
                .put("correlation", "conversation")
                .put("causation", cause)
                .put("followedUp", true);
        message.putObject("command").put("account", "ann").put("cents", cents);
        return call("withdraw-inner", message);
    }

    /** Delivers a public event to the translation, and returns the failed messages. */
    private List<String> refused(String account) throws Exception {
        String batch = LambdaEvents.messages(
                LambdaEvents.cloudEvent("bank.FeeRefused.v1", REFUSAL, Map.of("account", account)));
        return call("remind", Json.mapper().readTree(batch))
                .path("batchItemFailures")
                .findValuesAsText("itemIdentifier");
    }

    private static String translationKey() {
        String name = "bank/remind|urn:storyline:bank|" + REFUSAL;
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private List<String> recorded() {
        List<String> types = new ArrayList<>();
        events.read(ANN, 0, Long.MAX_VALUE, commit -> commit.events().forEach(event -> types.add(event.type())));
        return types;
    }

    private void stored(long version, String id, String type, String data, CommitMetadata meta) {
        events.append(new Commit(ANN, version, id, NOW, List.of(new StoredEvent(type, 1, false, data)), meta));
    }

    private static CommitMetadata meta(@Nullable String causation, @Nullable String request) {
        return new CommitMetadata("somebody", "conversation", causation, request, null);
    }

    @Test
    void a_client_cannot_swallow_a_dispatched_command_by_its_id() throws Exception {
        assertThat(client("deposit", FEE, 100).path("statusCode").asInt()).isEqualTo(200);
        assertThat(fee(40).path("outcome").asText()).isEqualTo("accepted");
        assertThat(fee(40).path("version").asInt()).isEqualTo(2);
        assertThat(recorded()).containsExactly("Deposited", "Withdrawn");
    }

    @Test
    void a_client_cannot_make_a_refusal_of_a_dispatched_command() throws Exception {
        assertThat(client("withdraw", FEE, 10).path("statusCode").asInt()).isEqualTo(422);
        client("deposit", "own", 100);
        assertThat(fee(40).path("outcome").asText()).isEqualTo("accepted");
    }

    @Test
    void a_client_cannot_swallow_a_translation_by_its_id() throws Exception {
        client("deposit", translationKey(), 100);
        assertThat(refused("ann")).isEmpty();
        assertThat(refused("ann")).isEmpty();
        assertThat(recorded()).containsExactly("Deposited", "Reminded");
    }

    @Test
    void an_internal_command_does_not_take_a_key_from_a_client() throws Exception {
        client("deposit", "first", 100);
        fee(40);
        refused("ann");
        for (String key : List.of(FEE, translationKey())) {
            JsonNode made = client("deposit", key, 7);
            assertThat(made.path("statusCode").asInt()).isEqualTo(200);
            assertThat(client("deposit", key, 7)).isEqualTo(made);
            assertThat(client("deposit", key, 8).path("body").asText()).contains("idempotency-key-reused");
        }
        assertThat(recorded()).containsExactly("Deposited", "Withdrawn", "Reminded", "Deposited", "Deposited");
    }

    @Test
    void a_dispatched_command_with_other_content_under_one_id_is_not_taken_for_a_repetition() throws Exception {
        client("deposit", "first", 100);
        fee(40);
        assertThat(fee(41).path("outcome").asText()).isEqualTo("not-its-own");
        assertThat(fee(40).path("outcome").asText()).isEqualTo("accepted");
        assertThat(recorded()).containsExactly("Deposited", "Withdrawn");
    }

    @Test
    void a_command_of_a_deadline_that_is_not_carried_out_fails_because_nobody_gets_its_answer() throws Exception {
        client("deposit", "first", 100);
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", FEE)
                .put("actor", "handler")
                .put("correlation", "conversation")
                .put("causation", CAUSE)
                .put("followedUp", false)
                .put("unheard", true);
        message.putObject("command").put("account", "ann").put("cents", 40);
        call("withdraw-inner", message);
        call("withdraw-inner", message);
        assertThat(recorded()).as("twice is once").containsExactly("Deposited", "Withdrawn");
        message.putObject("command").put("account", "ann").put("cents", 41);
        assertThatThrownBy(() -> call("withdraw-inner", message))
                .hasRootCauseMessage("The command " + FEE
                        + " of a deadline is not carried out, not-its-own: the stream account#ann has a commit of another command"
                        + " under the id dispatch\u2192" + FEE);
        message.putObject("command").put("account", "ann");
        assertThatThrownBy(() -> call("withdraw-inner", message)).hasStackTraceContaining("unreadable");
        message.put("commandId", "later");
        message.putObject("command").put("account", "ann").put("cents", 400);
        assertThat(call("withdraw-inner", message).path("outcome").asText())
                .as("a rule that refuses is an answer")
                .isEqualTo("rejected");
    }

    @Test
    void a_recorded_refusal_answers_its_own_command_only() throws Exception {
        assertThat(fee(40).path("rule").asText()).isEqualTo("too-little");
        client("deposit", "first", 100);
        assertThat(fee(40).path("rule").asText()).isEqualTo("too-little");
        assertThat(fee(41).path("outcome").asText()).isEqualTo("not-its-own");
        assertThat(recorded()).containsExactly("storyline.Refused", "Deposited");
    }

    @Test
    void another_event_under_the_id_of_an_earlier_one_is_delivered_again_until_somebody_sees_it() throws Exception {
        stored(1, "first", "Deposited", "{\"cents\": 100, \"items\": 0}", meta(null, "hash"));
        stored(2, "translation\u2192" + translationKey(), "Reminded", "{}", meta(REFUSAL, "of other content"));
        assertThat(refused("ann")).containsExactly("m1");
        assertThat(recorded()).containsExactly("Deposited", "Reminded");
    }

    @Test
    void a_retry_of_a_command_that_was_recorded_before_kinds_were_stored_is_answered_once() throws Exception {
        stored(1, "first", "Deposited", "{\"cents\": 100, \"items\": 0}", meta(null, "hash"));
        stored(2, FEE, "Withdrawn", "{\"cents\": 40}", meta(CAUSE, null));
        stored(3, translationKey(), "Reminded", "{}", meta(REFUSAL, null));
        assertThat(fee(40).path("version").asInt()).isEqualTo(2);
        assertThat(refused("ann")).isEmpty();
        assertThat(recorded()).containsExactly("Deposited", "Withdrawn", "Reminded");
        assertThat(fee(40, "account#ann@9").path("outcome").asText()).isEqualTo("not-its-own");
    }

    @Test
    void what_a_client_recorded_under_such_an_id_before_kinds_were_stored_swallows_nothing_any_more() throws Exception {
        stored(1, FEE, "Deposited", "{\"cents\": 100, \"items\": 0}", meta(null, "hash"));
        stored(2, translationKey(), "Deposited", "{\"cents\": 100, \"items\": 0}", meta(null, "hash"));
        assertThat(fee(40).path("version").asInt()).isEqualTo(3);
        assertThat(refused("ann")).isEmpty();
        assertThat(recorded()).containsExactly("Deposited", "Deposited", "Withdrawn", "Reminded");
    }

    @Test
    void no_http_key_has_the_form_of_a_stored_internal_id() throws Exception {
        for (String key : List.of("dispatch\u2192" + FEE, "translation\u2192" + translationKey())) {
            assertThat(client("deposit", key, 1).path("statusCode").asInt()).isEqualTo(400);
        }
        assertThat(recorded()).isEmpty();
    }
}
