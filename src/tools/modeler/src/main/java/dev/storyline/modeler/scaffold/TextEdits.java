package dev.storyline.modeler.scaffold;

import dev.storyline.model.Chapter;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.SourceLocation;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Small changes of files that people wrote: whatever is not changed stays byte for byte. */
final class TextEdits {
    private static final java.util.regex.Pattern MODULE =
            java.util.regex.Pattern.compile("(?m)^([ \\t]*)<module>[^<]*</module>[ \\t]*(\\R)");

    private TextEdits() {}

    /** Adds a module behind the last one; null where there is none to add it behind. */
    static @Nullable String withModule(String pom, String module) {
        if (pom.contains("<module>" + module + "</module>")) {
            return pom;
        }
        Matcher modules = MODULE.matcher(pom);
        int end = -1;
        String line = "";
        while (modules.find()) {
            end = modules.end();
            line = modules.group(1) + "<module>" + module + "</module>" + modules.group(2);
        }
        return end < 0 ? null : pom.substring(0, end) + line + pom.substring(end);
    }

    /** Puts texts in where they belong. */
    static String withInsertions(String text, NavigableMap<Integer, String> insertions) {
        StringBuilder result = new StringBuilder(text);
        insertions.descendingMap().forEach(result::insert);
        return result.toString();
    }

    /**
     * Adds a slice to the end of the story: its name and its pattern.
     *
     * @return the new text, or null where the story is not written in the usual way, line by line
     */
    static @Nullable String withSlice(String yaml, Model model, String slice, Pattern pattern) {
        String changed = model.chapters().isEmpty()
                ? begun(yaml, slice, pattern)
                : appended(yaml, model.chapters().getLast(), slice, pattern);
        return changed != null && isThatModel(changed, model, slice) ? changed : null;
    }

    /** A model without a story begins with a chapter. */
    private static String begun(String yaml, String slice, Pattern pattern) {
        String end = lineEnd(yaml);
        String before = yaml.isEmpty() || yaml.endsWith("\n") ? yaml : yaml + end;
        return before + end + "story:" + end + "  - chapter: Beginning" + end + "    slices:" + end
                + entry("      ", slice, pattern, end);
    }

    private static @Nullable String appended(String yaml, Chapter chapter, String slice, Pattern pattern) {
        if (chapter.slices().isEmpty()) {
            return null;
        }
        List<String> lines = lines(yaml);
        SourceLocation last = chapter.slices().getLast().place();
        int at = last.line() - 1;
        if (at < 0 || at >= lines.size() || !lines.get(at).stripLeading().startsWith("- ")) {
            return null;
        }
        int indent = indent(lines.get(at));
        int end = at + 1;
        int behind = end;
        while (end < lines.size() && (lines.get(end).isBlank() || indent(lines.get(end)) > indent)) {
            end++;
            behind = lines.get(end - 1).isBlank() ? behind : end;
        }
        String before = String.join("", lines.subList(0, behind));
        String lineEnd = lineEnd(yaml);
        before = before.endsWith("\n") ? before : before + lineEnd;
        return before
                + lineEnd
                + entry(" ".repeat(indent), slice, pattern, lineEnd)
                + String.join("", lines.subList(behind, lines.size()));
    }

    private static String entry(String indent, String slice, Pattern pattern, String end) {
        return indent + "- slice: " + slice + end + indent + "  pattern: " + pattern.word() + end;
    }

    private static String lineEnd(String text) {
        return text.contains("\r\n") ? "\r\n" : "\n";
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** The lines of a text with their ends. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>();
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('\n', begin);
            end = end < 0 ? text.length() : end + 1;
            lines.add(text.substring(begin, end));
            begin = end;
        }
        return lines;
    }

    /** Whether a changed text is the same story with that slice at its end. */
    private static boolean isThatModel(String changed, Model before, String slice) {
        try {
            List<String> expected =
                    new ArrayList<>(before.slices().stream().map(Slice::name).toList());
            expected.add(slice);
            Model after = ModelReader.read(changed, before.place().file());
            return after.slices().stream().map(Slice::name).toList().equals(expected)
                    && after.elements().size() == before.elements().size();
        } catch (ModelException e) {
            return false;
        }
    }
}
