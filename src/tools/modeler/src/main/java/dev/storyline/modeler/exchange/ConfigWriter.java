package dev.storyline.modeler.exchange;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import dev.storyline.modeler.exchange.ConfigGraph.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes a model as a config.json of Event Modelers, strictly by its published schema. Content without a place in
 * the format, for example rules, is stored in {@code prototype}, which the schema leaves open. Reading the file back gives
 * the same model.
 */
public final class ConfigWriter {
    /** The tag of a public event. */
    static final String PUBLIC = "public";
    /** The owner of an event from another context. */
    static final String EXTERNAL = "external";
    /** The key of the model in the first element of the file. */
    static final String KEPT = "storyline";

    /** The id of the slice for elements without a slice. */
    static final String UNPLACED = "slice:";

    /** The maximum depth of nested types. Recursive types would otherwise never end. */
    private static final int DEEPEST = 3;

    private final Model model;
    private final Map<String, Map<String, Object>> elements = new LinkedHashMap<>();
    private final Map<String, Set<Map<String, Object>>> arrows = new LinkedHashMap<>();
    private final List<Map<String, Object>> slices = new ArrayList<>();

    private ConfigWriter(Model model) {
        this.model = model;
    }

    /** Returns the model as JSON text. The same model always gives the same text. */
    public static String write(Model model) {
        ConfigWriter writer = new ConfigWriter(model);
        writer.model
                .chapters()
                .forEach(chapter -> chapter.slices().forEach(slice -> writer.slice(slice, chapter.name())));
        writer.unplaced();
        writer.elements.forEach(
                (id, element) -> element.put("dependencies", List.copyOf(writer.arrows.getOrDefault(id, Set.of()))));
        writer.elements.values().stream()
                .findFirst()
                .ifPresent(first -> first.put("prototype", Map.of(KEPT, ModelWriter.tree(model))));
        return ForeignJson.write(Map.of("slices", writer.slices));
    }

    private static Kind kind(Element.Kind kind) {
        return switch (kind) {
            case EVENT, PUBLIC_EVENT -> Kind.EVENT;
            case COMMAND -> Kind.COMMAND;
            case VIEW -> Kind.READMODEL;
        };
    }

    private static String id(Element.Kind kind, String context, String name) {
        return kind.word().replace(' ', '-') + ":" + context + ":" + name;
    }

    private String id(Ref ref, Element.Kind kind) {
        boolean foreign = !ref.context().isEmpty() && !ref.context().equals(model.context());
        return foreign
                ? id(Element.Kind.PUBLIC_EVENT, ref.context(), ref.element())
                : id(kind, model.context(), ref.element());
    }

    private Map<String, Object> newSlice(String id, String title, String chapter, String type) {
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("id", id);
        slice.put("status", "Created");
        slice.put("index", slices.size());
        slice.put("title", title);
        slice.put("context", chapter);
        slice.put("sliceType", type);
        for (String section :
                List.of("commands", "events", "readmodels", "screens", "processors", "tables", "specifications")) {
            slice.put(section, new ArrayList<>());
        }
        slices.add(slice);
        return slice;
    }

    @SuppressWarnings("unchecked")
    private static List<Object> section(Map<String, Object> slice, String name) {
        return (List<Object>) slice.computeIfAbsent(name, key -> new ArrayList<>());
    }

    /** Adds an element to a slice, as a linked copy if another slice has it too. */
    private void place(Map<String, Object> slice, Kind kind, String id, Map<String, Object> element) {
        List<Object> section = section(slice, kind.section());
        Map<String, Object> shared = elements.computeIfAbsent(id, key -> element);
        if (!section.contains(shared)) {
            section.add(shared);
        }
    }

    private void place(Map<String, Object> slice, Ref ref, Element.Kind kind) {
        String id = id(ref, kind);
        Map<String, Object> told = new LinkedHashMap<>();
        Element found = ref.context().isEmpty() || ref.context().equals(model.context())
                ? model.elements(kind).get(ref.element())
                : null;
        told.put("id", id);
        told.put("title", Titles.words(ref.element()));
        told.put("type", kind(kind).name());
        told.put("modelContext", ref.context().isEmpty() ? model.context() : ref.context());
        boolean outside = found == null || found.owner().equals(EXTERNAL);
        told.put("context", outside ? "EXTERNAL" : "INTERNAL");
        if (kind == Element.Kind.PUBLIC_EVENT) {
            told.put("tags", List.of(PUBLIC));
        }
        told.put("fields", List.of());
        if (found != null) {
            ConfigFields.put(told, "description", found.about());
            ConfigFields.put(told, "aggregate", found.stream());
            ConfigFields.put(told, "service", outside ? "" : found.owner());
            told.put(
                    "fields",
                    found.fields().stream().map(field -> field(field, 0)).toList());
        }
        told.put("dependencies", List.of());
        place(slice, kind(kind), id, told);
    }

    private void place(Map<String, Object> slice, Kind kind, String id, String title) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("title", title);
        told.put("type", kind.name());
        told.put("fields", List.of());
        told.put("dependencies", List.of());
        place(slice, kind, id, told);
    }

    private Map<String, Object> field(Field field, int depth) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", field.name());
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        told.put("type", type(field.type(), !parts.isEmpty()));
        ConfigFields.put(told, "example", field.example());
        if (!parts.isEmpty() && depth < DEEPEST) {
            told.put(
                    "subfields",
                    parts.stream().map(part -> field(part, depth + 1)).toList());
        }
        List<String> sources = Stream.concat(field.from().stream(), field.computed().stream())
                .map(ref -> ref.path().isEmpty() ? ref.toString() : ref.field())
                .distinct()
                .toList();
        ConfigFields.put(told, "mapping", String.join(", ", sources));
        told.put("optional", field.optional());
        told.put("generated", !field.generated().isEmpty());
        told.put("idAttribute", field.identity());
        told.put("technicalAttribute", field.about().startsWith(ConfigFields.TECHNICAL));
        told.put("cardinality", field.many() ? "List" : "Single");
        return told;
    }

    private String type(String name, boolean parts) {
        Type type = model.types().get(name);
        return switch (type == null ? name : type.base()) {
            case "boolean" -> "Boolean";
            case "decimal" -> "Decimal";
            case "integer" -> "Long";
            case "date" -> "Date";
            case "instant" -> "DateTime";
            case "uuid" -> "UUID";
            case "json" -> "Custom";
            default -> parts ? "Custom" : "String";
        };
    }

    /** Adds an arrow at both of its ends. */
    private void arrow(String from, String to) {
        Map<String, Object> source = elements.get(from);
        Map<String, Object> target = elements.get(to);
        if (source != null && target != null) {
            arrows.computeIfAbsent(from, key -> new LinkedHashSet<>()).add(end(target, "OUTBOUND"));
            arrows.computeIfAbsent(to, key -> new LinkedHashSet<>()).add(end(source, "INBOUND"));
        }
    }

    private static Map<String, Object> end(Map<String, Object> other, String direction) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("id", String.valueOf(other.get("id")));
        end.put("type", direction);
        end.put("title", String.valueOf(other.get("title")));
        end.put("elementType", String.valueOf(other.get("type")));
        return end;
    }

    private void slice(Slice slice, String chapter) {
        String id = "slice:" + slice.name();
        Map<String, Object> told = newSlice(id, Titles.ofSlice(slice.name()), chapter, type(slice));
        String screen = "screen:" + slice.name();
        String processor = "processor:" + slice.name();
        boolean works = !slice.processor().isEmpty()
                || !slice.dispatches().isEmpty()
                || !slice.publishes().isEmpty();
        boolean shows = !slice.actor().isEmpty() || !slice.screen().isEmpty();
        if (slice.command() != null) {
            place(told, slice.command(), Element.Kind.COMMAND);
        }
        slice.events().forEach(event -> place(told, event, Element.Kind.EVENT));
        slice.publishes().forEach(event -> place(told, event, Element.Kind.PUBLIC_EVENT));
        slice.views().forEach(view -> place(told, view, Element.Kind.VIEW));
        if (works) {
            place(
                    told,
                    Kind.AUTOMATION,
                    processor,
                    slice.processor().isEmpty() ? Titles.ofSlice(slice.name()) : slice.processor());
        }
        if (shows || elementless(told)) {
            place(told, Kind.SCREEN, screen, slice.screen().isEmpty() ? "screen" : slice.screen());
        }
        if (!slice.actors().isEmpty()) {
            told.put("actors", slice.actors().stream().map(ConfigWriter::actor).toList());
        }
        Set<String> streams = new LinkedHashSet<>();
        slice.events().forEach(event -> {
            Element found = model.events().get(event.element());
            if (found != null && !found.stream().isEmpty()) {
                streams.add(found.stream());
            }
        });
        told.put("aggregates", List.copyOf(streams));
        for (Ref event : slice.on()) {
            if (!elements.containsKey(id(event, Element.Kind.EVENT))) {
                boolean foreign = !event.context().isEmpty() && !event.context().equals(model.context());
                place(told, event, foreign ? Element.Kind.PUBLIC_EVENT : Element.Kind.EVENT);
            }
        }
        int number = 0;
        for (Specification specification : slice.specifications()) {
            section(told, "specifications").add(specification(specification, slice, number++));
        }
        later.add(() -> arrows(slice, screen, processor));
    }

    /** Adds the arrows, after all elements exist. */
    private final List<Runnable> later = new ArrayList<>();

    private static Map<String, Object> actor(String name) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", name);
        told.put("authRequired", false);
        return told;
    }

    private static boolean elementless(Map<String, Object> slice) {
        return Stream.of(Kind.values())
                .allMatch(kind -> section(slice, kind.section()).isEmpty());
    }

    private static String type(Slice slice) {
        Pattern pattern = slice.pattern();
        if (pattern == null) {
            return slice.command() != null ? "STATE_CHANGE" : slice.views().isEmpty() ? "AUTOMATION" : "STATE_VIEW";
        }
        return switch (pattern) {
            case STATE_CHANGE -> "STATE_CHANGE";
            case STATE_VIEW -> "STATE_VIEW";
            case AUTOMATION, TRANSLATION -> "AUTOMATION";
        };
    }

    private void arrows(Slice slice, String screen, String processor) {
        String command = slice.command() == null ? "" : id(slice.command(), Element.Kind.COMMAND);
        boolean works = elements.containsKey(processor);
        List<String> views =
                slice.views().stream().map(view -> id(view, Element.Kind.VIEW)).toList();
        for (Ref event : slice.on()) {
            List<String> targets = !views.isEmpty() ? views : List.of(works ? processor : command);
            targets.forEach(target -> arrow(id(event, Element.Kind.EVENT), target));
        }
        arrow(screen, command);
        if (slice.actor().isEmpty()) {
            arrow(processor, command);
        }
        slice.dispatches().forEach(other -> arrow(processor, id(other, Element.Kind.COMMAND)));
        slice.publishes().forEach(event -> arrow(processor, id(event, Element.Kind.PUBLIC_EVENT)));
        slice.events().forEach(event -> arrow(command.isEmpty() ? processor : command, id(event, Element.Kind.EVENT)));
        views.forEach(view -> arrow(view, screen));
        if (slice.gatekeeper() != null) {
            slice.gatekeeper().reads().forEach(view -> arrow(id(view, Element.Kind.VIEW), command));
        }
    }

    /** Adds a last slice for the elements without a slice, then all arrows. */
    private void unplaced() {
        Map<String, Object> told = Map.of();
        for (Element element : model.elements()) {
            if (!elements.containsKey(id(element.kind(), model.context(), element.name()))) {
                if (told.isEmpty()) {
                    told = newSlice(UNPLACED, "Not yet in a slice", "", "STATE_VIEW");
                }
                place(told, Ref.to(element.name()), element.kind());
            }
        }
        later.forEach(Runnable::run);
    }

    private Map<String, Object> specification(Specification specification, Slice slice, int number) {
        Map<String, Object> told = new LinkedHashMap<>();
        String id = "specification:" + slice.name() + ":" + number;
        told.put("id", id);
        told.put("sliceName", Titles.ofSlice(slice.name()));
        told.put("title", specification.name());
        told.put("given", steps(specification.given(), id + ":given"));
        told.put("when", steps(specification.when(), id + ":when"));
        told.put("then", steps(specification.then(), id + ":then"));
        told.put("linkedId", "slice:" + slice.name());
        return told;
    }

    private List<Object> steps(List<ScenarioStep> clauses, String id) {
        List<Object> steps = new ArrayList<>();
        for (ScenarioStep clause : clauses) {
            Map<String, Object> step = new LinkedHashMap<>();
            String name = clause.subject().element().isEmpty()
                    ? clause.subject().field()
                    : clause.subject().element();
            switch (clause.what()) {
                case NOTHING -> {
                    continue;
                }
                case TIME -> {
                    step.put("title", "time " + clause.at());
                    step.put("id", id + ":" + steps.size());
                    step.put("type", "SPEC_EVENT");
                }
                case REJECTED -> {
                    step.put("title", clause.subject().toString());
                    step.put("id", id + ":" + steps.size());
                    step.put("type", "SPEC_ERROR");
                }
                case ELEMENT, ABSENT -> {
                    Element.Kind kind = kind(clause);
                    step.put("title", (clause.times() == 1 ? "" : clause.times() + " x ") + Titles.words(name));
                    step.put("id", id + ":" + steps.size());
                    step.put("type", "SPEC_" + kind(kind).name());
                    step.put("fields", values(clause, kind));
                    step.put("linkedId", id(clause.subject(), kind));
                    if (clause.what() == ScenarioStep.What.ABSENT) {
                        step.put("expectEmptyList", true);
                    }
                }
            }
            step.put("index", steps.size());
            steps.add(step);
        }
        return steps;
    }

    private Element.Kind kind(ScenarioStep clause) {
        for (Element.Kind kind : Element.Kind.values()) {
            if (model.elements(kind).containsKey(clause.subject().element())) {
                return kind;
            }
        }
        return Element.Kind.EVENT;
    }

    private List<Object> values(ScenarioStep clause, Element.Kind kind) {
        Element element = model.elements(kind).get(clause.subject().element());
        List<Object> values = new ArrayList<>();
        clause.values().forEach((name, value) -> {
            Field field = element == null ? null : element.field(name).orElse(null);
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("name", name);
            told.put("type", "String");
            if (field != null) {
                told.putAll(field(field, DEEPEST));
            }
            told.put(
                    "example",
                    value instanceof List<?> list
                            ? String.join(
                                    ", ", list.stream().map(String::valueOf).toList())
                            : value);
            values.add(told);
        });
        return values;
    }
}
