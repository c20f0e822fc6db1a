package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.PartFormat.KeyFormat;
import dev.storyline.model.PartFormat.Shape;
import dev.storyline.model.YamlReader.Value;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads a model file. Reports all problems at once, each with file, line, column and the closest known word. {@link
 * NameResolver} then reports unknown names.
 */
public final class ModelReader {
    /** The size limit of a model file, in bytes: 10,000 slices have 9 MB, and take 0.6 GB of memory while they are read. */
    public static final int LARGEST_BYTES = 16 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[\\p{L}][\\p{L}\\p{N}_-]*");
    private static final int LATEST_VERSION = 1_000;
    private static final int LONGEST_NAME = 500;

    private final YamlReader reading;
    private String context = "";
    /** The element, type or screen whose fields are read. */
    private String within = "";

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
        Model model = (Model) reader.part(
                PartFormat.of(Model.class), "", new Value("", new SourceLocation(called, 0, 0), root), null);
        reader.reading.end();
        return model;
    }

    /** Reads a part: its keys, or the one value that may stand for it. */
    private Record part(PartFormat format, String name, Value value, @Nullable Kind kind) {
        Node node = value.node();
        KeyFormat alone =
                node instanceof MappingNode || YamlReader.isEmpty(node) ? null : format.alone(YamlReader.isText(node));
        boolean fits = alone != null && (YamlReader.isText(node) || alone.shape() != Shape.TEXT);
        String called = format.called(format.isField() && !within.isEmpty() ? within + "." + name : name, kind);
        within = format.isField() ? within : name;
        Map<String, Value> parts = alone != null && fits
                ? Map.of(alone.word(), new Value(alone.word(), value.place(), node))
                : reading.keys(node, called, format.keys().keySet());
        Value context = parts.get("context");
        if (kind == null && context != null && this.context.isEmpty()) {
            this.context = reading.text(context, "'context'");
        }
        return format.create(component -> component.shape() == Shape.NONE
                ? given(component, name, value.place(), kind)
                : value(component, called, value.place(), parts.get(component.word())));
    }

    /** What no key tells: where the part stands. */
    private @Nullable Object given(KeyFormat component, String name, SourceLocation place, @Nullable Kind kind) {
        Class<?> type = component.type();
        if (type == SourceLocation.class) {
            return place;
        }
        if (type == Kind.class) {
            return kind;
        }
        return type == Ref.class ? Ref.parse(name, place) : component.word().equals("context") ? context : name;
    }

    private @Nullable Object value(KeyFormat key, String part, SourceLocation place, @Nullable Value value) {
        String word = "'" + key.word() + "'";
        Key told = Objects.requireNonNull(key.key());
        return switch (key.shape()) {
            case TEXT -> text(key, told, part, place, value);
            case YES -> reading.yes(value, word);
            case NUMBER -> reading.number(value, 1, LATEST_VERSION, 1, told.rule());
            case CHOICE -> choice(key, told, value);
            case DATE -> date(value, place);
            case REF -> {
                List<Ref> refs = refs(value);
                if (refs.size() > 1) {
                    reading.trouble(
                            refs.get(1).place(), told.rule().isEmpty() ? word + " names one thing only." : told.rule());
                }
                yield refs.isEmpty() ? null : refs.getFirst();
            }
            case REFS -> refs(value);
            case TEXTS -> each(value, node -> reading.text(node, "A word of " + word));
            case TEXT_BY_NAME -> byName(value, entry -> reading.text(entry, "A text of " + word));
            case REFS_BY_NAME -> byName(value, this::refs);
            case PART -> one(key, value);
            case PARTS_BY_NAME -> {
                Map<String, Record> named = named(key, value);
                yield key.component().getType() == Map.class ? named : List.copyOf(named.values());
            }
            case PARTS -> each(value, node -> listed(PartFormat.of(key.type()), node));
            case STEPS -> each(value, new StepReader(reading)::step);
            case ROWS -> each(value, node -> reading.values(node, "A row of " + word));
            case NONE -> throw new IllegalStateException(key.word());
        };
    }

    private String text(KeyFormat key, Key told, String part, SourceLocation place, @Nullable Value value) {
        String text = reading.text(value, "'" + key.word() + "'");
        boolean wrong =
                !told.pattern().isEmpty() && (told.required() || !text.isEmpty()) && !text.matches(told.pattern());
        if (wrong) {
            SourceLocation there = value == null ? place : value.place();
            reading.trouble(
                    there.line() == 0 ? new SourceLocation(there.file(), 1, 1) : there,
                    told.rule() + ", not '" + text + "'.");
        } else if (told.required() && text.isEmpty()) {
            reading.trouble(place, part + " needs '" + key.word() + "'.");
        }
        return text;
    }

    private @Nullable Object one(KeyFormat key, @Nullable Value value) {
        if (value == null) {
            return key.type() == Notes.class ? Notes.NONE : null;
        }
        return part(PartFormat.of(key.type()), "", value, null);
    }

    private Record listed(PartFormat format, Node node) {
        SourceLocation place = reading.place(node);
        if (node instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            String first = format.keys().keySet().iterator().next();
            place = reading.placeOf(mapping, first);
        }
        return part(format, "", new Value("", place, node), null);
    }

    /** Returns the parts by name, in the order of the file. A list of names equals names without values. */
    private Map<String, Record> named(KeyFormat key, @Nullable Value section) {
        Map<String, Record> result = new LinkedHashMap<>();
        if (section == null) {
            return result;
        }
        PartFormat format = PartFormat.of(key.type());
        Kind kind = null;
        for (Kind each : Kind.values()) {
            kind = each.section().equals(key.word()) && key.type() == Element.class ? each : kind;
        }
        if (format.part().unnamed() && YamlReader.isText(section.node())) {
            result.put("", part(format, "", section, kind));
        } else if (section.node() instanceof SequenceNode) {
            for (Node item : reading.items(section.node())) {
                Value entry = new Value(reading.text(item, "A name"), reading.place(item), emptyAt(item));
                if (result.put(entry.key(), part(format, checked(format, entry, kind), entry, kind)) != null) {
                    reading.trouble(entry.place(), "'" + entry.key() + "' stands here a second time.");
                }
            }
        } else {
            for (Value entry : reading.entries(section.node(), "'" + section.key() + "'")) {
                result.put(entry.key(), part(format, checked(format, entry, kind), entry, kind));
            }
        }
        return Collections.unmodifiableMap(result);
    }

    private static Node emptyAt(Node node) {
        return new MappingNode(
                Tag.MAP, true, List.of(), node.getStartMark(), node.getEndMark(), DumperOptions.FlowStyle.BLOCK);
    }

    private String checked(PartFormat format, Value entry, @Nullable Kind kind) {
        String name = entry.key();
        if (format.part().sentence()
                ? name.length() > LONGEST_NAME
                : !NAME.matcher(name).matches()) {
            reading.trouble(
                    entry.place(),
                    format.part().sentence()
                            ? "A name has at most " + LONGEST_NAME + " characters, not " + name.length() + "."
                            : "A name is made of letters, digits, '-' and '_', not '" + name + "'.");
        }
        if (kind != null && !name.isEmpty() && !Character.isUpperCase(name.codePointAt(0))) {
            reading.trouble(
                    entry.place(),
                    "The name of a " + kind.word() + " begins with an upper-case letter, not '" + name + "'.");
        }
        return name;
    }

    private <T> List<T> each(@Nullable Value section, Function<Node, T> read) {
        return section == null
                ? List.of()
                : reading.items(section.node()).stream().map(read).toList();
    }

    private List<Ref> refs(@Nullable Value section) {
        return each(section, node -> Ref.parse(reading.text(node, "A name"), reading.place(node)));
    }

    private <T> Map<String, T> byName(@Nullable Value section, Function<Value, T> read) {
        Map<String, T> result = new LinkedHashMap<>();
        if (section != null) {
            reading.entries(section.node(), "'" + section.key() + "'")
                    .forEach(entry -> result.put(entry.key(), read.apply(entry)));
        }
        return Collections.unmodifiableMap(result);
    }

    private @Nullable Object choice(KeyFormat key, Key told, @Nullable Value value) {
        String word = reading.text(value, "'" + key.word() + "'");
        if (value == null || word.isEmpty()) {
            return null;
        }
        List<String> words = new ArrayList<>();
        for (Object choice : key.type().getEnumConstants()) {
            if (((Word) choice).word().equals(word)) {
                return choice;
            }
            words.add(((Word) choice).word());
        }
        String hint = ClosestName.hint(word, words);
        reading.trouble(
                reading.place(value.node()),
                told.rule() + " " + String.join(", ", words) + ", not '" + word + "'" + (hint.isEmpty() ? "." : hint));
        return null;
    }

    private LocalDate date(@Nullable Value value, SourceLocation place) {
        String date = reading.text(value, "A date");
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            reading.trouble(value == null ? place : value.place(), "A date is like 2026-11-30, not '" + date + "'.");
            return LocalDate.EPOCH;
        }
    }
}
