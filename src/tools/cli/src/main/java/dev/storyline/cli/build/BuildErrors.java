package dev.storyline.cli.build;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Picks the errors from the output of a failed build. */
final class BuildErrors {
    private static final int MOST = 10;

    /** {@code [ERROR] /repository/src/A.java:[12,5] cannot find symbol}. */
    private static final Pattern COMPILER = Pattern.compile("\\[ERROR] (/.+):\\[(\\d+)(?:,\\d+)?] (.+)");

    /** {@code [ERROR]   src/main/java/A.java:L12 palantir-java-format(...) error: expected ...}, from the formatter. */
    private static final Pattern FORMATTER = Pattern.compile("\\[ERROR] +(src/.+):L(\\d+) \\S+ (.+)");

    private static final Pattern ANY = Pattern.compile("\\[ERROR] (\\S.*)");

    /** What to do about the one construct of Java 25 that the formatter cannot read. */
    private static final String UNNAMED = " (the formatter does not know '_' in a record pattern: write 'var _')";

    private BuildErrors() {}

    /**
     * The first ten errors, one a line: {@code src/A.java:12: cannot find symbol} if the compiler or the formatter
     * reported any, or else what Maven says.
     *
     * @param root the repository, which file names are relative to
     */
    static String of(Path root, List<String> output) {
        Set<String> errors = new LinkedHashSet<>();
        for (String line : output) {
            Matcher matcher = COMPILER.matcher(line);
            if (matcher.matches()) {
                String file = String.valueOf(matcher.group(1)).replace(root + "/", "");
                errors.add(file + ":" + matcher.group(2) + ": " + matcher.group(3));
            }
            Matcher formatter = FORMATTER.matcher(line);
            if (formatter.matches()) {
                errors.add(formatter.group(1) + ":" + formatter.group(2) + ": " + formatter.group(3)
                        + (line.contains("expected token: '_'") ? UNNAMED : ""));
            }
        }
        if (errors.isEmpty()) {
            output.stream()
                    .map(ANY::matcher)
                    .filter(Matcher::matches)
                    .forEach(matcher -> errors.add(String.valueOf(matcher.group(1))));
        }
        StringBuilder text = new StringBuilder();
        errors.stream().limit(MOST).forEach(error -> text.append(error).append('\n'));
        if (errors.size() > MOST) {
            text.append("... and ").append(errors.size() - MOST).append(" more\n");
        }
        return text.toString();
    }
}
