package dev.storyline.modeler.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.modeler.exchange.ConfigGraph.Kind;
import dev.storyline.modeler.exchange.ConfigGraph.Thing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts the specifications of one slice of a config.json. */
final class ConfigSpecifications {
    private static final Pattern TIMES = Pattern.compile("(\\d{1,3}) x (.+)");

    private final String name;
    private final ConfigGraph graph;
    private final ConfigFields fields;
    private final Function<Thing, Map<String, Object>> element;
    private final Function<Thing, String> ref;
    private final Map<String, Object> rules;
    private final List<String> warnings;

    ConfigSpecifications(
            String name,
            ConfigGraph graph,
            ConfigFields fields,
            Function<Thing, Map<String, Object>> element,
            Function<Thing, String> ref,
            Map<String, Object> rules,
            List<String> warnings) {
        this.name = name;
        this.graph = graph;
        this.fields = fields;
        this.element = element;
        this.ref = ref;
        this.rules = rules;
        this.warnings = warnings;
    }

    /** Returns the scenarios of a slice by name. Adds their rejections to the rules of the slice. */
    Map<String, Object> of(JsonNode slice) {
        Map<String, Object> specifications = new LinkedHashMap<>();
        Set<String> titles = new LinkedHashSet<>();
        for (JsonNode told : ForeignJson.items(slice, "specifications")) {
            String title = Titles.line(ForeignJson.text(told, "title").replaceFirst("^(?i:spec)\\s*:\\s*", ""), 200);
            Map<String, Object> parts = new LinkedHashMap<>();
            for (String step : List.of("given", "when", "then")) {
                List<Object> clauses = new ArrayList<>();
                ForeignJson.items(told, step).forEach(each -> add(clauses, clause(each)));
                parts.put(step, clauses);
            }
            specifications.put(Titles.unique(title.isEmpty() ? "it works" : title, " ", titles), parts);
        }
        return specifications;
    }

    private Object clause(JsonNode step) {
        String title = ForeignJson.text(step, "title");
        String type = ForeignJson.text(step, "type").replaceFirst("^SPEC_", "");
        if (type.equals("ERROR")) {
            String rule = Titles.plain(Titles.slice(title, "refused"), "refused");
            String told = ForeignJson.text(step, "description");
            String says = !told.isEmpty() ? told : rule.equals(title) ? "" : title;
            rules.putIfAbsent(rule, says.isEmpty() ? Map.of() : says);
            return Map.of("rejected", rule);
        }
        Matcher often = TIMES.matcher(title);
        boolean many = often.matches();
        Thing thing = graph.resolve(
                ForeignJson.text(step, "linkedId"),
                Kind.of(type),
                many ? often.group(2) : title,
                "a specification of '" + name + "'");
        if (thing == null || thing.kind == Kind.SCREEN || thing.kind == Kind.AUTOMATION) {
            return "";
        }
        Map<String, Object> values = values(step, thing);
        boolean absent = step.path("expectEmptyList").asBoolean() && thing.kind == Kind.READMODEL;
        Map<String, Object> clause = new LinkedHashMap<>();
        clause.put((absent ? "no " : "") + ref.apply(thing), values);
        if (many && Integer.parseInt(often.group(1)) > 0) {
            clause.put("times", often.group(1));
        }
        return clause;
    }

    private Map<String, Object> values(JsonNode step, Thing thing) {
        Map<String, Object> values = new LinkedHashMap<>();
        Map<String, Object> known = element.apply(thing);
        @SuppressWarnings("unchecked")
        Map<String, Object> has = (Map<String, Object>) known.getOrDefault("fields", Map.of());
        for (JsonNode field : ForeignJson.items(step, "fields")) {
            if (!has.containsKey(ConfigFields.name(field))) {
                warnings.add("A specification of '" + name + "' tells " + thing.name + "." + ConfigFields.name(field)
                        + ", which the " + ConfigGraph.word(thing.kind) + " lacked; it has it now.");
                fields.add(thing, has, field, false);
            }
            JsonNode example = field.path("example");
            if (example.isObject() || !ForeignJson.text(field, "example").isEmpty()) {
                values.put(ConfigFields.name(field), value(example));
            }
        }
        ForeignJson.items(step, "examples").stream()
                .limit(1)
                .forEach(each -> each.properties().forEach(entry -> {
                    String field = Titles.plain(entry.getKey(), "field");
                    if (has.containsKey(field)) {
                        values.putIfAbsent(field, value(entry.getValue()));
                    }
                }));
        return values;
    }

    private Object value(JsonNode value) {
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
        return value.isNull() ? "none" : value.asText();
    }

    private static void add(List<Object> clauses, Object clause) {
        if (!clause.equals("")) {
            clauses.add(clause);
        }
    }
}
