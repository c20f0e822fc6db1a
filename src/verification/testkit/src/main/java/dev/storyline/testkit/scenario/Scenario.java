package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.CloudEvent;
import dev.storyline.eventstore.Commit;
import dev.storyline.kernel.StreamId;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Specification;
import dev.storyline.model.SymbolicValues;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.scenario.ScenarioOutcome.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs one specification once. It records and feeds the given events, sends the command or event through its real
 * endpoint, and reads the results where clients and other slices read them.
 */
final class Scenario {
    /** The replacement for an event that is left out. No slice knows this event, so all slices skip it. */
    private static final String LEFT_OUT = "LeftOut";

    private final Subject subject;
    private final Specification specification;
    private final Set<String> leftOut;
    private final Stage stage;
    /** The known values of each element, from which fields may originate. */
    private final Map<String, List<ObjectNode>> sources = new HashMap<>();

    private final List<ScenarioOutcome.Rejection> rejections = new ArrayList<>();
    /** How many commands, events and messages have arrived under when. */
    private int arrived;

    /** The streams that the specification mentions. */
    private final Set<StreamId> streams = new LinkedHashSet<>();

    private Scenario(Subject subject, Specification specification, Set<String> leftOut) {
        this.subject = subject;
        this.specification = specification;
        this.leftOut = leftOut;
        this.stage = new Stage(subject);
    }

    /**
     * The result of a specification.
     *
     * @param outcome the behavior of the slice
     * @param sources the values from which fields may originate, by element
     * @param tablesRead the tables that the slice's functions read
     * @param streams the streams that the specification mentions
     * @param past the events of the specification, each in a commit of its own
     */
    record Performance(
            ScenarioOutcome outcome,
            Map<String, List<ObjectNode>> sources,
            Set<String> tablesRead,
            Set<StreamId> streams,
            List<Commit> past) {}

    /**
     * Runs a specification.
     *
     * @param leftOut the events to leave out, to test whether they matter
     */
    static Performance perform(Subject subject, Specification specification, Set<String> leftOut) {
        Scenario scenario = new Scenario(subject, specification, leftOut);
        ScenarioOutcome outcome = scenario.perform();
        return new Performance(
                outcome, scenario.sources, scenario.stage.tablesRead(), scenario.streams, scenario.stage.past());
    }

    private ScenarioOutcome perform() {
        Instant at = SymbolicValues.NOW;
        if (subject.birth().isPresent()) {
            stage.call(
                    subject.birth().get(),
                    Json.mapper().createObjectNode().put("RequestType", "Create"),
                    Instant.EPOCH);
        }
        for (ScenarioStep clause : specification.given()) {
            for (int n = 1; n <= clause.times(); n++) {
                given(clause, n);
            }
        }
        // Each commit goes to a cold function, so that the memory of a machine passes through the table every time.
        subject.feed().ifPresent(feed -> stage.past().forEach(commit -> stage.feed(feed, commit, at)));
        stage.takeSent();
        List<JsonNode> shown = new ArrayList<>();
        Instant now = at;
        for (ScenarioStep clause : specification.when()) {
            if (clause.what() == What.TIME) {
                now = now.plus(SymbolicValues.later(clause.at()).orElseThrow());
                stage.pass(now);
                continue;
            }
            Instant then = clause.at().isEmpty() ? now : SymbolicJson.instant(clause.at());
            Element element = element(clause, Kind.COMMAND, Kind.EVENT, Kind.VIEW);
            for (int n = 1; n <= clause.times(); n++) {
                when(clause, element, then, n);
            }
        }
        for (ScenarioStep clause : specification.then()) {
            Element element = clause.what() == What.REJECTED || clause.what() == What.NOTHING ? null : result(clause);
            if (element != null && element.kind() == Kind.VIEW) {
                shown.add(show(clause, element, now));
            }
        }
        return new ScenarioOutcome(rejections, stage.recorded(), stage.takeSent(), shown);
    }

    /** Every command and every message has an id of its own, so that each is judged. */
    private void when(ScenarioStep clause, Element element, Instant at, int n) {
        arrived++;
        String id = arrived == 1 ? "when" : "when-" + arrived;
        switch (element.kind()) {
            case COMMAND -> {
                JsonNode reply = command(clause, element, at, n, id);
                String rule = reply.path("rule").asText("");
                if (!rule.isEmpty()) {
                    rejections.add(new ScenarioOutcome.Rejection(
                            rule, reply.path("detail").asText("")));
                }
            }
            case EVENT -> event(clause, element, at, n);
            case PUBLIC_EVENT -> foreign(clause, element, at, n, id);
            case VIEW -> {
                // This is the query; its answer is compared with the clauses under then.
            }
        }
    }

    private Element element(ScenarioStep clause, Kind... kinds) {
        return found(subject.landscape().find(subject.model(), clause.subject(), kinds), clause);
    }

    private static Element found(@Nullable Element element, ScenarioStep clause) {
        return Objects.requireNonNull(element, () -> clause.place() + ": there is no " + clause.subject());
    }

    /** Returns the element of a clause under then; of two elements with one name, the one that the slice produces. */
    private Element result(ScenarioStep clause) {
        return result(subject, clause);
    }

    static Element result(Subject subject, ScenarioStep clause) {
        Kind[] kinds = subject.slice().publishes().stream()
                        .anyMatch(ref -> ref.element().equals(clause.subject().element()))
                ? new Kind[] {Kind.PUBLIC_EVENT}
                : new Kind[] {Kind.EVENT, Kind.COMMAND, Kind.VIEW};
        return found(subject.landscape().find(subject.model(), clause.subject(), kinds), clause);
    }

    private void given(ScenarioStep clause, int n) {
        Element element = element(clause, Kind.EVENT, Kind.VIEW);
        ObjectNode data = subject.values(element).all(element.fields(), clause.values(), n);
        sources.computeIfAbsent(element.name(), name -> new ArrayList<>()).add(data);
        if (element.kind() == Kind.VIEW) {
            SharedRow.put(subject, stage, element, stream(commandStream(), data, clause), data);
            return;
        }
        happened(clause, element, data);
    }

    private Commit happened(ScenarioStep clause, Element element, ObjectNode data) {
        Instant at = clause.at().isEmpty() ? SymbolicValues.NOW : SymbolicJson.instant(clause.at());
        boolean missing = leftOut.contains(element.name());
        StreamId stream = stream(element.stream(), data, clause);
        streams.add(stream);
        return stage.happened(
                stream,
                missing ? LEFT_OUT : element.name(),
                element.version(),
                !missing && element.essential(),
                data,
                at,
                clause.by().isEmpty() ? "specification" : clause.by());
    }

    private String commandStream() {
        Ref command = subject.slice().command();
        Element element = command == null ? null : subject.model().commands().get(command.element());
        return element == null ? "" : element.stream();
    }

    private StreamId stream(String category, ObjectNode data, ScenarioStep clause) {
        EventStream stream = subject.model().streams().get(category);
        if (stream == null || (stream.by().isEmpty() && clause.stream().isEmpty())) {
            throw new SymbolicJson.Unclear(
                    "Say in the model which field names the entity of the stream '" + category + "' ('by').");
        }
        String id = clause.stream().isEmpty() ? data.path(stream.by()).asText() : clause.stream();
        if (id.isEmpty()) {
            throw new SymbolicJson.Unclear("Tell '" + stream.by() + "' of " + clause.subject() + ", or the stream.");
        }
        return StreamId.parse(category + "#" + id);
    }

    /** Returns whether a person enters this field, because the model names no other origin. */
    static boolean isInput(Field field) {
        return field.generated().isEmpty()
                && field.computed().isEmpty()
                && field.from().isEmpty();
    }

    private JsonNode command(ScenarioStep clause, Element command, Instant at, int n, String id) {
        List<Field> inputs = command.fields().stream().filter(Scenario::isInput).toList();
        Optional<Deployment.Route> route = subject.route("POST");
        boolean complete = clause.values().keySet().stream()
                .anyMatch(
                        name -> inputs.stream().noneMatch(field -> field.name().equals(name)));
        SymbolicJson values = subject.values(command);
        if (route.isPresent() && !complete) {
            ObjectNode request = values.all(inputs, clause.values(), n);
            sources.computeIfAbsent(command.name(), name -> new ArrayList<>()).add(request);
            findStreams(command, request, clause);
            JsonNode reply = stage.post(route.get(), request, at, id);
            if (reply.has("status") && !reply.has("rule")) {
                throw new AssertionError("The request is not understood: " + reply);
            }
            return reply;
        }
        Deployment.FunctionSpec inner = subject.inner()
                .orElseThrow(
                        () -> new SymbolicJson.Unclear(
                                subject.name()
                                        + " has no internal endpoint for a complete command: give only fields of its request, or a foreign event."));
        ObjectNode fields = values.all(command.fields(), clause.values(), n);
        sources.computeIfAbsent(command.name(), name -> new ArrayList<>()).add(fields);
        findStreams(command, fields, clause);
        ObjectNode message = Json.mapper()
                .createObjectNode()
                .put("commandId", id)
                .put("actor", clause.by().isEmpty() ? "specification" : clause.by())
                .put("correlation", "specification")
                .put("at", at.toString())
                .put("followedUp", false);
        message.set("command", fields);
        JsonNode reply = stage.call(inner, message, at);
        if (reply.path("outcome").asText().equals("unreadable")) {
            throw new AssertionError(
                    "The command is not understood: " + reply.path("rule").asText());
        }
        return reply;
    }

    /** Adds the stream in which the command will be recorded, if its fields or the clause name the stream. */
    private void findStreams(Element command, ObjectNode fields, ScenarioStep clause) {
        EventStream stream = subject.model().streams().get(command.stream());
        if (stream != null && (fields.has(stream.by()) || !clause.stream().isEmpty())) {
            streams.add(stream(command.stream(), fields, clause));
        }
    }

    private void event(ScenarioStep clause, Element event, Instant at, int n) {
        ObjectNode data = subject.values(event).all(event.fields(), clause.values(), n);
        sources.computeIfAbsent(event.name(), name -> new ArrayList<>()).add(data);
        Commit commit = happened(clause, event, data);
        Deployment.FunctionSpec feed =
                subject.feed().orElseThrow(() -> new SymbolicJson.Unclear(subject.name() + " is fed with no events."));
        stage.feed(feed, commit, at);
    }

    private void foreign(ScenarioStep clause, Element event, Instant at, int n, String id) {
        ObjectNode data = subject.values(event).all(event.fields(), clause.values(), n);
        sources.computeIfAbsent(event.name(), name -> new ArrayList<>()).add(data);
        String type = Subject.type(event);
        Deployment.FunctionSpec translation = subject.translation(type)
                .orElseThrow(() -> new SymbolicJson.Unclear("No bus brings " + type + " to " + subject.name() + "."));
        EventStream stream = subject.model().streams().get(commandStream());
        if (stream != null && data.has(stream.by())) {
            streams.add(stream(commandStream(), data, clause));
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        data.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        CloudEvent message = LambdaEvents.cloudEvent(type, id, fields);
        JsonNode reply = stage.call(translation, Stage.tree(LambdaEvents.messages(message)), at);
        if (!reply.path("batchItemFailures").isEmpty()) {
            throw new AssertionError("The translation does not take " + type + ": " + reply);
        }
    }

    /** Returns the answer to a query: the query under when, or else the one that returns the row under then. */
    private JsonNode show(ScenarioStep clause, Element view, Instant at) {
        Map<String, String> told = new LinkedHashMap<>();
        for (ScenarioStep when : specification.when()) {
            if (when.subject().element().equals(view.name())) {
                when.values().forEach((name, value) -> told.put(name, value.toString()));
            }
        }
        Optional<Deployment.Route> route = subject.route("GET");
        if (SharedRow.isRow(subject, view) && !isServed(view)) {
            ObjectNode row = subject.values(view).all(view.fields(), clause.values(), 1);
            return SharedRow.find(subject, stage, view, stream(only(streams).category(), row, clause), row);
        }
        if (route.isEmpty()) {
            throw new SymbolicJson.Unclear(
                    subject.name() + " serves no route on which " + view.name() + " could be seen.");
        }
        for (String name : Stage.parameters(route.get())) {
            told.computeIfAbsent(name, untold -> parameter(untold, view, clause.values()));
        }
        // The other fields that identify the row are parameters of the query.
        for (Field field : view.fields()) {
            Object value = clause.values().get(field.name());
            if (field.identity() && value != null) {
                told.putIfAbsent(field.name(), value.toString());
            }
        }
        JsonNode answer = stage.get(route.get(), told, at);
        return answer.isMissingNode() ? MissingNode.getInstance() : answer;
    }

    /** Returns whether the slice's route returns this view: a route returns the first view that the slice keeps. */
    private boolean isServed(Element view) {
        return subject.slice().views().getFirst().element().equals(view.name())
                && subject.route("GET").isPresent();
    }

    private static StreamId only(Set<StreamId> streams) {
        if (streams.isEmpty()) {
            throw new SymbolicJson.Unclear("Nothing is given, so there is no stream whose row could be seen.");
        }
        return streams.iterator().next();
    }

    /**
     * Returns the value of a route parameter: the field of the same name, or else the field without the ending
     * {@code Id}.
     */
    private String parameter(String name, Element view, Map<String, Object> told) {
        String field = view.field(name).isPresent() ? name : name.replaceFirst("Id$", "");
        Object value = told.get(field);
        return value == null ? known(name) : value.toString();
    }

    /** Returns a value that some event has under this name. */
    private String known(String name) {
        for (List<ObjectNode> all : sources.values()) {
            for (ObjectNode data : all) {
                if (data.has(name)) {
                    return data.get(name).asText();
                }
            }
        }
        for (Element element : subject.model().elements()) {
            Optional<Field> field = element.field(name);
            if (field.isPresent()) {
                return subject.values(element).untold(field.get()).asText();
            }
        }
        throw new SymbolicJson.Unclear("Tell '" + name + "', which the route needs.");
    }

    static List<Fact> facts(ScenarioOutcome outcome) {
        List<Fact> all = new ArrayList<>(outcome.events());
        all.addAll(outcome.sent());
        return all;
    }
}
