package dev.storyline.testkit;

import java.util.List;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/** Tells why a specification does not hold, in its own words: given, when, expected, actual. */
final class Failure {
    private Failure() {}

    static AssertionFailedError of(List<String> given, List<String> when, String expected, String actual) {
        String message = part("Given", given.isEmpty() ? List.of("an empty stream") : given)
                + (when.isEmpty() ? "" : part("when", when))
                + part("expected", expected.lines().toList())
                + part("but got", actual.lines().toList());
        return new AssertionFailedError(message, expected, actual);
    }

    private static String part(String word, List<String> lines) {
        return lines.stream().collect(Collectors.joining("\n  ", word + "\n  ", "\n"));
    }

    /** One line for each thing, or the sentence that says that there is none. */
    static String list(List<?> things, String none) {
        return things.isEmpty() ? none : things.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
}
