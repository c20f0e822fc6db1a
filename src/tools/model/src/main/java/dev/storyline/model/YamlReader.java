package dev.storyline.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads one YAML file. Keeps the location of every value and collects all problems, so that a person sees all of them at
 * once. Refuses anchors and aliases, so that a small file cannot expand while it is read.
 */
public final class YamlReader {
    private static final int DEEPEST = 30;
    private static final int MOST_TROUBLES = 50;
    private static final String NULL = "none";

    private final String file;
    private final List<Diagnostic> troubles = new ArrayList<>();

    public YamlReader(String file) {
        this.file = file;
    }

    /** A value and its location; the node is null for a key without a value. */
    public record Value(String key, SourceLocation place, Node node) {}

    /** The root of the file; null if the file is empty. */
    public @Nullable Node root(String text, int mostCharacters) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(mostCharacters);
        try {
            Parser parser = new Plain(new ParserImpl(new StreamReader(text), options));
            return new Composer(parser, new Resolver(), options).getSingleNode();
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            throw new ModelException(
                    mark == null ? new SourceLocation(file, 0, 0) : place(mark),
                    "This is not readable YAML: " + e.getProblem() + ".");
        } catch (ReaderException e) {
            throw new ModelException(
                    unprintable(text),
                    "Here is a character that is no text, U+%04X: take it away, or save the file as UTF-8."
                            .formatted(e.getCodePoint()));
        } catch (YAMLException e) {
            throw new ModelException(
                    new SourceLocation(file, 0, 0), "This is not readable YAML: " + firstLine(e) + ".");
        }
    }

    /** Refuses anchors, aliases and deep nesting while parsing, before any object is built. */
    private final class Plain implements Parser {
        private final Parser parser;
        private int depth;

        Plain(Parser parser) {
            this.parser = parser;
        }

        @Override
        public boolean checkEvent(Event.ID choice) {
            return parser.checkEvent(choice);
        }

        @Override
        public Event peekEvent() {
            return parser.peekEvent();
        }

        @Override
        public Event getEvent() {
            Event event = parser.getEvent();
            if (event instanceof NodeEvent node && node.getAnchor() != null) {
                throw new ModelException(
                        place(event.getStartMark()),
                        "Anchors and aliases are not read: say it in each place, or define it once by name.");
            }
            if (event instanceof CollectionStartEvent && ++depth > DEEPEST) {
                throw new ModelException(
                        place(event.getStartMark()),
                        "This is nested too deep: no part of a model is within more than " + DEEPEST + " others.");
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
            return event;
        }
    }

    private SourceLocation unprintable(String text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int character = text.codePointAt(i);
            if (!StreamReader.isPrintable(character)) {
                break;
            }
            line += character == '\n' ? 1 : 0;
            column = character == '\n' ? 1 : column + 1;
        }
        return new SourceLocation(file, line, column);
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private SourceLocation place(Mark mark) {
        return new SourceLocation(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    public SourceLocation place(Node node) {
        return place(node.getStartMark());
    }

    /** Returns where a key of a mapping stands; the mapping's own location without the key. */
    SourceLocation placeOf(MappingNode mapping, String key) {
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode() instanceof ScalarNode scalar
                    && scalar.getValue().equals(key)) {
                return place(scalar);
            }
        }
        return place(mapping);
    }

    public void trouble(SourceLocation place, String sentence) {
        troubles.add(new Diagnostic(place, sentence));
        if (troubles.size() >= MOST_TROUBLES) {
            throw new ModelException(troubles);
        }
    }

    /** Ends the reading and reports all problems. */
    public void end() {
        if (!troubles.isEmpty()) {
            troubles.sort((one, other) -> one.place().compareTo(other.place()));
            throw new ModelException(troubles);
        }
    }

    /** Returns the entries of a mapping in order; none for an empty value. */
    public List<Value> entries(Node node, String what) {
        if (isEmpty(node)) {
            return List.of();
        }
        if (!(node instanceof MappingNode mapping)) {
            trouble(place(node), what + " must be names with values, like 'name: value'.");
            return List.of();
        }
        Map<String, Value> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Node key = tuple.getKeyNode();
            if (!(key instanceof ScalarNode scalar)) {
                trouble(place(key), "A name must be plain text.");
                continue;
            }
            Value first = entries.putIfAbsent(
                    scalar.getValue(), new Value(scalar.getValue(), place(key), tuple.getValueNode()));
            if (first != null) {
                trouble(
                        place(key),
                        "'" + scalar.getValue() + "' stands here a second time; first in line "
                                + first.place().line() + ".");
            }
        }
        return List.copyOf(entries.values());
    }

    /** Returns the entries of a mapping with known keys. Reports other keys. */
    public Map<String, Value> keys(Node node, String what, Set<String> known) {
        Map<String, Value> result = new LinkedHashMap<>();
        for (Value entry : entries(node, what)) {
            if (known.contains(entry.key())) {
                result.put(entry.key(), entry);
            } else {
                String hint = ClosestName.hint(entry.key(), known);
                trouble(
                        entry.place(),
                        what + " has no '" + entry.key() + "'"
                                + (hint.isEmpty()
                                        ? "; it may have "
                                                + String.join(
                                                        ", ",
                                                        known.stream().sorted().toList()) + "."
                                        : hint));
            }
        }
        return result;
    }

    /** Returns the items of a list. A single value is a list of one, an empty value a list of none. */
    public List<Node> items(Node node) {
        if (isEmpty(node)) {
            return List.of();
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        return List.of(node);
    }

    public static boolean isEmpty(Node node) {
        return node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.NULL);
    }

    public static boolean isText(Node node) {
        return node instanceof ScalarNode && !isEmpty(node);
    }

    /** One text, folded into one line; empty for an empty value. */
    public String text(@Nullable Value value, String what) {
        return value == null ? "" : text(value.node(), what);
    }

    public String text(Node node, String what) {
        if (isEmpty(node)) {
            return "";
        }
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().strip();
        }
        trouble(place(node), what + " must be one text.");
        return "";
    }

    public boolean yes(@Nullable Value value, String what) {
        if (value == null) {
            return false;
        }
        return switch (text(value.node(), what)) {
            case "true", "yes" -> true;
            case "false", "no" -> false;
            case String other -> {
                trouble(place(value.node()), what + " is true or false, not '" + other + "'.");
                yield false;
            }
        };
    }

    public int number(@Nullable Value value, int least, int most, int otherwise, String what) {
        if (value == null) {
            return otherwise;
        }
        String text = text(value.node(), what);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Falls through to the sentence below, which is the same for all wrong numbers.
        }
        trouble(
                place(value.node()),
                what + " is a whole number from " + least + " to " + most + ", not '" + text + "'.");
        return otherwise;
    }

    /** A value of a specification: texts, lists and maps. */
    public Object value(Node node) {
        return switch (node) {
            case ScalarNode scalar -> isEmpty(node) ? NULL : scalar.getValue();
            case SequenceNode sequence ->
                sequence.getValue().stream().map(this::value).toList();
            default -> values(node, "A value");
        };
    }

    public Map<String, Object> values(Node node, String what) {
        Map<String, Object> values = new LinkedHashMap<>();
        entries(node, what).forEach(entry -> values.put(entry.key(), value(entry.node())));
        return Collections.unmodifiableMap(values);
    }
}
