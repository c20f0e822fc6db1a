package dev.storyline.cli.slice;

import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Landscape;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.modeler.scaffold.ScaffoldException;
import dev.storyline.modeler.scaffold.ScaffoldReport;
import dev.storyline.modeler.scaffold.SliceScaffold;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline slice new}. */
@Command(
        name = "new",
        description =
                "Write functions/CONTEXT/SLICE from the slice's entry in src/contexts/CONTEXT/model.yaml: it compiles, its"
                        + " specifications run, and './storyline up' serves it. The rule itself is left to write. The exit status"
                        + " is 1 if nothing is written, because the model lacks something or the folder is there already.")
public final class SliceNewCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Parameters(index = "0", paramLabel = "CONTEXT", description = "The context, like wishes.")
    private String context = "";

    @Parameters(index = "1", paramLabel = "SLICE", description = "The slice, like make-wish.")
    private String slice = "";

    @Option(
            names = "--pattern",
            paramLabel = "PATTERN",
            description =
                    "If the model has no such slice, add one at the end of the story: \"state change\", \"state view\","
                            + " automation or translation.")
    private @Nullable String pattern;

    @Option(
            names = "--route",
            paramLabel = "ROUTE",
            description = "\"POST /a/b/{c}\" or \"GET /a/{b}\" instead of the usual route: POST"
                    + " /CONTEXT/<streams>/{<by>}/SLICE, GET /CONTEXT/<views>/{<identity>}.")
    private @Nullable String route;

    @Option(names = "--missing", description = "Write only the files that are missing.")
    private boolean missing;

    public SliceNewCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        WrongUse.unless(
                "context", context, Landscape.read(session.root()).models().keySet());
        try {
            ScaffoldReport report = SliceScaffold.write(
                    session.root(), context, slice, new SliceScaffold.Options(pattern(), route, missing));
            if (format.json()) {
                session.print(report);
            } else {
                session.out().print(report.text());
            }
            return ExitStatus.found(!report.complete());
        } catch (ScaffoldException e) {
            throw new WrongUse(String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Pattern pattern() {
        if (pattern == null) {
            return null;
        }
        return Pattern.of(pattern)
                .orElseThrow(() -> new WrongUse("A pattern is "
                        + Stream.of(Pattern.values()).map(Pattern::word).collect(Collectors.joining(", ")) + ", not '"
                        + pattern + "'."));
    }
}
