package dev.storyline.cli.slice;

import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Diagnostic;
import dev.storyline.modeler.template.SliceTemplates;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline slice template}. */
@Command(
        name = "template",
        description =
                "Write the template.yaml of slices from the models and the deploy.yaml of each slice. With --check nothing"
                        + " is written, and the exit status is 1 if a file differs from its sources.")
public final class SliceTemplateCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(arity = "0..*", paramLabel = "CONTEXT/SLICE", description = "The slices; all if none is named.")
    private List<String> slices = List.of();

    @Option(names = "--check", description = "Print where a file differs, instead of writing it.")
    private boolean check;

    public SliceTemplateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<String> all = SliceTemplates.slices(session.root());
        slices.forEach(slice -> WrongUse.unless("slice with a deploy.yaml", slice, all));
        List<String> chosen = slices.isEmpty() ? all : slices;
        if (check) {
            List<Diagnostic> findings = SliceTemplates.check(session.root(), chosen);
            print("findings", findings.stream().map(Diagnostic::toString).toList());
            return ExitStatus.found(!findings.isEmpty());
        }
        print("written", SliceTemplates.write(session.root(), chosen));
        return ExitStatus.WELL;
    }

    private void print(String what, List<String> lines) {
        if (format.json()) {
            session.print(Map.of(what, lines));
        } else {
            lines.forEach(session.out()::println);
        }
    }
}
