package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.YamlReader.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads a model file. Reports all problems at once, each with file, line, column and the closest known word. {@link
 * NameResolver} then reports unknown names.
 */
public final class ModelReader {
    /** The size limit of a model file, in bytes. */
    public static final int LARGEST_BYTES = 50 * 1024 * 1024;

    private static final int MOST_DAYS = 36_500;
    private static final java.util.regex.Pattern DAYS = java.util.regex.Pattern.compile("(\\d{1,5}) days?");
    private static final java.util.regex.Pattern NAME = java.util.regex.Pattern.compile("[\\p{L}][\\p{L}\\p{N}_-]*");
    // The keys of each part. The JSON Schema of the file lists the same keys; a test compares them.
    static final Set<String> ROOT = Set.of(
            "context",
            "owner",
            "about",
            "actors",
            "systems",
            "streams",
            "types",
            "events",
            "public-events",
            "commands",
            "views",
            "story",
            "reviews");
    static final Set<String> ELEMENT = Set.of("about", "stream", "version", "essential", "owner", "fields", "waived");
    static final Set<String> FIELD =
            Set.of("type", "identity", "balanced", "example", "generated", "computed", "from", "about", "waived");
    static final Set<String> TYPE = Set.of("is", "one-of", "fields", "example", "about");
    static final Set<String> SLICE = Set.of(
            "slice",
            "pattern",
            "about",
            "actor",
            "screen",
            "processor",
            "command",
            "gatekeeper",
            "rules",
            "folds",
            "on",
            "events",
            "publishes",
            "dispatches",
            "deadlines",
            "calls",
            "view",
            "exists",
            "specifications",
            "waived");
    static final Set<String> ACTOR = Set.of("about", "is");
    static final Set<String> STREAM = Set.of("by", "about", "ends", "keep");
    static final Set<String> CHAPTER = Set.of("chapter", "about", "slices");
    static final Set<String> GATEKEEPER = Set.of("reads", "rules", "about");
    static final Set<String> RULE = Set.of("says", "reads");
    static final Set<String> SPECIFICATION = Set.of("given", "when", "then");
    static final Set<String> CLAUSE = Set.of("times", "at", "by", "stream");
    static final Set<String> REVIEW = Set.of("step", "role", "by", "on", "of");

    private final YamlReader reading;
    private String context = "";

    private ModelReader(String file) {
        reading = new YamlReader(file);
    }

    /**
     * Reads a file.
     *
     * @param file the file
     * @param called the name in messages: the path from the repository's root
     * @throws ModelException if the file is no model, is not UTF-8, or is larger than {@link #LARGEST_BYTES} bytes
     */
    public static Model read(Path file, String called) {
        return read(text(file, called), called);
    }

    /**
     * Returns the text of a UTF-8 file of at most {@link #LARGEST_BYTES} bytes.
     *
     * @param called the name in messages
     * @throws ModelException if it is no such file
     */
    public static String text(Path file, String called) {
        SourceLocation place = new SourceLocation(called, 0, 0);
        try {
            long size = Files.size(file);
            if (size > LARGEST_BYTES) {
                throw new ModelException(
                        place, "The file has " + size + " bytes; files of up to " + LARGEST_BYTES + " are read.");
            }
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new ModelException(place, "The file is not UTF-8 text: save it as UTF-8.");
        } catch (IOException e) {
            throw new ModelException(place, "The file cannot be read: " + e.getMessage() + ".");
        }
    }

    /**
     * Reads a text.
     *
     * @param called how people know it
     * @throws ModelException if the text is no model
     */
    public static Model read(String text, String called) {
        ModelReader reader = new ModelReader(called);
        int begin = text.startsWith("\ufeff") ? 1 : 0;
        Node root = reader.reading.root(text.substring(begin), LARGEST_BYTES);
        if (root == null) {
            throw new ModelException(
                    new SourceLocation(called, 0, 0), "The file is empty: begin with 'context: its-name'.");
        }
        Model model = reader.model(root, called);
        reader.reading.end();
        return model;
    }

    private Model model(Node root, String called) {
        Map<String, Value> parts = reading.keys(root, "A model", ROOT);
        context = reading.text(parts.get("context"), "The context's name");
        if (!context.matches("[a-z][a-z0-9]*")) {
            Value value = parts.get("context");
            reading.trouble(
                    value == null ? new SourceLocation(called, 1, 1) : value.place(),
                    "A model begins with 'context:' and its name in lower-case letters and digits, not '" + context
                            + "'.");
        }
        Map<Kind, Map<String, Element>> elements = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            elements.put(kind, named(parts.get(kind.section()), (name, value) -> element(kind, name, value)));
        }
        return new Model(
                context,
                reading.text(parts.get("owner"), "The owner"),
                reading.text(parts.get("about"), "What the context is about"),
                named(parts.get("actors"), this::actor),
                named(parts.get("systems"), this::note),
                named(parts.get("streams"), this::stream),
                named(parts.get("types"), this::type),
                Objects.requireNonNull(elements.get(Kind.EVENT)),
                Objects.requireNonNull(elements.get(Kind.PUBLIC_EVENT)),
                Objects.requireNonNull(elements.get(Kind.COMMAND)),
                Objects.requireNonNull(elements.get(Kind.VIEW)),
                each(parts.get("story"), this::chapter),
                each(parts.get("reviews"), this::review),
                new SourceLocation(called, 0, 0));
    }

    /** Returns the entries by name, in the order of the file. A list of names equals names without values. */
    private <T> Map<String, T> named(@Nullable Value section, BiFunction<String, Value, T> read) {
        Map<String, T> result = new LinkedHashMap<>();
        if (section == null) {
            return result;
        }
        if (section.node() instanceof SequenceNode) {
            for (Node item : reading.items(section.node())) {
                String name = reading.text(item, "A name");
                Value value = new Value(name, reading.place(item), emptyAt(item));
                if (result.put(checked(name, value.place()), read.apply(name, value)) != null) {
                    reading.trouble(value.place(), "'" + name + "' stands here a second time.");
                }
            }
        } else {
            for (Value entry : reading.entries(section.node(), "'" + section.key() + "'")) {
                result.put(checked(entry.key(), entry.place()), read.apply(entry.key(), entry));
            }
        }
        return Collections.unmodifiableMap(result);
    }

    private static Node emptyAt(Node node) {
        return new MappingNode(
                org.yaml.snakeyaml.nodes.Tag.MAP,
                true,
                List.of(),
                node.getStartMark(),
                node.getEndMark(),
                org.yaml.snakeyaml.DumperOptions.FlowStyle.BLOCK);
    }

    private String checked(String name, SourceLocation place) {
        if (!NAME.matcher(name).matches()) {
            reading.trouble(place, "A name is made of letters, digits, '-' and '_', not '" + name + "'.");
        }
        return name;
    }

    private <T> List<T> each(@Nullable Value section, java.util.function.Function<Node, T> read) {
        if (section == null) {
            return List.of();
        }
        return reading.items(section.node()).stream().map(read).toList();
    }

    private Actor actor(String name, Value value) {
        if (YamlReader.isText(value.node())) {
            return new Actor(name, reading.text(value, "A note"), "", value.place());
        }
        Map<String, Value> parts = reading.keys(value.node(), "The actor " + name, ACTOR);
        return new Actor(
                name,
                reading.text(parts.get("about"), "What it is about"),
                reading.text(parts.get("is"), "A type"),
                value.place());
    }

    private ExternalSystem note(String name, Value value) {
        return new ExternalSystem(
                name, reading.text(value.node() instanceof MappingNode ? null : value, "A note"), value.place());
    }

    private EventStream stream(String name, Value value) {
        if (YamlReader.isText(value.node())) {
            return new EventStream(name, "", reading.text(value, "A note"), value.place());
        }
        Map<String, Value> parts = reading.keys(value.node(), "The stream " + name, STREAM);
        List<String> ends = words(parts.get("ends"));
        if (ends.isEmpty() == parts.containsKey("keep")) {
            reading.trouble(
                    value.place(),
                    "The stream " + name + " has 'ends' with the events that end it, and 'keep' with the time that it"
                            + " stays then, or neither.");
        }
        return new EventStream(
                name,
                reading.text(parts.get("by"), "A field"),
                reading.text(parts.get("about"), "What it is about"),
                ends,
                days(parts.get("keep")),
                value.place());
    }

    /** {@code 400 days}; 0 if there is none. */
    private int days(@Nullable Value value) {
        if (value == null) {
            return 0;
        }
        java.util.regex.Matcher days = DAYS.matcher(reading.text(value, "A time"));
        int number = days.matches() ? Integer.parseInt(days.group(1)) : 0;
        if (number < 1 || number > MOST_DAYS) {
            reading.trouble(value.place(), "'keep' is a number of days from 1 to " + MOST_DAYS + ", like 400 days.");
        }
        return number;
    }

    private Element element(Kind kind, String name, Value value) {
        boolean sentence = YamlReader.isText(value.node());
        Map<String, Value> parts =
                sentence ? Map.of() : reading.keys(value.node(), "The " + kind.word() + " " + name, ELEMENT);
        if (!name.isEmpty() && !Character.isUpperCase(name.codePointAt(0))) {
            reading.trouble(
                    value.place(),
                    "The name of a " + kind.word() + " begins with an upper-case letter, not '" + name + "'.");
        }
        return new Element(
                kind,
                context,
                name,
                sentence ? reading.text(value, "A sentence") : reading.text(parts.get("about"), "What it is about"),
                reading.text(parts.get("stream"), "A stream"),
                reading.number(parts.get("version"), 1, 1_000, 1, "A schema version"),
                reading.yes(parts.get("essential"), "Essential"),
                reading.text(parts.get("owner"), "An owner"),
                fields(parts.get("fields"), name),
                texts(parts.get("waived")),
                value.place());
    }

    private List<Field> fields(@Nullable Value section, String element) {
        return List.copyOf(
                named(section, (name, value) -> field(name, value, element)).values());
    }

    private Field field(String name, Value value, String element) {
        boolean onlyType = YamlReader.isText(value.node());
        Map<String, Value> parts =
                onlyType ? Map.of() : reading.keys(value.node(), "The field " + element + "." + name, FIELD);
        String written = onlyType ? reading.text(value, "A type") : reading.text(parts.get("type"), "A type");
        String type = written;
        boolean optional = type.startsWith(Field.OPTIONAL);
        type = optional ? type.substring(Field.OPTIONAL.length()).strip() : type;
        boolean many = type.startsWith(Field.MANY);
        type = many ? type.substring(Field.MANY.length()).strip() : type;
        return new Field(
                name,
                type,
                many,
                optional,
                reading.yes(parts.get("identity"), "Identity"),
                reading.yes(parts.get("balanced"), "Balanced"),
                reading.text(parts.get("example"), "An example"),
                reading.text(parts.get("generated"), "What generates it"),
                refs(parts.get("computed")),
                refs(parts.get("from")),
                reading.text(parts.get("about"), "What it is about"),
                texts(parts.get("waived")),
                value.place());
    }

    private List<Ref> refs(@Nullable Value section) {
        return each(section, node -> Ref.parse(reading.text(node, "A name"), reading.place(node)));
    }

    private Map<String, String> texts(@Nullable Value section) {
        if (section == null) {
            return Map.of();
        }
        Map<String, String> result = new LinkedHashMap<>();
        for (Value entry : reading.entries(section.node(), "'" + section.key() + "'")) {
            result.put(entry.key(), reading.text(entry, "A text"));
        }
        return Collections.unmodifiableMap(result);
    }

    private Type type(String name, Value value) {
        if (value.node() instanceof SequenceNode) {
            return new Type(name, "text", words(value), List.of(), "", "", value.place());
        }
        if (YamlReader.isText(value.node())) {
            return new Type(name, reading.text(value, "A type"), List.of(), List.of(), "", "", value.place());
        }
        Map<String, Value> parts = reading.keys(value.node(), "The type " + name, TYPE);
        List<Field> fields = fields(parts.get("fields"), name);
        String base = reading.text(parts.get("is"), "A basic type");
        return new Type(
                name,
                base.isEmpty() && fields.isEmpty() ? "text" : base,
                words(parts.get("one-of")),
                fields,
                reading.text(parts.get("example"), "An example"),
                reading.text(parts.get("about"), "What it is about"),
                value.place());
    }

    private List<String> actors(@Nullable Value section) {
        return each(section, node -> reading.text(node, "An actor")).stream()
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    private List<String> words(@Nullable Value section) {
        return each(section, node -> reading.text(node, "A word"));
    }

    private Chapter chapter(Node node) {
        Map<String, Value> parts = reading.keys(node, "A chapter", CHAPTER);
        return new Chapter(
                reading.text(parts.get("chapter"), "A chapter's name"),
                reading.text(parts.get("about"), "What it is about"),
                each(parts.get("slices"), this::slice),
                reading.place(node));
    }

    private Slice slice(Node node) {
        if (YamlReader.isText(node)) {
            String name = reading.text(node, "A slice's name");
            return new Slice(
                    sliceName(name, reading.place(node)),
                    null,
                    "",
                    List.of(),
                    "",
                    "",
                    null,
                    null,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    reading.place(node));
        }
        Map<String, Value> parts = reading.keys(node, "A slice", SLICE);
        Value name = parts.get("slice");
        SourceLocation place = name == null ? reading.place(node) : name.place();
        List<Ref> command = refs(parts.get("command"));
        if (command.size() > 1) {
            reading.trouble(
                    command.get(1).place(), "A slice handles one command; the second one asks for a slice of its own.");
        }
        return new Slice(
                sliceName(reading.text(name, "A slice's name"), place),
                pattern(parts.get("pattern")),
                reading.text(parts.get("about"), "What it is about"),
                actors(parts.get("actor")),
                reading.text(parts.get("screen"), "A note about the screen"),
                reading.text(parts.get("processor"), "A processor"),
                command.isEmpty() ? null : command.getFirst(),
                gatekeeper(parts.get("gatekeeper")),
                rules(parts.get("rules")),
                refs(parts.get("folds")),
                refs(parts.get("on")),
                refs(parts.get("events")),
                refs(parts.get("publishes")),
                refs(parts.get("dispatches")),
                deadlines(parts.get("deadlines")),
                refs(parts.get("calls")),
                refs(parts.get("view")),
                refs(parts.get("exists")),
                new SpecificationReader(reading).specifications(parts.get("specifications")),
                texts(parts.get("waived")),
                place);
    }

    private List<ModelDeadline> deadlines(@Nullable Value section) {
        return section == null
                ? List.of()
                : reading.entries(section.node(), "'deadlines'").stream()
                        .map(entry -> new ModelDeadline(Ref.parse(entry.key(), entry.place()), refs(entry)))
                        .toList();
    }

    private String sliceName(String name, SourceLocation place) {
        if (!name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
            reading.trouble(
                    place, "A slice has a name in lower case with hyphens, like 'make-wish', not '" + name + "'.");
        }
        return name;
    }

    private @Nullable Pattern pattern(@Nullable Value value) {
        String word = reading.text(value, "A pattern");
        if (value == null || word.isEmpty()) {
            return null;
        }
        Pattern pattern = Pattern.of(word).orElse(null);
        if (pattern == null) {
            List<String> words =
                    java.util.Arrays.stream(Pattern.values()).map(Pattern::word).toList();
            reading.trouble(
                    reading.place(value.node()),
                    "A pattern is " + String.join(", ", words) + ", not '" + word + "'"
                            + dot(ClosestName.hint(word, words)));
        }
        return pattern;
    }

    private static String dot(String hint) {
        return hint.isEmpty() ? "." : hint;
    }

    private @Nullable Gatekeeper gatekeeper(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        if (YamlReader.isText(value.node())) {
            return new Gatekeeper(List.of(), List.of(), reading.text(value, "A gatekeeper"), value.place());
        }
        Map<String, Value> parts = reading.keys(value.node(), "A gatekeeper", GATEKEEPER);
        return new Gatekeeper(
                refs(parts.get("reads")),
                rules(parts.get("rules")),
                reading.text(parts.get("about"), "What it is about"),
                value.place());
    }

    private List<BusinessRule> rules(@Nullable Value section) {
        return List.copyOf(named(section, this::rule).values());
    }

    private BusinessRule rule(String name, Value value) {
        if (YamlReader.isText(value.node())) {
            return new BusinessRule(name, reading.text(value, "A rule"), List.of(), value.place());
        }
        Map<String, Value> parts = reading.keys(value.node(), "The rule " + name, RULE);
        return new BusinessRule(
                name, reading.text(parts.get("says"), "What it says"), refs(parts.get("reads")), value.place());
    }

    private Review review(Node node) {
        Map<String, Value> parts = reading.keys(node, "A review", REVIEW);
        LocalDate on = LocalDate.EPOCH;
        String date = reading.text(parts.get("on"), "A date");
        try {
            on = LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            reading.trouble(reading.place(node), "A review has a date like 2026-11-30 under 'on', not '" + date + "'.");
        }
        return new Review(
                reading.text(parts.get("step"), "A step"),
                reading.text(parts.get("role"), "A role"),
                reading.text(parts.get("by"), "Who"),
                on,
                texts(parts.get("of")),
                reading.place(node));
    }
}
