package dev.storyline.modeler.check;

import dev.storyline.model.ClosestName;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Review;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** {@code ./storyline model status}: how far the modelling has come, who has looked at it, and what is next. */
public final class StatusCommand implements ModelCommand {
    private static final int MOST_NAMES = 5;

    @Override
    public String usage() {
        return """
                Usage: ./storyline model status [CONTEXT] [--all]
                  Tells for each of the eight steps of modelling how far the model is, who has signed the step off, what
                  changed since, and what is missing next. Always ends with 0: an incomplete model is valid.
                  --all  names everything that is missing, not only the next few
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of(), Set.of("--all"));
        Landscape landscape = Landscape.read(root);
        String context = CheckCommand.context(words, landscape);
        int most = words.has("--all") ? Integer.MAX_VALUE : MOST_NAMES;
        Map<String, List<Progress>> all = Progress.of(landscape);
        for (Model model : landscape.models().values()) {
            if (context == null || context.equals(model.context())) {
                out.println(model.context());
                int number = 1;
                for (Progress progress : Objects.requireNonNull(all.get(model.context()))) {
                    print(number++, progress, most, out);
                }
                misnamed(model, out);
            }
        }
        return 0;
    }

    private static void print(int number, Progress progress, int most, PrintStream out) {
        ModelingStep step = progress.step();
        out.printf("  %d %-20s %d of %d%n", number, step.word(), progress.done(), progress.all());
        List<String> roles = new ArrayList<>();
        progress.signed()
                .forEach((role, review) -> roles.add(role + " signed (" + review.by() + ", " + review.on() + ")"));
        progress.reopened().forEach((role, changes) -> roles.add(role + " to look again"));
        progress.waiting().forEach(role -> roles.add(role + " not yet"));
        out.println("      who: " + String.join(", ", roles));
        progress.reopened()
                .forEach((role, changes) -> out.println("      since " + role + " signed: " + some(changes, most)));
        if (!progress.missing().isEmpty()) {
            out.println("      next: " + some(progress.missing(), most));
        }
    }

    private static String some(List<String> names, int most) {
        int more = names.size() - Math.min(names.size(), most);
        return String.join("; ", names.subList(0, names.size() - more)) + (more == 0 ? "" : "; and " + more + " more");
    }

    private static void misnamed(Model model, PrintStream out) {
        for (Review review : model.reviews()) {
            if (ModelingStep.of(review.step()).isEmpty()) {
                String hint = ClosestName.hint(review.step(), ModelingStep.words());
                out.println("  " + review.place() + ": there is no step '" + review.step() + "'"
                        + (hint.isEmpty() ? "." : hint));
            }
        }
    }
}
