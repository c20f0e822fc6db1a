package dev.storyline.modeler.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/** YAML as a tree that keeps comments and the tags of intrinsic functions. */
final class TemplateTree {
    private static final Pattern PLACE = Pattern.compile("@([A-Za-z]+)@");

    private TemplateTree() {}

    /** A fragment of a template, a resource of this package, with its places {@code @slice@} filled in. */
    static Node fragment(String name, Map<String, String> places) {
        try (InputStream stream = TemplateTree.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("The fragment " + name + " is missing.");
            }
            Node node = compose(fill(new String(stream.readAllBytes(), StandardCharsets.UTF_8), places));
            if (node == null) {
                throw new IllegalStateException("The fragment " + name + " is empty.");
            }
            return node;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String fill(String text, Map<String, String> places) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(places.getOrDefault(place.group(1), place.group())));
    }

    /** The tree of a text; null for an empty one. */
    static @Nullable Node compose(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setProcessComments(true);
        return new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options).getSingleNode();
    }

    static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The file " + file + " cannot be read.", e);
        }
    }

    /** Adds the entries of a mapping to another one; mappings under the same key are merged, other values replaced. */
    static void merge(MappingNode into, MappingNode from) {
        for (NodeTuple tuple : from.getValue()) {
            int index = indexOf(into, key(tuple));
            if (index < 0) {
                into.getValue().add(tuple);
                continue;
            }
            NodeTuple present = into.getValue().get(index);
            if (present.getValueNode() instanceof MappingNode inner
                    && tuple.getValueNode() instanceof MappingNode more
                    && inner.getTag().equals(more.getTag())
                    && !more.getValue().isEmpty()) {
                if (inner.getValue().isEmpty()) {
                    inner.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
                }
                merge(inner, more);
                addComments(present.getKeyNode(), tuple.getKeyNode());
            } else {
                into.getValue().set(index, tuple);
            }
        }
    }

    private static void addComments(Node to, Node from) {
        List<CommentLine> lines = comments(from);
        if (!lines.isEmpty() && comments(to).isEmpty()) {
            to.setBlockComments(lines);
        }
    }

    static List<CommentLine> comments(Node node) {
        List<CommentLine> lines = node.getBlockComments();
        return lines == null ? List.of() : lines;
    }

    private static int indexOf(MappingNode mapping, String key) {
        for (int i = 0; i < mapping.getValue().size(); i++) {
            if (key(mapping.getValue().get(i)).equals(key)) {
                return i;
            }
        }
        return -1;
    }

    static String key(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
    }

    /** The value under a path of keys. */
    static Node at(MappingNode root, String... path) {
        Node node = root;
        for (String key : path) {
            MappingNode mapping = (MappingNode) node;
            int index = indexOf(mapping, key);
            if (index < 0) {
                throw new IllegalStateException("The template has no " + String.join(".", path) + ".");
            }
            node = mapping.getValue().get(index).getValueNode();
        }
        return node;
    }

    static boolean has(MappingNode mapping, String key) {
        return indexOf(mapping, key) >= 0;
    }

    /** A mapping with one entry. */
    static MappingNode mapping(String key, Node value) {
        List<NodeTuple> entries = new ArrayList<>(List.of(new NodeTuple(text(key), value)));
        return new MappingNode(Tag.MAP, entries, DumperOptions.FlowStyle.BLOCK);
    }

    /** A mapping under a path of keys. */
    static MappingNode under(String path, MappingNode value) {
        MappingNode node = value;
        for (String key : List.of(path.split("\\.")).reversed()) {
            node = mapping(key, node);
        }
        return node;
    }

    static ScalarNode text(String text) {
        return new ScalarNode(Tag.STR, text, null, null, DumperOptions.ScalarStyle.PLAIN);
    }

    static ScalarNode number(int number) {
        return new ScalarNode(Tag.INT, String.valueOf(number), null, null, DumperOptions.ScalarStyle.PLAIN);
    }

    /** {@code !Ref name}. */
    static ScalarNode ref(String name) {
        return new ScalarNode(new Tag("!Ref"), name, null, null, DumperOptions.ScalarStyle.PLAIN);
    }

    /** {@code !ImportValue}, of a name that has places such as {@code ${Stage}}. */
    static MappingNode imported(String name) {
        MappingNode node = mapping("Fn::Sub", text(name));
        node.setTag(new Tag("!ImportValue"));
        return node;
    }

    /** {@code !If [condition, then, otherwise]}. */
    static SequenceNode either(String condition, Node then, Node otherwise) {
        return new SequenceNode(
                new Tag("!If"),
                new ArrayList<>(List.of(text(condition), then, otherwise)),
                DumperOptions.FlowStyle.BLOCK);
    }

    /** Adds an item to the list under a path. */
    static void add(MappingNode root, Node item, String... path) {
        SequenceNode list = (SequenceNode) at(root, path);
        list.getValue().add(item);
        list.setFlowStyle(DumperOptions.FlowStyle.BLOCK);
    }
}
