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

/** Makes small changes to hand-written files. Everything else stays identical, byte for byte. */
final class TextEdits {
    private static final java.util.regex.Pattern MODULE =
            java.util.regex.Pattern.compile("(?m)^([ \\t]*)<module>([^<]*)</module>[ \\t]*(\\R)");

    private static final java.util.regex.Pattern NO_MODULES =
            java.util.regex.Pattern.compile("(?m)^([ \\t]*)<modules(?:/>|>\\s*</modules>)");

    private static final java.util.regex.Pattern NO_SLICES =
            java.util.regex.Pattern.compile("^( +)slices: *\\[ *]\\s*$");

    private TextEdits() {}

    /** Adds a module to the end of a pom's modules. Returns null if the pom has no modules. */
    static @Nullable String withModule(String pom, String module) {
        return withModuleBehind(pom, module, List.of());
    }

    /**
     * Adds a module to a pom: after the last of some other modules, or else after the last module.
     *
     * @return the new text, or null if the pom has no {@code <modules>}
     */
    static @Nullable String withModuleBehind(String pom, String module, List<String> others) {
        if (pom.contains("<module>" + module + "</module>")) {
            return pom;
        }
        Matcher modules = MODULE.matcher(pom);
        int end = -1;
        boolean behindOther = false;
        String line = "";
        while (modules.find()) {
            boolean isOther = others.contains(modules.group(2));
            if (isOther || !behindOther) {
                behindOther |= isOther;
                end = modules.end();
                line = modules.group(1) + "<module>" + module + "</module>" + modules.group(3);
            }
        }
        return end < 0 ? withFirstModule(pom, module) : pom.substring(0, end) + line + pom.substring(end);
    }

    private static @Nullable String withFirstModule(String pom, String module) {
        Matcher empty = NO_MODULES.matcher(pom);
        if (!empty.find()) {
            return null;
        }
        String indent = empty.group(1);
        String end = lineEnd(pom);
        return pom.substring(0, empty.start())
                + indent + "<modules>" + end
                + indent + "  <module>" + module + "</module>" + end
                + indent + "</modules>"
                + pom.substring(empty.end());
    }

    /**
     * Adds a dependency to a pom's dependency management: after the last of some artifacts, or else after the last
     * dependency.
     *
     * @param dependency the lines of the dependency
     * @return the new text, or null if the pom has no dependency management
     */
    static @Nullable String withDependency(String pom, String dependency, List<String> artifacts) {
        int managedEnd = Math.max(0, pom.indexOf("</dependencyManagement>"));
        int last = artifacts.stream()
                .mapToInt(artifact -> pom.indexOf("<artifactId>" + artifact + "</artifactId>"))
                .filter(named -> named >= 0)
                .map(named -> pom.indexOf("</dependency>", named))
                .filter(end -> end < managedEnd)
                .max()
                .orElseGet(() -> pom.substring(0, managedEnd).lastIndexOf("</dependency>"));
        if (last < 0) {
            return null;
        }
        int behind = pom.indexOf('\n', last) + 1;
        return pom.substring(0, behind) + dependency + pom.substring(behind);
    }

    /** Inserts texts at their offsets. */
    static String withInsertions(String text, NavigableMap<Integer, String> insertions) {
        StringBuilder result = new StringBuilder(text);
        insertions.descendingMap().forEach(result::insert);
        return result.toString();
    }

    /**
     * Adds a slice to the end of the story: its name and its pattern.
     *
     * @return the new text, or null if the story does not have the conventional form, line by line
     */
    static @Nullable String withSlice(String yaml, Model model, String slice, Pattern pattern) {
        String changed = model.chapters().isEmpty()
                ? begun(yaml, slice, pattern)
                : appended(yaml, model.chapters().getLast(), slice, pattern);
        return changed != null && isThatModel(changed, model, slice) ? changed : null;
    }

    /** Adds a first chapter to a model without a story. */
    private static String begun(String yaml, String slice, Pattern pattern) {
        String end = lineEnd(yaml);
        String before = yaml.isEmpty() || yaml.endsWith("\n") ? yaml : yaml + end;
        return before + end + "story:" + end + "  - chapter: Beginning" + end + "    slices:" + end
                + entry("      ", slice, pattern, end);
    }

    private static @Nullable String appended(String yaml, Chapter chapter, String slice, Pattern pattern) {
        List<String> lines = lines(yaml);
        if (chapter.slices().isEmpty()) {
            return first(lines, chapter, slice, pattern, lineEnd(yaml));
        }
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

    /** Adds the first slice to a chapter that has {@code slices: []}. */
    private static @Nullable String first(
            List<String> lines, Chapter chapter, String slice, Pattern pattern, String lineEnd) {
        for (int at = Math.max(0, chapter.place().line()); at < lines.size(); at++) {
            Matcher none = NO_SLICES.matcher(lines.get(at));
            if (none.find()) {
                return String.join("", lines.subList(0, at))
                        + none.group(1)
                        + "slices:"
                        + lineEnd
                        + entry(none.group(1) + "  ", slice, pattern, lineEnd)
                        + String.join("", lines.subList(at + 1, lines.size()));
            }
        }
        return null;
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

    /** Returns the lines of a text with their line ends. */
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

    /** Checks whether a changed text is the same story with that slice at its end. */
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
