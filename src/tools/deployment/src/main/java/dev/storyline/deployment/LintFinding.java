package dev.storyline.deployment;

/**
 * A violation of a lint rule in a template.
 *
 * @param rule the violated rule
 * @param file the template, relative to the repository, with {@code /}
 * @param place the path in the template, {@code Resources.MakeWish}
 * @param what the problem: the rest of a sentence that begins with the place
 */
public record LintFinding(LintRule rule, String file, String place, String what) {
    /** Returns the printed form: location and problem, reason, remedy. */
    @Override
    public String toString() {
        return "%s: %s %s [%s]%n    %s%n    %s".formatted(file, place, what, rule.id(), rule.why(), rule.todo());
    }
}
