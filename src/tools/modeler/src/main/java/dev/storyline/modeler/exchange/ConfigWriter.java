package dev.storyline.modeler.exchange;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Screen;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import dev.storyline.modeler.exchange.Graph.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes a model as a config.json of Event Modelers, strictly by its published schema.
 */
public final class ConfigWriter {
    /** The tag of a public event. */
    static final String PUBLIC = "public";
    /** The owner of an event from another context. */
    static final String EXTERNAL = "external";
    /** The title of a processor that nobody has named. */
    static final String UNNAMED = "automation";

    /** The description of a technical field in the model. */
    static final String TECHNICAL = "A technical attribute.";

    /** The id of the slice for elements without a slice. */
    static final String UNPLACED = "slice:";

    /** The maximum depth of nested types. Recursive types would otherwise never end. */
    private static final int DEEPEST = 3;

    private final Model model;
    private final Map<String, Map<String, Object>> elements = new LinkedHashMap<>();
    private final Map<String, Set<Map<String, Object>>> arrows = new LinkedHashMap<>();
    private final List<Map<String, Object>> slices = new ArrayList<>();
    /** The parts that have the ids of the board: each id is that of one part, whatever a model says. */
    private final Map<String, String> owners = new HashMap<>();
    /** In how many slices each screen stands. */
    private final Map<String, Integer> screens = new HashMap<>();

    private ConfigWriter(Model model) {
        this.model = model;
        model.elements().forEach(element -> own(element.id(), element.kind().word() + " " + element.name(), ""));
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
        return ForeignJson.write(Map.of("slices", writer.slices));
    }

    private static Kind kind(Element.Kind kind) {
        return switch (kind) {
            case EVENT, PUBLIC_EVENT -> Kind.EVENT;
            case COMMAND -> Kind.COMMAND;
            case VIEW -> Kind.VIEW;
        };
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case VIEW -> "READMODEL";
            case PROCESSOR -> "AUTOMATION";
            case COMMAND, EVENT, SCREEN -> kind.name();
        };
    }

    private static String section(Kind kind) {
        return kind == Kind.VIEW ? "readmodels" : kind.word() + "s";
    }

    private static String id(Element.Kind kind, String context, String name) {
        return kind.word().replace(' ', '-') + ":" + context + ":" + name;
    }

    /** Returns the id that an element has on its board, or one from its name. */
    private String id(Ref ref, Element.Kind kind) {
        boolean foreign = !ref.context().isEmpty() && !ref.context().equals(model.context());
        Element found = foreign ? null : model.elements(kind).get(ref.element());
        String named = id(
                foreign ? Element.Kind.PUBLIC_EVENT : kind, foreign ? ref.context() : model.context(), ref.element());
        return own(found == null ? "" : found.id(), kind.word() + " " + ref.element(), named);
    }

    /** Returns the id that a part has on its board; the other one if it has none, or one that is another part's. */
    private String own(String id, String part, String otherwise) {
        return !id.isEmpty() && owners.computeIfAbsent(id, key -> part).equals(part) ? id : otherwise;
    }

    private static String id(Slice slice) {
        return slice.id().isEmpty() ? "slice:" + slice.name() : slice.id();
    }

    private String processor(Slice slice) {
        String kept = slice.ids().getOrDefault(("processor " + slice.processor()).strip(), "");
        return own(kept, "processor " + slice.name(), "processor:" + slice.name());
    }

    private String id(Slice slice, Screen screen) {
        return own(screen.id(), "screen " + screen.name(), "screen:" + slice.name() + ":" + screen.name());
    }

    private Map<String, Object> newSlice(String id, String title, String chapter, String type, String status) {
        Map<String, Object> slice = new LinkedHashMap<>();
        slice.put("id", id);
        GraphModels.put(slice, "status", status);
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
        List<Object> section = section(slice, section(kind));
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
        told.put("type", type(kind(kind)));
        told.put("modelContext", ref.context().isEmpty() ? model.context() : ref.context());
        boolean outside = found == null || found.owner().equals(EXTERNAL);
        told.put("context", outside ? "EXTERNAL" : "INTERNAL");
        if (kind == Element.Kind.PUBLIC_EVENT) {
            told.put("tags", List.of(PUBLIC));
        }
        told.put("fields", List.of());
        if (found != null) {
            GraphModels.put(told, "description", found.about());
            GraphModels.put(told, "aggregate", found.stream());
            GraphModels.put(told, "service", outside ? "" : found.owner());
            told.put(
                    "fields",
                    found.fields().stream().map(field -> field(field, 0)).toList());
        }
        told.put("dependencies", List.of());
        place(slice, kind(kind), id, told);
    }

    private void place(
            Map<String, Object> slice, Kind kind, String id, String title, String about, List<Field> fields) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("id", id);
        told.put("title", title);
        told.put("type", type(kind));
        GraphModels.put(told, "description", about);
        told.put("fields", fields.stream().map(field -> field(field, 0)).toList());
        told.put("dependencies", List.of());
        place(slice, kind, id, told);
    }

    private Map<String, Object> field(Field field, int depth) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", field.name());
        List<Field> parts = Landscape.fieldsOf(model, field.type());
        told.put("type", type(field.type(), !parts.isEmpty()));
        GraphModels.put(told, "example", field.example());
        if (!parts.isEmpty() && depth < DEEPEST) {
            told.put(
                    "subfields",
                    parts.stream().map(part -> field(part, depth + 1)).toList());
        }
        List<String> sources = Stream.concat(field.from().stream(), field.computed().stream())
                .map(ConfigWriter::source)
                .distinct()
                .toList();
        int words = field.about().indexOf(GraphFields.MAPPED);
        String unknown = words < 0 ? "" : field.about().substring(words + GraphFields.MAPPED.length());
        GraphModels.put(
                told,
                "mapping",
                unknown.endsWith(".") ? unknown.substring(0, unknown.length() - 1) : String.join(", ", sources));
        told.put("optional", field.optional());
        told.put("generated", !field.generated().isEmpty());
        told.put("idAttribute", field.identity());
        told.put("technicalAttribute", field.about().startsWith(TECHNICAL));
        told.put("cardinality", field.many() ? "List" : "Single");
        return told;
    }

    private static String source(Ref ref) {
        String title = ref.element().isEmpty() ? "" : Titles.words(ref.element());
        return title + (title.isEmpty() || ref.path().isEmpty() ? "" : ".") + ref.field();
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
        Map<String, Object> told =
                newSlice(id(slice), Titles.ofSlice(slice.name()), chapter, type(slice), status(slice.status()));
        if (slice.command() != null) {
            place(told, slice.command(), Element.Kind.COMMAND);
        }
        slice.events().forEach(event -> place(told, event, Element.Kind.EVENT));
        slice.publishes().forEach(event -> place(told, event, Element.Kind.PUBLIC_EVENT));
        slice.views().forEach(view -> place(told, view, Element.Kind.VIEW));
        boolean works = !slice.processor().isEmpty()
                || slice.todo() != null
                || !slice.dispatches().isEmpty()
                || !slice.publishes().isEmpty();
        if (works) {
            String title = slice.processor().isEmpty() ? UNNAMED : slice.processor();
            place(told, Kind.PROCESSOR, processor(slice), title, slice.about(), List.of());
        }
        for (Screen screen : slice.screens()) {
            String title = screen.name().isEmpty() ? screen.about() : screen.name();
            String about = screen.name().isEmpty() ? "" : screen.about();
            place(told, Kind.SCREEN, id(slice, screen), title, about, screen.fields());
            screens.merge(id(slice, screen), 1, Integer::sum);
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
        later.add(() -> arrows(slice));
    }

    /** Adds the arrows, after all elements exist. */
    private final List<Runnable> later = new ArrayList<>();

    private static Map<String, Object> actor(String name) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("name", name);
        told.put("authRequired", false);
        return told;
    }

    private static String status(Slice.@Nullable Status status) {
        return status == null
                ? ""
                : switch (status) {
                    case PLANNED -> "Created";
                    case IN_PROGRESS -> "InProgress";
                    case DONE, LIVE -> "Done";
                };
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

    private void arrows(Slice slice) {
        String command = slice.command() == null ? "" : id(slice.command(), Element.Kind.COMMAND);
        String processor = processor(slice);
        boolean works = elements.containsKey(processor);
        List<String> views =
                slice.views().stream().map(view -> id(view, Element.Kind.VIEW)).toList();
        for (Ref event : slice.on()) {
            List<String> targets = !views.isEmpty() ? views : List.of(works ? processor : command);
            targets.forEach(target -> arrow(id(event, Element.Kind.EVENT), target));
        }
        for (Screen screen : slice.screens()) {
            String id = id(slice, screen);
            if (screen.buttons().isEmpty()) {
                arrow(id, command);
            }
            screen.buttons().values().forEach(sent -> sent.forEach(each -> arrow(id, id(each, Element.Kind.COMMAND))));
            // A screen that several slices share would show the views of each in all of them.
            if (Objects.equals(screens.get(id), 1)) {
                views.forEach(view -> arrow(view, id));
            }
            screen.fields().stream()
                    .flatMap(field -> field.from().stream())
                    .filter(ref -> model.views().containsKey(ref.element()))
                    .forEach(ref -> arrow(id(ref, Element.Kind.VIEW), id));
        }
        if (slice.todo() != null) {
            arrow(id(slice.todo(), Element.Kind.VIEW), processor);
        }
        arrow(processor, command);
        slice.dispatches().forEach(other -> arrow(processor, id(other, Element.Kind.COMMAND)));
        slice.publishes().forEach(event -> arrow(processor, id(event, Element.Kind.PUBLIC_EVENT)));
        slice.events().forEach(event -> arrow(command.isEmpty() ? processor : command, id(event, Element.Kind.EVENT)));
        if (slice.gatekeeper() != null) {
            slice.gatekeeper().reads().forEach(view -> arrow(id(view, Element.Kind.VIEW), command));
        }
    }

    /** Adds a last slice for the elements without a slice, then all arrows. */
    private void unplaced() {
        Map<String, Object> told = Map.of();
        for (Element element : model.elements()) {
            if (!elements.containsKey(id(Ref.to(element.name()), element.kind()))) {
                if (told.isEmpty()) {
                    told = newSlice(UNPLACED, "Not yet in a slice", "", "STATE_VIEW", "");
                }
                place(told, Ref.to(element.name()), element.kind());
            }
        }
        later.forEach(Runnable::run);
    }

    private Map<String, Object> specification(Specification specification, Slice slice, int number) {
        Map<String, Object> told = new LinkedHashMap<>();
        String id = specification.id().isEmpty() ? "specification:" + slice.name() + ":" + number : specification.id();
        told.put("id", id);
        told.put("sliceName", Titles.ofSlice(slice.name()));
        told.put("title", specification.name());
        told.put("given", steps(specification.given(), slice, id + ":given"));
        told.put("when", steps(specification.when(), slice, id + ":when"));
        told.put("then", steps(specification.then(), slice, id + ":then"));
        List<Object> comments = new ArrayList<>();
        specification.notes().comments().forEach(comment -> comments.add(Map.of("description", comment)));
        told.put("comments", comments);
        told.put("linkedId", id(slice));
        return told;
    }

    private List<Object> steps(List<ScenarioStep> clauses, Slice slice, String id) {
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
                    step.put("title", error(slice, clause.subject().toString()));
                    step.put("id", id + ":" + steps.size());
                    step.put("type", "SPEC_ERROR");
                }
                case ELEMENT, ABSENT -> {
                    Element.Kind kind = kind(clause);
                    step.put("title", (clause.times() == 1 ? "" : clause.times() + " x ") + Titles.words(name));
                    step.put("id", id + ":" + steps.size());
                    step.put("type", "SPEC_" + type(kind(kind)));
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

    /** Returns the sentence of a rule where the name follows from it, else the name. */
    private static String error(Slice slice, String name) {
        return slice.rules().stream()
                .filter(rule -> rule.name().equals(name)
                        && Titles.slice(rule.says(), "").equals(name))
                .map(BusinessRule::says)
                .findFirst()
                .orElse(name);
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
            told.put("example", value instanceof List<?> list ? ForeignJson.line(list) : value);
            values.add(told);
        });
        return values;
    }
}
