package dev.storyline.model;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps, lists and texts as YAML that people like to read: what is small and flat in one line, everything else line by
 * line, quotes only where a word would mean something else without them.
 */
final class YamlWriter {
    private static final int WIDTH = 120;
    /** What stands line by line even if it would fit into one. */
    private static final Set<String> OPEN =
            Set.of("fields", "rules", "specifications", "slices", "story", "stories", "gatekeeper");

    /** Words that would be no texts, here or for other readers. */
    private static final Set<String> MEANT = Set.of("null", "Null", "NULL", "true", "false", "---", "...");

    private final StringBuilder out = new StringBuilder();

    private YamlWriter() {}

    static String of(Map<String, Object> root) {
        YamlWriter text = new YamlWriter();
        String before = "";
        for (Map.Entry<String, Object> part : root.entrySet()) {
            boolean structured = !(part.getValue() instanceof String);
            if (!before.isEmpty() && structured) {
                text.out.append('\n');
            }
            text.entry(part.getKey(), part.getValue(), 0, structured, true);
            before = part.getKey();
        }
        return text.out.toString();
    }

    /** One entry of a map in lines; {@code open} where its value, {@code top} where the values in it may not close up. */
    private void entry(String key, Object value, int indent, boolean open, boolean top) {
        indent(indent);
        out.append(scalar(key, true, false)).append(':');
        int column = column() + 1;
        if (value instanceof Map<?, ?> map && map.isEmpty()) {
            // A name alone, as people write it; deeper down nothing must not be taken for a text.
            out.append(indent <= 2 ? "\n" : " {}\n");
        } else if (!open && fits(value, column)) {
            out.append(' ').append(inline(value)).append('\n');
        } else if (value instanceof Map<?, ?> map) {
            out.append('\n');
            boolean opens = (top && ModelWriter.sections().contains(key)) || key.equals("specifications");
            map.forEach((name, inner) -> entry(
                    (String) name,
                    inner,
                    indent + 2,
                    (opens && inner instanceof Map) || open((String) name, inner),
                    false));
        } else if (value instanceof Collection<?> items) {
            out.append('\n');
            items(key, items, indent + 2);
        } else {
            folded((String) value, indent + 2);
        }
    }

    private static boolean open(String key, Object value) {
        boolean holdsFields = value instanceof Map<?, ?> map && map.containsKey("fields");
        return holdsFields || (OPEN.contains(key) && !(value instanceof String));
    }

    private void items(String key, Collection<?> items, int indent) {
        boolean first = true;
        for (Object item : items) {
            if (!first && (key.equals("slices") || key.equals("story"))) {
                out.append('\n');
            }
            first = false;
            boolean open = OPEN.contains(key);
            if (item instanceof Map<?, ?> map
                    && !map.isEmpty()
                    && (open || map.size() == 1 || !fits(item, indent + 2))) {
                // The first entry stands behind the hyphen, the others below it.
                int start = out.length();
                map.forEach(
                        (name, inner) -> entry((String) name, inner, indent + 2, open((String) name, inner), false));
                out.setCharAt(start + indent, '-');
            } else {
                indent(indent);
                out.append("- ").append(inline(item)).append('\n');
            }
        }
    }

    private void indent(int columns) {
        out.repeat(" ", columns);
    }

    private int column() {
        return out.length() - out.lastIndexOf("\n") - 1;
    }

    /** Lists of more than names are easier to read line by line. */
    private static boolean fits(Object value, int column) {
        if (value instanceof Collection<?> items && items.stream().anyMatch(Map.class::isInstance)) {
            return false;
        }
        return column + inline(value).length() <= WIDTH || (value instanceof String text && !folds(text));
    }

    /** In the rest of the line. */
    private static String inline(Object value) {
        return value instanceof String text ? scalar(text, false, false) : flow(value);
    }

    private static String flow(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                List<String> parts = map.entrySet().stream()
                        .map(entry -> scalar((String) entry.getKey(), true, true) + ": " + flow(entry.getValue()))
                        .toList();
                yield "{" + String.join(", ", parts) + "}";
            }
            case Collection<?> items ->
                "[" + String.join(", ", items.stream().map(YamlWriter::flow).toList()) + "]";
            case String text -> scalar(text, false, true);
            default -> String.valueOf(value);
        };
    }

    private static boolean folds(String text) {
        return text.indexOf(' ') > 0 && !text.contains("  ") && text.equals(text.strip()) && printable(text);
    }

    /** A long text over several lines, broken between words. */
    private void folded(String text, int indent) {
        out.append(" >-");
        int column = WIDTH;
        for (String word : text.split(" ")) {
            if (column + 1 + word.length() > WIDTH) {
                out.append('\n');
                indent(indent);
                column = indent;
            } else {
                out.append(' ');
                column++;
            }
            out.append(word);
            column += word.length();
        }
        out.append('\n');
    }

    private static boolean printable(String text) {
        return text.codePoints().allMatch(YamlWriter::printable);
    }

    /** What YAML lets stand as it is, apart from the characters that break lines. */
    private static boolean printable(int c) {
        boolean control = c < ' ' || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029;
        boolean noCharacter = c == 0xfeff || (c >= 0xd800 && c <= 0xdfff) || c == 0xfffe || c == 0xffff;
        return !control && !noCharacter;
    }

    private static String scalar(String text, boolean key, boolean flow) {
        boolean closes = flow && text.chars().anyMatch(c -> "[]{},?".indexOf(c) >= 0);
        boolean tooLong = key && text.length() > 1_000;
        return plain(text) && !closes && !tooLong ? text : quoted(text);
    }

    /** Whether a text means itself without quotes. */
    private static boolean plain(String text) {
        if (text.isEmpty() || !text.equals(text.strip()) || !printable(text) || MEANT.contains(text)) {
            return false;
        }
        boolean begins = "-?:".indexOf(text.charAt(0)) >= 0
                ? text.length() > 1 && text.charAt(1) != ' '
                : "!&*|>'\"%@`#=~<[]{},".indexOf(text.charAt(0)) < 0;
        boolean ends = text.endsWith(":") || text.startsWith("--- ") || text.startsWith("... ");
        return begins && !ends && !text.contains(": ") && !text.contains(" #") && !text.contains("::");
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> {
                    quoted.append(printable(c) ? Character.toString(c) : "\\u%04x".formatted(c));
                }
            }
        });
        return quoted.append('"').toString();
    }
}
