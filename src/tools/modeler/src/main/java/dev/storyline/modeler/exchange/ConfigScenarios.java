package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.ModelException;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Scenario;
import dev.storyline.modeler.exchange.Graph.Step;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the scenarios of a board of Event Modelers: steps in the order of their index, a step for each row of examples. */
final class ConfigScenarios {
    private static final Pattern TIMES = Pattern.compile("(\\d{1,3}) x (.+)");
    private static final Set<String> SPECIFICATION = Set.of(
            "id",
            "title",
            "sliceName",
            "given",
            "when",
            "then",
            "comments",
            "linkedId",
            "expectError",
            "errorDescription",
            "expectEmptyList");

    private final Graph graph;
    private final PassedOver passed;

    ConfigScenarios(Graph graph, PassedOver passed) {
        this.graph = graph;
        this.passed = passed;
    }

    /** Adds the scenarios of a slice, after all elements of the board are known. */
    void read(Part part, JsonNode slice) {
        for (JsonNode specification : ForeignJson.items(slice, "specifications")) {
            String title = ForeignJson.text(specification, "title").replaceFirst("^(?i:spec)\\s*:\\s*", "");
            List<Step> then = steps(specification, "then");
            String error = ForeignJson.text(specification, "errorDescription");
            if (specification.path("expectError").asBoolean() && then.isEmpty()) {
                then.add(rejection(error.isEmpty() ? title : error, ""));
            }
            Graph.Notes notes = new Graph.Notes();
            ConfigReader.comments(specification, notes);
            List<Step> given = steps(specification, "given");
            List<Step> when = steps(specification, "when");
            part.scenarios.add(new Scenario(ForeignJson.text(specification, "id"), title, given, when, then, notes));
            passed.drop(specification, SPECIFICATION, List.of());
        }
    }

    private List<Step> steps(JsonNode specification, String clause) {
        List<Step> steps = new ArrayList<>();
        for (JsonNode told : ConfigReader.inOrder(ForeignJson.items(specification, clause))) {
            String title = told.isTextual() ? told.asText() : ForeignJson.text(told, "title");
            String type = ForeignJson.text(told, "type").replaceFirst("^SPEC_", "");
            if (type.equals("ERROR")) {
                steps.add(rejection(title, ForeignJson.text(told, "description")));
                continue;
            }
            Matcher often = TIMES.matcher(title);
            boolean many = often.matches();
            String linked = ForeignJson.text(told, "linkedId");
            String id = told.isTextual() ? title : ForeignJson.text(told, "id");
            Kind kind = ConfigReader.kind(type);
            Thing thing = graph.resolve(
                    !linked.isEmpty() || graph.byId(id) == null ? linked : id, kind, "", many ? often.group(2) : title);
            if (thing == null) {
                continue;
            }
            if (!thing.kind.isNamed()) {
                graph.note("Steps of scenarios that tell of screens and processors were passed over", thing.name);
                continue;
            }
            boolean none = told.path("expectEmptyList").asBoolean()
                    || (specification.path("expectEmptyList").asBoolean() && clause.equals("then"));
            boolean absent = none && thing.kind == Kind.VIEW;
            int times = many ? Math.max(1, Integer.parseInt(often.group(1))) : 1;
            for (Map<String, Object> values : rows(told)) {
                steps.add(new Step(thing, "", "", values, times, absent));
            }
        }
        return steps;
    }

    private static Step rejection(String title, String says) {
        String rule = Titles.plain(Titles.slice(title, "refused"), "refused");
        return new Step(null, rule, !says.isEmpty() ? says : rule.equals(title) ? "" : title, Map.of(), 1, false);
    }

    /** Returns the values of a step, once for each row of its examples. */
    private static List<Map<String, Object>> rows(JsonNode step) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (JsonNode field : ForeignJson.items(step, "fields")) {
            JsonNode example = field.path("example");
            if (example.isContainerNode() || !ForeignJson.text(field, "example").isEmpty()) {
                values.put(ConfigReader.name(field), value(example));
            }
        }
        List<Map<String, Object>> rows = new ArrayList<>();
        for (JsonNode example : ForeignJson.items(step, "examples")) {
            Map<String, Object> row = new LinkedHashMap<>(values);
            example.properties().forEach(entry -> {
                if (!entry.getValue().isNull()) {
                    row.put(Titles.plain(entry.getKey(), "field"), value(entry.getValue()));
                }
            });
            if (!row.isEmpty()) {
                rows.add(row);
            }
        }
        return rows.isEmpty() ? List.of(values) : rows;
    }

    private static Object value(JsonNode value) {
        if (value.isObject()) {
            Map<String, Object> values = new LinkedHashMap<>();
            value.properties()
                    .forEach(entry -> values.put(Titles.plain(entry.getKey(), "field"), value(entry.getValue())));
            return values;
        }
        if (value.isArray()) {
            List<Object> values = new ArrayList<>();
            value.forEach(each -> values.add(value(each)));
            return values;
        }
        String text = value.asText();
        if (text.startsWith("[") || text.startsWith("{\"")) {
            try {
                JsonNode inner = ForeignJson.tree(text, "");
                return inner.isContainerNode() ? value(inner) : text;
            } catch (ModelException e) {
                return text;
            }
        }
        return value.isNull() ? "none" : text;
    }
}
