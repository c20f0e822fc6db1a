package dev.storyline.modeler.exchange;

import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Type;
import dev.storyline.modeler.exchange.Graph.Attribute;
import dev.storyline.modeler.exchange.Graph.Kind;
import dev.storyline.modeler.exchange.Graph.Part;
import dev.storyline.modeler.exchange.Graph.Scenario;
import dev.storyline.modeler.exchange.Graph.Step;
import dev.storyline.modeler.exchange.Graph.Thing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Mermaid's {@code eventmodeling} diagrams, alone or in a Markdown file: frames, their arrows, data, notes and
 * scenarios. A frame without arrows follows the nearest earlier one that may lead to it, as in Mermaid. The comments
 * {@code %% context:}, {@code %% chapter:}, {@code %% slice:} and {@code %% scenario:} are those of {@link Mermaid}.
 */
final class MermaidReader {
    private static final Pattern FRAME = Pattern.compile(
            "(tf|timeframe|rf|resetframe)\\s+(\\w+)\\s+(\\w+)\\s+([\\w.-]+)((?:\\s*->>\\s*\\w+)*)\\s*(.*)",
            Pattern.DOTALL);
    private static final Pattern SCENARIO = Pattern.compile("(\\w+)\\s+([\\w.-]+)\\s*(.*)", Pattern.DOTALL);
    private static final Pattern BLOCK =
            Pattern.compile("(data|note|hotspot)\\s+(\\w+)\\s*(?:`\\w*`)?\\s*\\{?(.*)", Pattern.DOTALL);
    private static final Pattern COMMENT = Pattern.compile("%%\\s*(context|chapter|slice|scenario):\\s*(.*)");
    private static final Pattern FIELD =
            Pattern.compile("[\"']?([\\p{L}_][\\p{L}\\p{N}_-]*)[\"']?\\s*:\\s*(.*)", Pattern.DOTALL);
    private static final String PASSED = "Passed over, for a model has no place for it";

    private final Graph graph;
    private final List<String> lines;
    private int at;
    private final Map<String, Thing> frames = new LinkedHashMap<>();
    private final Map<String, Part> homes = new HashMap<>();
    /** The things whose fields a data block tells. */
    private final Map<String, List<Thing>> data = new HashMap<>();
    /** The frames since the last reset. */
    private final List<Thing> row = new ArrayList<>();

    private final List<Runnable> later = new ArrayList<>();
    private String chapter = "";
    private String scenario = "";
    private @Nullable Part part;

    private MermaidReader(List<String> lines, String called) {
        graph = new Graph(called);
        this.lines = lines;
    }

    /** Returns whether a text has a diagram. */
    static boolean isDiagram(String text) {
        return text.lines().map(String::strip).anyMatch("eventmodeling"::equals);
    }

    /**
     * Reads the diagrams of a text.
     *
     * @throws ModelException if there is none with a frame
     */
    static Graph read(String text, String called) {
        List<String> lines = text.lines().map(String::strip).toList();
        MermaidReader reader = new MermaidReader(lines, called);
        reader.at = lines.indexOf("eventmodeling") + 1;
        while (reader.at < lines.size() && !lines.get(reader.at).startsWith("```")) {
            reader.line();
        }
        reader.later.forEach(Runnable::run);
        if (reader.frames.isEmpty()) {
            throw new ModelException(
                    new SourceLocation(called, 1, 1),
                    "The diagram has no frames like 'tf 01 cmd PlaceOrder': a model needs at least one.");
        }
        reader.graph.slices();
        return reader.graph;
    }

    private void line() {
        String line = lines.get(at++);
        Matcher comment = COMMENT.matcher(line);
        if (comment.matches()) {
            comment(comment.group(1), comment.group(2).strip());
        } else if (line.isEmpty() || line.startsWith("%%") || line.startsWith("//") || line.startsWith("entity ")) {
            return;
        } else if (line.startsWith("gwt ")) {
            scenario(line.substring(4).strip());
        } else {
            String whole = whole(line);
            Matcher block = BLOCK.matcher(whole);
            Matcher frame = FRAME.matcher(whole);
            if (block.matches()) {
                block(block.group(1), block.group(2), block.group(3));
            } else if (frame.matches()) {
                frame(frame);
            } else {
                graph.note("Lines that are no frame, data, note or scenario were passed over", "line " + at);
            }
        }
    }

    private void comment(String word, String text) {
        switch (word) {
            case "context" -> graph.context = text;
            case "chapter" -> chapter = text;
            case "scenario" -> scenario = text;
            default -> {
                part = graph.part("", text);
                part.chapter = chapter;
            }
        }
    }

    /** Returns a line with the lines that its braces enclose. */
    private String whole(String line) {
        StringBuilder whole = new StringBuilder(line);
        long open = open(line);
        while (open > 0 && at < lines.size() && !lines.get(at).startsWith("```")) {
            open += open(lines.get(at));
            whole.append('\n').append(lines.get(at++));
        }
        return whole.toString();
    }

    private static long open(String line) {
        return line.chars().filter(c -> c == '{').count()
                - line.chars().filter(c -> c == '}').count();
    }

    private static @Nullable Kind kind(String word) {
        return switch (word) {
            case "ui", "screen" -> Kind.SCREEN;
            case "pcr", "processor" -> Kind.PROCESSOR;
            case "cmd", "command" -> Kind.COMMAND;
            case "rmo", "readmodel" -> Kind.VIEW;
            case "evt", "event" -> Kind.EVENT;
            default -> null;
        };
    }

    private @Nullable Thing thing(String word, String name) {
        Kind kind = kind(word);
        if (kind == null) {
            graph.note("Frames of an unknown kind were passed over", word + " " + name);
            return null;
        }
        int dot = name.lastIndexOf('.');
        String lane = dot < 0 ? "" : name.substring(0, dot);
        String title = name.substring(dot + 1);
        boolean isPublic = kind == Kind.EVENT && lane.endsWith(Mermaid.PUBLIC);
        String home = isPublic ? lane.substring(0, lane.length() - Mermaid.PUBLIC.length()) : "";
        boolean foreign = isPublic && !home.equals(Titles.context(graph.context));
        Thing thing = graph.thing(kind, foreign ? home : "", title, isPublic, "");
        if (kind == Kind.SCREEN) {
            thing.actor = lane;
        } else if (kind == Kind.EVENT && !isPublic) {
            thing.tell("", "", lane);
        }
        return thing;
    }

    private void frame(Matcher frame) {
        if (frame.group(1).startsWith("r")) {
            row.clear();
        }
        Thing thing = thing(frame.group(3), frame.group(4));
        if (thing == null) {
            return;
        }
        if (frames.putIfAbsent(frame.group(2), thing) != null) {
            graph.note("Several frames have one number; arrows lead to the first of them", frame.group(2));
        }
        // A screen in our own diagrams stands for the actor only.
        if (part != null) {
            part.things.add(thing);
            homes.putIfAbsent(frame.group(2), part);
        }
        String sources = frame.group(5);
        if (!sources.isBlank()) {
            later.add(() -> {
                for (String source : sources.strip().split("\\s*->>\\s*", -1)) {
                    Thing from = frames.get(source);
                    if (from != null) {
                        graph.arrow(from, thing);
                    } else if (!source.isEmpty()) {
                        graph.note("Leads to nothing and was passed over", "frame " + source);
                    }
                }
            });
        } else {
            row.reversed().stream()
                    .filter(before -> leads(before.kind, thing.kind))
                    .findFirst()
                    .ifPresent(before -> graph.arrow(before, thing));
        }
        row.add(thing);
        tell(thing, frame.group(6).strip());
    }

    private static boolean leads(Kind from, Kind to) {
        return switch (to) {
            case COMMAND -> from == Kind.SCREEN || from == Kind.PROCESSOR;
            case EVENT -> from == Kind.COMMAND;
            case VIEW -> from == Kind.EVENT;
            case SCREEN, PROCESSOR -> from == Kind.VIEW;
        };
    }

    /** Adds the data behind a frame: the name of a block, or the data itself. */
    private void tell(Thing thing, String told) {
        String inline = told.replaceFirst("^`\\w*`\\s*", "");
        if (inline.startsWith("[[") && inline.endsWith("]]")) {
            data.computeIfAbsent(inline.substring(2, inline.length() - 2), key -> new ArrayList<>())
                    .add(thing);
        } else if (!inline.isEmpty()) {
            values(inline).forEach((name, value) -> graph.field(thing, attribute(name, value)));
        }
    }

    private void block(String word, String name, String text) {
        String body = text.strip().replaceFirst("\\}$", "");
        if (word.equals("data")) {
            later.add(() -> {
                List<Thing> told = data.getOrDefault(name, List.of());
                if (told.isEmpty()) {
                    graph.note("Data that no frame names was passed over", name);
                }
                Map<String, String> values = values(body);
                told.forEach(thing -> values.forEach((field, value) -> graph.field(thing, attribute(field, value))));
            });
        } else {
            later.add(() -> {
                Thing thing = frames.get(name);
                if (thing == null) {
                    graph.note(PASSED, word + " " + name);
                } else {
                    (word.equals("hotspot") ? thing.notes.hotspots : thing.notes.comments)
                            .add(Titles.line(body, 1_000));
                }
            });
        }
    }

    /** Returns the values of {@code a: b} by name, divided by commas or lines outside of braces. */
    private Map<String, String> values(String text) {
        String inside = text.strip();
        if (inside.startsWith("\"") && inside.endsWith("\"") && inside.length() > 1) {
            inside = inside.substring(1, inside.length() - 1).strip();
        }
        if (inside.startsWith("{") && inside.endsWith("}")) {
            inside = inside.substring(1, inside.length() - 1);
        }
        Map<String, String> values = new LinkedHashMap<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i <= inside.length(); i++) {
            char c = i < inside.length() ? inside.charAt(i) : '\n';
            depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            if (((c == ',' || c == '\n') && depth <= 0) || i == inside.length()) {
                String piece = inside.substring(begin, i).strip();
                Matcher field = FIELD.matcher(piece);
                if (field.matches()) {
                    values.putIfAbsent(
                            Titles.plain(field.group(1), "field"),
                            field.group(2).strip());
                } else if (!piece.isEmpty()) {
                    graph.note("Data without 'name: value' was passed over", "'" + Titles.line(piece, 40) + "'");
                }
                begin = i + 1;
            }
        }
        return values;
    }

    /** A value is the word for a type, or an example. */
    private Attribute attribute(String name, String value) {
        String type = value.replaceAll("^[\"']|[\"']$", "");
        boolean optional = type.startsWith("optional ");
        type = optional ? type.substring("optional ".length()) : type;
        boolean many = type.startsWith("list of ") || type.startsWith("[");
        type = type.startsWith("list of ") ? type.substring("list of ".length()) : type.replaceAll("^\\[|\\]$", "");
        List<Attribute> parts = new ArrayList<>();
        if (type.startsWith("{") && type.endsWith("}")) {
            values(type).forEach((part, inner) -> parts.add(attribute(part, inner)));
            return new Attribute(name, "json", many, optional, false, "", "", "", "", parts, List.of());
        }
        boolean isType = Type.BASIC.contains(type)
                || type.matches("(?i)string")
                || !GraphFields.basic(type).equals("text");
        String basic = Type.BASIC.contains(type) ? type : isType ? GraphFields.basic(type) : "text";
        String example = isType || many ? "" : type;
        return new Attribute(name, basic, many, optional, false, "", example, "", "", List.of(), List.of());
    }

    /** Reads {@code gwt 03} with the lines given, when, then, and an element in each line under them. */
    private void scenario(String head) {
        String frame = head.split("\\s+", 2)[0];
        String title = scenario;
        scenario = "";
        Map<String, List<String[]>> told = new LinkedHashMap<>();
        String clause = "";
        while (at < lines.size()) {
            String line = lines.get(at);
            Matcher step = SCENARIO.matcher(line);
            if (List.of("given", "when", "then").contains(line)) {
                clause = line;
                at++;
            } else if (!clause.isEmpty() && step.matches() && kind(step.group(1)) != null) {
                at++;
                String whole = whole(line);
                told.computeIfAbsent(clause, key -> new ArrayList<>()).add(new String[] {step.group(1), whole});
            } else if (line.isEmpty() && at + 1 < lines.size() && clause.isEmpty()) {
                at++;
            } else {
                break;
            }
        }
        later.add(() -> {
            Part home = homes.get(frame);
            Thing thing = frames.get(frame);
            if (thing == null) {
                graph.note("Scenarios of no frame were passed over", "gwt " + frame);
                return;
            }
            Scenario scenario = new Scenario(
                    "",
                    title.isEmpty() ? "scenario" : title,
                    steps(told, "given"),
                    steps(told, "when"),
                    steps(told, "then"),
                    new Graph.Notes());
            if (home != null) {
                home.scenarios.add(scenario);
            } else {
                graph.scenario(thing, scenario);
            }
        });
    }

    private List<Step> steps(Map<String, List<String[]>> told, String clause) {
        List<Step> steps = new ArrayList<>();
        for (String[] line : told.getOrDefault(clause, List.of())) {
            Matcher step = SCENARIO.matcher(line[1]);
            Kind kind = kind(line[0]);
            if (!step.matches() || kind == null) {
                continue;
            }
            String name = step.group(2);
            int dot = name.lastIndexOf('.');
            Thing thing = graph.resolve("", kind, "", name.substring(dot + 1));
            if (thing != null && thing.kind.isNamed()) {
                Map<String, Object> values = new LinkedHashMap<>(values(step.group(3)));
                steps.add(new Step(thing, "", "", values, 1, false));
            }
        }
        return steps;
    }
}
