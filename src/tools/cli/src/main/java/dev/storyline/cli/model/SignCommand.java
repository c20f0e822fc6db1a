package dev.storyline.cli.model;

import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.modeler.check.ModelingStep;
import dev.storyline.modeler.check.SignOff;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ./storyline model sign}. */
@Command(
        name = "sign",
        description =
                "Print the review to add under 'reviews:' of a model, with the seals of everything that the step looks at."
                        + " A part that changes later is open again.")
public final class SignCommand implements Runnable {
    private final Session session;

    @Parameters(index = "0", paramLabel = "CONTEXT", description = "The context of the model.")
    private String context = "";

    @Parameters(
            index = "1",
            arity = "1..*",
            paramLabel = "STEP",
            description = "collect-events, refine, track-causes, aggregate, identify-inputs, identify-outputs,"
                    + " elaborate-scenarios or completeness-check.")
    private List<String> step = List.of();

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "The role that signs: domain-expert, ...")
    private String role = "";

    @Option(names = "--by", required = true, paramLabel = "NAME", description = "The person who signs.")
    private String by = "";

    @Option(
            names = "--on",
            paramLabel = "DATE",
            description = "The day, like 2026-11-30; today (UTC) if it is missing.")
    private @Nullable String on;

    @Option(names = "--write", description = "Add the review to the file instead of printing it.")
    private boolean write;

    public SignCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        Model model = Models.of(Landscape.read(session.root()), context);
        ModelingStep named = step(String.join(" ", step));
        SignOff review = new SignOff(model, named, role(named), by(), on());
        if (!write) {
            review.lines().forEach(line -> session.out().println("  " + line));
            return;
        }
        review.write(session.root());
        session.out()
                .println("Signed: " + named.word() + " of " + context + " in "
                        + model.place().file() + ".");
    }

    private static ModelingStep step(String word) {
        ModelingStep step = ModelingStep.of(word).orElse(null);
        if (step == null) {
            WrongUse.unless("step", word.replace('-', ' '), ModelingStep.words());
            throw new IllegalStateException(word);
        }
        return step;
    }

    private String role(ModelingStep named) {
        String word = role.replace('-', ' ');
        if (!named.roles().contains(word)) {
            throw new WrongUse("The step " + named.word() + " is signed by these roles: "
                    + String.join(", ", named.roles()) + "; not '" + word + "'.");
        }
        return word;
    }

    private String by() {
        String name = by.strip();
        if (name.isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new WrongUse("The option --by needs the name of the person who signs.");
        }
        return name;
    }

    private LocalDate on() {
        try {
            return on == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(on);
        } catch (DateTimeParseException e) {
            throw new WrongUse("A date is like 2026-11-30, not '" + on + "'.");
        }
    }
}
