package dev.storyline.modeler.scaffold;

import dev.storyline.model.Slice.Pattern;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code ./storyline slice new}: the command line of {@link SliceScaffold}. */
public final class SliceCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline slice new CONTEXT SLICE [OPTIONS]
                  Writes functions/CONTEXT/SLICE from the slice's entry in src/contexts/CONTEXT/model.yaml: it compiles, its
                  specifications run, and ./storyline up serves it. The rule itself is left to write.
                  --pattern PATTERN  if the model has no such slice, add one at the end of the story:
                                     "state change", "state view", automation or translation
                  --route ROUTE      "POST /a/b/{c}" or "GET /a/{b}" instead of the usual one:
                                     POST /CONTEXT/<streams>/{<by>}/SLICE, GET /CONTEXT/<views>/{<identity>}
                  --missing          write only the files that are not there
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of("--pattern", "--route"), Set.of("--missing"));
        String context = words.word(1);
        String name = words.word(2);
        if (!"new".equals(words.word(0))
                || context == null
                || name == null
                || words.words().size() > 3) {
            throw new Arguments.BadUsage("Say which slice: ./storyline slice new CONTEXT SLICE.");
        }
        String asked = words.options().get("--pattern");
        Pattern pattern = asked == null ? null : Pattern.of(asked).orElse(null);
        if (asked != null && pattern == null) {
            throw new Arguments.BadUsage("A pattern is "
                    + Stream.of(Pattern.values()).map(Pattern::word).collect(Collectors.joining(", ")) + ", not '"
                    + asked + "'.");
        }
        try {
            ScaffoldReport report = SliceScaffold.write(
                    root,
                    context,
                    name,
                    new SliceScaffold.Options(pattern, words.options().get("--route"), words.has("--missing")));
            out.print(report.text());
            return report.complete() ? 0 : 1;
        } catch (ScaffoldException e) {
            throw new Arguments.BadUsage(String.valueOf(e.getMessage()));
        }
    }
}
