package dev.storyline.cli.model;

import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.modeler.check.Check;
import dev.storyline.modeler.check.CheckRule;
import dev.storyline.modeler.check.Report;
import dev.storyline.modeler.check.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model check}. */
@Command(
        name = "check",
        description =
                "Check that every field has an origin and a destination, that specifications can follow from the model,"
                        + " and the semantic rules of Scalable Modeling. The exit status is 1 if there are errors.")
public final class CheckCommand implements Callable<Integer> {
    /** The most findings of one severity that are printed as text. */
    private static final int MOST_PRINTED = 500;

    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "CONTEXT-OR-FILE",
            description =
                    "The context to check, or a file of a format that is imported; all contexts if none is named.")
    private @Nullable String context;

    @Option(names = "--strict", description = "Exit with 1 if there are warnings, too.")
    private boolean strict;

    @Option(names = "--rules", description = "List the rules: id, severity, what holds, what to do.")
    private boolean rules;

    public CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (rules) {
            rules();
            return ExitStatus.WELL;
        }
        Models.Named named = Models.named(session, context == null ? List.of() : List.of(context));
        Report report = Check.of(named.landscape());
        if (named.models().size() == 1) {
            report = report.of(named.models().getFirst().context());
        }
        if (format.json()) {
            session.print(CheckReport.json(report));
        } else {
            print(report);
        }
        return ExitStatus.found(report.count(Severity.ERROR) > 0 || (strict && report.count(Severity.WARNING) > 0));
    }

    private void rules() {
        if (format.json()) {
            session.print(CheckReport.rules());
            return;
        }
        for (CheckRule rule : CheckRule.values()) {
            session.out()
                    .println(rule.id() + "  " + rule.severity().word() + "  " + rule.sentence() + " " + rule.advice());
        }
    }

    private void print(Report report) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = report.count(severity);
            report.findings().stream()
                    .filter(finding -> finding.rule().severity() == severity)
                    .limit(MOST_PRINTED)
                    .forEach(session.out()::println);
            if (count > MOST_PRINTED) {
                session.out()
                        .println("... and " + (count - MOST_PRINTED) + " more " + severity.word()
                                + "s: --json prints all of them");
            }
            counts.add(count + " " + severity.word() + (count == 1 ? "" : "s"));
        }
        session.out().println(String.join(", ", counts));
        List<String> contexts = report.contexts();
        for (String one : contexts) {
            session.out().println(one + ": fields: " + report.of(one).counts());
        }
        if (contexts.size() > 1) {
            session.out().println("all: fields: " + report.counts());
        }
    }
}
