package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.eventstore.Commit;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Specification;
import dev.storyline.testkit.LambdaEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The checks that every function of a slice must pass, independent of its business logic. The template determines the
 * kind of endpoint, and the model provides an example of its input.
 */
final class EndpointChecks {
    private static final String UNKNOWN = "unheardOf";

    private final Subject subject;
    private final List<EndpointCheck> checks = new ArrayList<>();

    private EndpointChecks(Subject subject) {
        this.subject = subject;
    }

    /** Returns the checks of all functions of a slice; the activation of an event handler comes before its feed. */
    static List<EndpointCheck> of(Subject subject) {
        EndpointChecks checks = new EndpointChecks(subject);
        checks.subject.upkeep().ifPresent(checks::maintenance);
        for (FunctionSpec function : subject.functions()) {
            subject.deployment().routes().stream()
                    .filter(route -> route.function().equals(function.arn()))
                    .forEach(route -> checks.route(function, route));
            subject.deployment().queueFeeds().stream()
                    .filter(feed -> feed.function().equals(function.arn()))
                    .forEach(feed -> checks.queue(function, feed));
        }
        checks.subject.inner().ifPresent(checks::internal);
        checks.subject.feed().ifPresent(checks::feed);
        return checks.checks;
    }

    private void route(FunctionSpec function, Deployment.Route route) {
        Map<String, String> path = new LinkedHashMap<>();
        Stage.parameters(route).forEach(name -> path.put(name, "x"));
        if (route.method().equals("GET")) {
            add(
                    function,
                    "refuses an unknown query parameter by its name",
                    tree(LambdaEvents.http(path, Map.of(UNKNOWN, "1"), Map.of(), null)),
                    "status 400 and a problem that names '" + UNKNOWN + "'",
                    EndpointChecks::isRefusedByName);
            return;
        }
        add(
                function,
                "refuses an unknown field by its name",
                tree(LambdaEvents.post(path, "{\"" + UNKNOWN + "\": 1}")),
                "status 400 and a problem that names '" + UNKNOWN + "'",
                EndpointChecks::isRefusedByName);
        command().flatMap(command -> example(command, inputs(command))).ifPresent(example -> {
            ObjectNode body = example.deepCopy();
            path.replaceAll((name, value) ->
                    Optional.ofNullable(body.remove(name)).map(JsonNode::asText).orElse(value));
            add(
                    function,
                    "understands the example of the model and answers a repetition alike",
                    tree(LambdaEvents.http(path, Map.of(), Map.of("idempotency-key", "example"), body.toString())),
                    "status 200 or 201, or the rule that refused the command",
                    new Repeated(reply ->
                            Set.of(200, 201).contains(reply.path("statusCode").asInt())
                                    || body(reply).has("rule")));
        });
    }

    private static boolean isRefusedByName(JsonNode reply) {
        return reply.path("statusCode").asInt() == 400
                && reply.path("body").asText().contains(UNKNOWN);
    }

    private void internal(FunctionSpec function) {
        ObjectNode unknown = message("unknown");
        unknown.putObject("command").put(UNKNOWN, 1);
        add(
                function,
                "calls a command with an unknown field unreadable",
                unknown,
                "the outcome 'unreadable'",
                reply -> reply.path("outcome").asText().equals("unreadable"));
        folds(
                function,
                EndpointChecks::question,
                reply -> reply.path("outcome").asText().equals("folded"));
        command().flatMap(command -> example(command, command.fields())).ifPresent(example -> {
            ObjectNode message = message("example");
            message.set("command", example);
            add(
                    function,
                    "handles the complete command of the model and answers a repetition alike",
                    message,
                    "the outcome 'accepted', 'already-so' or 'rejected', both times the same",
                    new Repeated(reply -> Set.of("accepted", "already-so", "rejected")
                            .contains(reply.path("outcome").asText())));
        });
    }

    /** A question about a state in the place of a command. */
    private static ObjectNode question(String stream) {
        ObjectNode question = message("question");
        question.putObject("fold").put("stream", stream);
        return question;
    }

    private static ObjectNode message(String id) {
        return Json.mapper()
                .createObjectNode()
                .put("commandId", id)
                .put("actor", "handler")
                .put("correlation", "conversation")
                .put("causation", "cause#1@1")
                .put("followedUp", false);
    }

    private void queue(FunctionSpec function, Deployment.QueueFeed feed) {
        List<String> types = subject.deployment().rules().stream()
                .filter(rule -> rule.target().equals(feed.queue()))
                .flatMap(rule -> rule.types().stream())
                .toList();
        if (types.isEmpty()) {
            return;
        }
        add(
                function,
                "gives back an event of a type that its rule does not let through",
                tree(LambdaEvents.messages(LambdaEvents.cloudEvent("nowhere.UnheardOf.v1", "other", Map.of()))),
                "the failure of the message m1",
                reply -> failures(reply).equals(List.of("m1")));
        for (String type : types) {
            Element event = foreign(type);
            example(event, event.fields()).ifPresent(data -> {
                Map<String, JsonNode> fields = new LinkedHashMap<>();
                data.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
                fields.put("newer", Json.mapper().getNodeFactory().textNode("a field of a newer version"));
                add(
                        function,
                        "takes " + type + " and passes over a field that it does not know",
                        tree(LambdaEvents.messages(LambdaEvents.cloudEvent(type, "example", fields))),
                        "no failed message",
                        reply -> failures(reply).isEmpty());
            });
        }
    }

    private Element foreign(String type) {
        String[] parts = type.split("\\.", 3);
        return Objects.requireNonNull(
                Objects.requireNonNull(subject.landscape().models().get(parts[0]), parts[0])
                        .publicEvents()
                        .get(parts[1]),
                type);
    }

    private void maintenance(FunctionSpec function) {
        if (subject.birth().isPresent()) {
            add(
                    function,
                    "stores the time of its activation once",
                    Json.mapper().createObjectNode().put("do", "birth"),
                    "the time of its activation, both times the same",
                    new Repeated(reply -> reply.hasNonNull("birth")));
        }
        add(
                function,
                "knows that no stream is parked",
                Json.mapper().createObjectNode().put("do", "parked"),
                "an empty list",
                reply -> reply.path("parked").isArray() && reply.path("parked").isEmpty());
        folds(
                function,
                stream -> Json.mapper().createObjectNode().put("do", "fold").put("stream", stream),
                reply -> reply.path("rows").isArray());
    }

    /** Asks for the state after the longest story, because a state that is told must be JSON. */
    private void folds(FunctionSpec function, Function<String, ObjectNode> question, Predicate<JsonNode> answer) {
        List<Commit> story = story(subject, false);
        String stream = story.isEmpty() ? "nothing#1" : story.getLast().stream().toString();
        long head = story.stream()
                .filter(commit -> commit.stream().toString().equals(stream))
                .mapToLong(Commit::last)
                .max()
                .orElse(0);
        checks.add(new EndpointCheck(
                function,
                "tells the state that it folds from a stream",
                question.apply(stream),
                story,
                "the state at version " + head,
                reply -> answer.test(reply)
                        && reply.has("state")
                        && reply.path("version").asLong() == head));
    }

    private void feed(FunctionSpec function) {
        ObjectNode nothing = Json.mapper().createObjectNode();
        nothing.putArray("Records");
        add(
                function,
                "takes a batch without records",
                nothing,
                "no failed record",
                reply -> failures(reply).isEmpty());
        List<Commit> story = story(subject, false);
        if (!story.isEmpty()) {
            checks.add(new EndpointCheck(
                    function,
                    "takes the events of a specification, and their duplicates change nothing",
                    LambdaEvents.feed(story.toArray(Commit[]::new)),
                    story,
                    "no failed record",
                    reply -> failures(reply).isEmpty()));
        }
    }

    /**
     * Returns the events of the specification with the most events.
     *
     * @param sending whether to consider only specifications in which the slice sends something
     */
    private static List<Commit> story(Subject subject, boolean sending) {
        List<Commit> longest = List.of();
        for (Specification specification : subject.slice().runs()) {
            try {
                Scenario.Performance performance = Scenario.perform(subject, specification, Set.of());
                if (performance.past().size() > longest.size()
                        && !(sending && performance.outcome().sent().isEmpty())) {
                    longest = performance.past();
                }
            } catch (SymbolicJson.Unclear | AssertionError e) {
                // The test of this specification reports why it cannot run.
            }
        }
        return longest;
    }

    /**
     * Returns the effects that an event handler wrongly sends for events before its activation, and those missing for
     * events after it.
     */
    static List<String> historyThatFires(Subject subject) {
        List<Commit> story = story(subject, true);
        if (story.isEmpty()) {
            // The comparison with the model reports that no specification shows the effects of the handler.
            return List.of();
        }
        List<String> differences = new ArrayList<>();
        if (!sent(subject, story, LambdaEvents.AFTER_ANY_BIRTH).isEmpty()) {
            differences.add("The event handler " + subject.name()
                    + " sends something when it gets events from before its activation.");
        }
        if (sent(subject, story, Instant.EPOCH).isEmpty()) {
            differences.add("The event handler " + subject.name()
                    + " sends nothing, although its specifications say that it does.");
        }
        return differences;
    }

    private static List<ScenarioOutcome.Fact> sent(Subject subject, List<Commit> story, Instant activation) {
        Stage stage = new Stage(subject);
        stage.call(
                subject.birth().orElseThrow(), Json.mapper().createObjectNode().put("do", "birth"), activation);
        Deployment.FunctionSpec feed = subject.feed().orElseThrow();
        for (Commit commit : story) {
            stage.append(feed, commit);
            stage.feed(feed, commit, activation);
        }
        stage.pass(Instant.MAX);
        return stage.takeSent();
    }

    private Optional<Element> command() {
        Ref command = subject.slice().command();
        return command == null
                ? Optional.empty()
                : Optional.ofNullable(subject.model().commands().get(command.element()));
    }

    private static List<Field> inputs(Element command) {
        return command.fields().stream().filter(Scenario::isInput).toList();
    }

    /**
     * Returns the values of the first specification that mentions only these fields; if there is none, the examples of
     * the fields.
     */
    private Optional<ObjectNode> example(Element element, List<Field> fields) {
        SymbolicJson values = subject.values(element);
        for (Map<String, Object> told : told(element)) {
            if (told.keySet().stream()
                    .allMatch(name ->
                            fields.stream().anyMatch(field -> field.name().equals(name)))) {
                try {
                    return Optional.of(values.all(fields, told, 1));
                } catch (SymbolicJson.Unclear e) {
                    // The next specification may have sufficient values.
                }
            }
        }
        return Optional.empty();
    }

    private List<Map<String, Object>> told(Element element) {
        List<Map<String, Object>> told = new ArrayList<>();
        for (Specification specification : subject.slice().runs()) {
            for (ScenarioStep step : specification.when()) {
                if (element.equals(
                        subject.landscape().find(subject.model(), step.subject(), Kind.COMMAND, Kind.EVENT))) {
                    told.add(step.values());
                }
            }
        }
        told.add(Map.of());
        return told;
    }

    private void add(
            FunctionSpec function, String sentence, JsonNode event, String expected, Predicate<JsonNode> holds) {
        checks.add(new EndpointCheck(function, sentence, event, List.of(), expected, holds));
    }

    /** Accepts a reply that is as expected and, from the second reply on, equals the first one. */
    private static final class Repeated implements Predicate<JsonNode> {
        private final Predicate<JsonNode> holds;
        private final List<JsonNode> first = new ArrayList<>();

        Repeated(Predicate<JsonNode> holds) {
            this.holds = holds;
        }

        @Override
        public boolean test(JsonNode reply) {
            first.add(reply);
            return holds.test(reply) && reply.equals(first.getFirst());
        }
    }

    private static List<String> failures(JsonNode reply) {
        if (!reply.path("batchItemFailures").isArray()) {
            return List.of("no partial batch response");
        }
        return reply.path("batchItemFailures").findValuesAsText("itemIdentifier");
    }

    private static JsonNode body(JsonNode reply) {
        return tree(reply.path("body").asText());
    }

    private static JsonNode tree(String json) {
        return Stage.tree(json);
    }
}
