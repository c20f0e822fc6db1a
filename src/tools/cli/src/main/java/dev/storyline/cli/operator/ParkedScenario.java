package dev.storyline.cli.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.CouldNot;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.operator.Installation;
import dev.storyline.local.operator.Operator;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Specification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The failing scenario of a parked stream: the events before the commit at which a slice stands, and the commit. What must
 * follow is not known: a view is asked to be readable, an event handler to do nothing, until somebody writes what is right.
 *
 * @param slice {@code wishes/child-wishes}
 * @param stream the parked stream
 * @param reason why it is parked
 * @param before the commits before
 * @param failing the commit at which it stands
 * @param model the model of the context, where this is a checkout that has one
 */
record ParkedScenario(
        String slice,
        StreamId stream,
        String reason,
        List<Commit> before,
        Commit failing,
        @Nullable Model model) {
    /** The events of the system, in which no model has any. */
    private static final String OF_THE_SYSTEM = "storyline.";

    /**
     * Reads it from an installation.
     *
     * @param root the repository, which may lack the model
     */
    static ParkedScenario of(Operator operator, Path root, String slice, String name) {
        ObjectNode parked = operator.parkedStream(slice, name);
        long version = parked.path("version").asLong();
        String context = slice.substring(0, slice.indexOf('/'));
        Installation installation = operator.installation();
        DynamoDbEventStore events = new DynamoDbEventStore(installation.dynamo(), installation.eventTable(context));
        StreamId stream = StreamId.parse(name);
        List<Commit> commits = new ArrayList<>();
        installation.calling(() -> events.read(stream, 0, version, commits::add));
        if (commits.isEmpty() || commits.getLast().version() != version) {
            throw new CouldNot("The stream " + name + " has no commit at version " + version
                    + ", so no scenario can tell it: " + parked.path("reason").asText());
        }
        return new ParkedScenario(
                slice,
                stream,
                parked.path("reason").asText(),
                List.copyOf(commits.subList(0, commits.size() - 1)),
                commits.getLast(),
                model(root, context));
    }

    private static @Nullable Model model(Path root, String context) {
        try {
            return Landscape.read(root).models().get(context);
        } catch (ModelException e) {
            return null;
        }
    }

    /**
     * The scenario as it stands under {@code specifications}, with the reason as a comment before it.
     *
     * @param anonymous whether texts are replaced
     */
    String text(boolean anonymous) {
        Anonymity anonymity = anonymous ? Anonymity.of(model) : Anonymity.NONE;
        List<ScenarioStep> given = new ArrayList<>();
        before.forEach(commit -> given.addAll(steps(commit, anonymity)));
        List<ScenarioStep> failed = steps(failing, anonymity);
        String view = view();
        String name = "the stream goes on at version " + failing.version();
        Specification scenario;
        if (view == null) {
            scenario = new Specification(name, given, failed, List.of(nothing()), SourceLocation.NOWHERE);
        } else {
            given.addAll(failed);
            scenario = new Specification(
                    name, given, List.of(), List.of(step(view, Map.of(), "")), SourceLocation.NOWHERE);
        }
        String why = anonymous ? "" : ": " + reason.replaceAll("\\s+", " ");
        return "# " + slice + " is parked" + why + "\n# 'then' is a beginning: say what is right.\n"
                + ModelWriter.write(scenario);
    }

    /** The view of the slice; null where it is an event handler. A slice without a model is named after its view. */
    private @Nullable String view() {
        String name = slice.substring(slice.indexOf('/') + 1);
        Slice known = model == null ? null : model.slice(name).orElse(null);
        if (known != null) {
            return known.views().isEmpty() ? null : known.views().getFirst().element();
        }
        StringBuilder view = new StringBuilder();
        for (String word : name.split("-")) {
            view.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return view.toString();
    }

    private List<ScenarioStep> steps(Commit commit, Anonymity anonymity) {
        List<ScenarioStep> steps = new ArrayList<>();
        for (StoredEvent event : commit.events()) {
            if (!event.type().startsWith(OF_THE_SYSTEM)) {
                steps.add(
                        step(event.type(), values(event, anonymity), commit.at().toString()));
            }
        }
        return steps;
    }

    private static ScenarioStep step(String element, Map<String, Object> values, String at) {
        return new ScenarioStep(
                ScenarioStep.What.ELEMENT, Ref.to(element), values, 1, at, "", "", SourceLocation.NOWHERE);
    }

    private static ScenarioStep nothing() {
        return new ScenarioStep(ScenarioStep.What.NOTHING, Ref.to(""), Map.of(), 1, "", "", "", SourceLocation.NOWHERE);
    }

    /** All fields, so that none takes its example. */
    private Map<String, Object> values(StoredEvent event, Anonymity anonymity) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (model != null && model.events().containsKey(event.type())) {
            model.events().get(event.type()).fields().stream()
                    .filter(field -> field.optional())
                    .forEach(field -> values.put(field.name(), "none"));
        }
        try {
            JsonNode data = Json.mapper().readTree(event.data());
            data.properties()
                    .forEach(field -> values.put(field.getKey(), value(field.getKey(), field.getValue(), anonymity)));
        } catch (JsonProcessingException e) {
            throw new CouldNot(
                    "The event " + event.type() + " of " + stream + " is no JSON, so no scenario can tell it.", e);
        }
        return values;
    }

    private static Object value(String name, JsonNode node, Anonymity anonymity) {
        return switch (node.getNodeType()) {
            case NULL, MISSING -> "none";
            case OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                node.properties()
                        .forEach(field ->
                                fields.put(field.getKey(), value(field.getKey(), field.getValue(), anonymity)));
                yield fields;
            }
            case ARRAY -> {
                List<Object> items = new ArrayList<>();
                node.forEach(item -> items.add(value(name, item, anonymity)));
                yield items;
            }
            case NUMBER -> node.decimalValue().toPlainString();
            case STRING -> anonymity.text(name, node.textValue());
            case BOOLEAN, BINARY, POJO -> node.asText();
        };
    }
}
