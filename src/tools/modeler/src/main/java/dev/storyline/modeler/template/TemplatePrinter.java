package dev.storyline.modeler.template;

import java.util.List;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.CollectionNode;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Prints the tree of a template in one form: two spaces a level, an empty line between sections and between resources,
 * comments above what they are about. The emitter of SnakeYAML quotes every value of a tag, indents lists in lists by
 * four, and moves the comments of a list's items behind their dashes.
 */
final class TemplatePrinter {
    private static final int STEP = 2;

    private final StringBuilder out = new StringBuilder();

    private TemplatePrinter() {}

    static String print(MappingNode root) {
        TemplatePrinter printer = new TemplatePrinter();
        for (NodeTuple section : root.getValue()) {
            if (section.getValueNode() instanceof MappingNode content) {
                if (content.getValue().isEmpty()) {
                    continue;
                }
                printer.out.append('\n');
            }
            printer.entry(section, 0, TemplateTree.key(section).equals("Resources"));
        }
        return printer.out.toString();
    }

    private void mapping(MappingNode node, int indent, boolean spaced) {
        boolean first = true;
        for (NodeTuple tuple : node.getValue()) {
            if (spaced && !first) {
                out.append('\n');
            }
            first = false;
            entry(tuple, indent, false);
        }
    }

    private void entry(NodeTuple tuple, int indent, boolean spaced) {
        comments(TemplateTree.comments(tuple.getKeyNode()), indent);
        out.repeat(' ', indent)
                .append(scalar((ScalarNode) tuple.getKeyNode(), indent))
                .append(':');
        Node value = tuple.getValueNode();
        if (inOneLine(value)) {
            out.append(' ').append(line(value, indent)).append('\n');
            return;
        }
        String tag = tag(value);
        out.append(tag.isEmpty() ? "" : " " + tag.strip()).append('\n');
        content(value, indent + STEP, spaced);
    }

    private void content(Node value, int indent, boolean spaced) {
        if (value instanceof MappingNode mapping) {
            mapping(mapping, indent, spaced);
        } else {
            ((SequenceNode) value).getValue().forEach(item -> item(item, indent));
        }
    }

    /** An item of a list: what stands first in it follows the dash. */
    private void item(Node item, int indent) {
        takeComments(item, indent);
        if (inOneLine(item)) {
            out.repeat(' ', indent).append("- ").append(line(item, indent)).append('\n');
        } else if (tag(item).isEmpty()) {
            int start = out.length();
            content(item, indent + STEP, false);
            out.setCharAt(start + indent, '-');
        } else {
            out.repeat(' ', indent).append("- ").append(tag(item).strip()).append('\n');
            content(item, indent + STEP, false);
        }
    }

    /** Prints the comments of an item and of what stands first in it; those above the first key belong to the item. */
    private void takeComments(Node item, int indent) {
        List<CommentLine> own = TemplateTree.comments(item);
        item.setBlockComments(List.of());
        comments(own, indent);
        if (item instanceof MappingNode mapping && !mapping.getValue().isEmpty()) {
            takeComments(mapping.getValue().getFirst().getKeyNode(), indent);
        } else if (item instanceof SequenceNode list && !list.getValue().isEmpty()) {
            takeComments(list.getValue().getFirst(), indent);
        }
    }

    private void comments(List<CommentLine> lines, int indent) {
        for (CommentLine line : lines) {
            if (line.getCommentType() != CommentType.BLANK_LINE) {
                out.repeat(' ', indent).append('#').append(line.getValue()).append('\n');
            }
        }
    }

    private static boolean inOneLine(Node node) {
        return !(node instanceof CollectionNode<?> collection)
                || collection.getFlowStyle() == DumperOptions.FlowStyle.FLOW
                || collection.getValue().isEmpty();
    }

    private static String line(Node node, int indent) {
        return tag(node)
                + switch (node) {
                    case MappingNode mapping ->
                        mapping.getValue().stream()
                                .map(tuple ->
                                        line(tuple.getKeyNode(), indent) + ": " + line(tuple.getValueNode(), indent))
                                .collect(Collectors.joining(", ", "{", "}"));
                    case SequenceNode list ->
                        list.getValue().stream()
                                .map(item -> line(item, indent))
                                .collect(Collectors.joining(", ", "[", "]"));
                    default -> scalar((ScalarNode) node, indent);
                };
    }

    /** {@code "!Ref "}; empty for what YAML knows by itself. */
    private static String tag(Node node) {
        String tag = node.getTag().getValue();
        return tag.startsWith("!") ? tag + " " : "";
    }

    private static String scalar(ScalarNode node, int indent) {
        String text = node.getValue();
        return switch (node.getScalarStyle()) {
            case PLAIN, JSON_SCALAR_STYLE -> text;
            case LITERAL -> literal(text, indent + STEP);
            default -> '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
        };
    }

    private static String literal(String text, int indent) {
        String lines = text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
        return (text.endsWith("\n") ? "|" : "|-")
                + lines.lines()
                        .map(line -> line.isEmpty() ? "\n" : "\n" + " ".repeat(indent) + line)
                        .collect(Collectors.joining());
    }
}
