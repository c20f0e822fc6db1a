package dev.storyline.deployment;

import dev.storyline.deployment.TemplateFile.Parameter;
import dev.storyline.deployment.TemplateFile.SourceText;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks the text of templates, independent of conditions: wildcards, copied ARNs and secrets. */
final class LintText {
    private static final Pattern COPIED_ARN =
            Pattern.compile("arn:[\\w-]+:[\\w-]+:([a-z]{2}(-[a-z]+)+-\\d|[\\w-]*:\\d{12})(?![\\w-])");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern SECRET =
            Pattern.compile("\\b(AKIA|ASIA)[A-Z0-9]{16}\\b|-----BEGIN [A-Z ]*PRIVATE KEY-----");
    private static final Pattern SECRET_NAME =
            Pattern.compile("(?i).*(password|passwd|secret|token|credential|api_?key|private_?key)s?");

    private static final Pattern HARMLESS = Pattern.compile("|true|false|\\d+|\\{\\{resolve:[^}]*}}");

    private LintText() {}

    static void check(Stack stack, Lint.Sink sink) {
        List<SourceText> written = stack.template().source().written();
        for (SourceText value : written) {
            checkStatement(stack, value, written, sink);
            if (COPIED_ARN
                    .matcher(VARIABLE.matcher(value.text()).replaceAll("_"))
                    .find()) {
                sink.report(LintRule.COPIED_ARN, stack, value.place(), "is " + value.text());
            }
            boolean setting = value.path().size() > 2
                    && value.path()
                            .subList(value.path().size() - 3, value.path().size() - 1)
                            .equals(List.of("Environment", "Variables"));
            if (SECRET.matcher(value.text()).find()
                    || (setting
                            && isSecret(value.last())
                            && !HARMLESS.matcher(value.text()).matches())) {
                sink.report(LintRule.PLAINTEXT_SECRET, stack, value.place(), "is a secret in plain text");
            }
        }
        for (Parameter parameter : stack.template().source().parameters()) {
            boolean bare = parameter.value() != null
                    && !HARMLESS.matcher(parameter.value()).matches();
            if (isSecret(parameter.name()) && (!parameter.secret() || bare)) {
                sink.report(
                        LintRule.PLAINTEXT_SECRET,
                        stack,
                        "Parameters." + parameter.name(),
                        bare ? "has a secret as its default" : "shows its secret: it is not NoEcho");
            }
        }
    }

    private static void checkStatement(Stack stack, SourceText value, List<SourceText> written, Lint.Sink sink) {
        int statement = value.path().lastIndexOf("Statement");
        if (statement < 0) {
            return;
        }
        List<String> elements = value.path().subList(statement, value.path().size());
        if (Stream.of("NotAction", "NotResource").anyMatch(elements::contains)) {
            sink.report(LintRule.WILDCARD, stack, value.place(), "is about everything but " + value.text());
        } else if (value.text().contains("*")
                && Stream.of("Action", "Resource", "Principal").anyMatch(elements::contains)
                && !NeededWildcard.isNeeded(value.text(), siblings(value, statement, written))) {
            sink.report(LintRule.WILDCARD, stack, value.place(), "is " + value.text());
        }
    }

    /** Returns all values of the statement of a value. */
    private static List<SourceText> siblings(SourceText value, int statement, List<SourceText> written) {
        List<String> place =
                value.path().subList(0, Math.min(statement + 2, value.path().size()));
        return written.stream()
                .filter(other -> other.path().size() > place.size()
                        && other.path().subList(0, place.size()).equals(place))
                .toList();
    }

    private static boolean isSecret(String name) {
        return SECRET_NAME.matcher(name).matches();
    }
}
