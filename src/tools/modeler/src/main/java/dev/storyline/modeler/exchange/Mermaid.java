package dev.storyline.modeler.exchange;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Writes a model as Mermaid's {@code eventmodeling} diagram, which Mermaid has since 11.15: one frame for every screen,
 * processor, command, event and view of the story, each slice beginning with a reset, so that only the arrows of the
 * model are drawn.
 */
final class Mermaid {
    /** The end of the name of the lane with the public events of a context. */
    static final String PUBLIC = "_public";

    /** The maximum depth of nested types. Recursive types would otherwise never end. */
    private static final int DEEPEST = 3;

    private final Model model;
    private final StringBuilder out = new StringBuilder("eventmodeling\n");
    /** The last frame of each event and view, by the name in frames. */
    private final Map<String, String> frames = new LinkedHashMap<>();

    private final Map<String, Element> data = new LinkedHashMap<>();
    private int number;

    private Mermaid(Model model) {
        this.model = model;
    }

    static String write(Model model) {
        Mermaid mermaid = new Mermaid(model);
        mermaid.out.append("%% context: ").append(model.context()).append('\n');
        model.chapters().forEach(chapter -> {
            mermaid.out
                    .append("\n%% chapter: ")
                    .append(Titles.line(chapter.name(), 200))
                    .append('\n');
            chapter.slices().forEach(mermaid::slice);
        });
        mermaid.data.forEach((id, element) -> {
            mermaid.out.append("\ndata ").append(id).append(" {\n");
            element.fields()
                    .forEach(field -> mermaid.out
                            .append("  ")
                            .append(id(field.name()))
                            .append(": ")
                            .append(mermaid.type(field))
                            .append('\n'));
            mermaid.out.append("}\n");
        });
        return mermaid.out.toString();
    }

    /** Returns a type that others understand: the basic type of a named one, the fields of a group. */
    private String type(Field field) {
        return (field.optional() ? "optional " : "") + (field.many() ? "list of " : "") + type(field.type(), DEEPEST);
    }

    private String type(String name, int depth) {
        Type named = model.types().get(name);
        List<Field> fields = Landscape.fieldsOf(model, name);
        if (fields.isEmpty() || depth == 0) {
            String base = named == null ? name : named.base();
            return Type.BASIC.contains(base) ? base : "json";
        }
        return fields.stream()
                .map(field ->
                        id(field.name()) + ": " + (field.many() ? "list of " : "") + type(field.type(), depth - 1))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private void slice(Slice slice) {
        out.append("\n%% slice: ").append(slice.name()).append('\n');
        int before = number;
        frames(slice);
        if (number > before) {
            slice.specifications().forEach(specification -> scenario(specification, "%02d".formatted(number)));
        }
    }

    /** Writes a scenario that tells of elements only: the diagram knows no rejections and no values. */
    private void scenario(Specification specification, String frame) {
        List<List<ScenarioStep>> clauses = List.of(specification.given(), specification.when(), specification.then());
        if (clauses.stream()
                .flatMap(List::stream)
                .anyMatch(step ->
                        step.what() != ScenarioStep.What.ELEMENT || kind(step).isEmpty())) {
            return;
        }
        out.append("%% scenario: ")
                .append(Titles.line(specification.name(), 200))
                .append('\n');
        out.append("gwt ").append(frame).append('\n');
        for (int i = 0; i < 3; i++) {
            if (!clauses.get(i).isEmpty()) {
                out.append("  ").append(List.of("given", "when", "then").get(i)).append('\n');
                clauses.get(i)
                        .forEach(step -> out.append("    ")
                                .append(kind(step))
                                .append(' ')
                                .append(id(step.subject().element()))
                                .append('\n'));
            }
        }
    }

    private String kind(ScenarioStep step) {
        String name = step.subject().element();
        return model.commands().containsKey(name)
                ? "cmd"
                : model.views().containsKey(name)
                        ? "rmo"
                        : model.events().containsKey(name)
                                        || model.publicEvents().containsKey(name)
                                ? "evt"
                                : "";
    }

    private void frames(Slice slice) {
        List<String> sources = new ArrayList<>();
        slice.on().forEach(event -> sources.add(event(event)));
        if (slice.gatekeeper() != null) {
            slice.gatekeeper()
                    .reads()
                    .forEach(view -> sources.add(frames.getOrDefault("rmo " + id(view.element()), "")));
        }
        if (slice.todo() != null) {
            sources.add(frames.getOrDefault("rmo " + id(slice.todo().element()), ""));
        }
        String title = id(Titles.element(slice.name(), "Slice"));
        boolean works = !slice.processor().isEmpty()
                || slice.todo() != null
                || !slice.dispatches().isEmpty()
                || !slice.publishes().isEmpty();
        if (works) {
            String processor = frame(
                    "pcr",
                    id(Titles.element(slice.processor().isEmpty() ? slice.name() : slice.processor(), "Processor")),
                    "",
                    sources);
            sources.clear();
            sources.add(processor);
        }
        if (slice.command() != null) {
            if (!slice.actor().isEmpty()) {
                sources.add(frame("ui", id(slice.actor()) + "." + title, "", List.of()));
            }
            String command = frame("cmd", id(slice.command().element()), block(Kind.COMMAND, slice.command()), sources);
            sources.clear();
            sources.add(command);
        }
        slice.events()
                .forEach(event ->
                        frames.put("evt " + lane(event), frame("evt", lane(event), block(Kind.EVENT, event), sources)));
        slice.publishes().forEach(event -> {
            String name = id(model.context()) + PUBLIC + "." + id(event.element());
            frame("evt", name, block(Kind.PUBLIC_EVENT, event), sources);
        });
        slice.dispatches()
                .forEach(command -> frame("cmd", id(command.element()), block(Kind.COMMAND, command), sources));
        for (Ref view : slice.views()) {
            String frame = frame("rmo", id(view.element()), block(Kind.VIEW, view), sources);
            frames.put("rmo " + id(view.element()), frame);
            if (!slice.actor().isEmpty()) {
                frame("ui", id(slice.actor()) + "." + title, "", List.of(frame));
            }
        }
    }

    /** Returns the frame of a preceding event; adds one if there is none. */
    private String event(Ref event) {
        String known = frames.get("evt " + lane(event));
        if (known != null) {
            return known;
        }
        String frame = frame("evt", lane(event), block(Kind.EVENT, event), List.of());
        frames.put("evt " + lane(event), frame);
        return frame;
    }

    /** Returns an event with the lane of its stream, or of its context. */
    private String lane(Ref event) {
        Element found = event.context().isEmpty() ? model.events().get(event.element()) : null;
        String lane = found == null ? event.context() + (event.context().isEmpty() ? "" : PUBLIC) : found.stream();
        return lane.isEmpty() ? id(event.element()) : id(lane) + "." + id(event.element());
    }

    private String block(Kind kind, Ref ref) {
        Element element = ref.context().isEmpty() ? model.elements(kind).get(ref.element()) : null;
        if (element == null || element.fields().isEmpty()) {
            return "";
        }
        String id = id(kind.word() + "_" + element.name());
        data.put(id, element);
        return " [[" + id + "]]";
    }

    private String frame(String kind, String name, String block, List<String> sources) {
        String frame = "%02d".formatted(++number);
        out.append("rf ").append(frame).append(' ').append(kind).append(' ').append(name);
        sources.stream()
                .filter(source -> !source.isEmpty())
                .distinct()
                .forEach(source -> out.append(" ->> ").append(source));
        out.append(block).append('\n');
        return frame;
    }

    /** Returns a word of the characters that Mermaid allows: letters, digits and underscores. */
    private static String id(String name) {
        String id = Objects.requireNonNull(name).replaceAll("[^A-Za-z0-9_]", "_");
        return id.isEmpty() || Character.isDigit(id.charAt(0)) ? "_" + id : id;
    }
}
