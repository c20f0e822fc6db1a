package dev.storyline.deployment;

/**
 * What a template does that it must not.
 *
 * @param rule the rule that it breaks
 * @param file the template, relative to the repository, with {@code /}
 * @param place where in it, {@code Resources.MakeWish}
 * @param what what is wrong there, the rest of a sentence that begins with the place
 */
public record LintFinding(LintRule rule, String file, String place, String what) {
    /** As it is printed: where and what, then why, then what to do. */
    @Override
    public String toString() {
        return "%s: %s %s [%s]%n    %s%n    %s".formatted(file, place, what, rule.id(), rule.why(), rule.todo());
    }
}
