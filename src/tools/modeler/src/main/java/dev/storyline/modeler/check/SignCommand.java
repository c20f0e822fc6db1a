package dev.storyline.modeler.check;

import dev.storyline.model.ClosestName;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code ./storyline model sign}: somebody in a role has gone through a step with the model as it is now. */
public final class SignCommand implements ModelCommand {
    @Override
    public String usage() {
        return """
                Usage: ./storyline model sign CONTEXT STEP --role ROLE --by NAME [--on DATE] [--write]
                  Prints the review to add under 'reviews:' of the model, with the seals of everything that the step
                  looks at: what changes later is open again. STEP is one of collect-events, refine, track-causes,
                  aggregate, identify-inputs, identify-outputs, elaborate-scenarios, completeness-check.
                  --on     the date, 2026-11-30; today (UTC) if it is left out
                  --write  adds it to the file instead
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of("--role", "--by", "--on"), Set.of("--write"));
        Landscape landscape = Landscape.read(root);
        if (words.words().size() < 2) {
            throw new Arguments.BadUsage("Say which context and which step.");
        }
        Arguments first = new Arguments(List.of(words.words().getFirst()), Map.of());
        String context = String.valueOf(CheckCommand.context(first, landscape));
        ModelingStep step =
                step(String.join(" ", words.words().subList(1, words.words().size())));
        Model model = landscape.models().get(context);
        if (model == null) {
            throw new Arguments.BadUsage("There is no context '" + context + "'.");
        }
        List<String> review = review(model, step, role(words, step), by(words), on(words));
        if (!words.has("--write")) {
            review.forEach(line -> out.println("  " + line));
            return 0;
        }
        write(root.resolve(model.place().file()), model, review);
        out.println("Signed: " + step.word() + " of " + context + " in "
                + model.place().file() + ".");
        return 0;
    }

    private static ModelingStep step(String word) throws Arguments.BadUsage {
        ModelingStep step = ModelingStep.of(word).orElse(null);
        if (step == null) {
            String hint = ClosestName.hint(word.replace('-', ' '), ModelingStep.words());
            throw new Arguments.BadUsage("There is no step '" + word + "'"
                    + (hint.isEmpty() ? "; the steps are " + String.join(", ", ModelingStep.words()) + "." : hint));
        }
        return step;
    }

    private static String role(Arguments words, ModelingStep step) throws Arguments.BadUsage {
        String role = words.options().getOrDefault("--role", "").replace('-', ' ');
        if (!step.roles().contains(role)) {
            throw new Arguments.BadUsage("In the step " + step.word() + " take part, and sign with --role: "
                    + String.join(", ", step.roles()) + "; not '" + role + "'.");
        }
        return role;
    }

    private static String by(Arguments words) throws Arguments.BadUsage {
        String by = words.options().getOrDefault("--by", "").strip();
        if (by.isEmpty() || by.chars().anyMatch(Character::isISOControl)) {
            throw new Arguments.BadUsage("Say with --by who signs.");
        }
        return by;
    }

    private static LocalDate on(Arguments words) throws Arguments.BadUsage {
        String on = words.options().get("--on");
        try {
            return on == null ? LocalDate.now(ZoneOffset.UTC) : LocalDate.parse(on);
        } catch (DateTimeParseException e) {
            throw new Arguments.BadUsage("A date is like 2026-11-30, not '" + on + "'.");
        }
    }

    private static List<String> review(Model model, ModelingStep step, String role, String by, LocalDate on) {
        List<String> lines = new ArrayList<>();
        lines.add("- step: " + step.word());
        lines.add("  role: " + role);
        lines.add("  by: \"" + by.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        lines.add("  on: " + on);
        lines.add("  of:");
        // In quotes: a seal of digits alone, or like 1e234567, would else be a number to other readers of the file.
        Seal.of(model, step).forEach((name, seal) -> lines.add("    " + name + ": \"" + seal + "\""));
        return lines;
    }

    private static void write(Path file, Model model, List<String> review) {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            int section = section(lines);
            if (section < 0) {
                while (!lines.isEmpty() && lines.getLast().isBlank()) {
                    lines.removeLast();
                }
                lines.add("");
                lines.add("reviews:");
                section = lines.size() - 1;
            }
            int end = end(lines, section);
            String indent = indent(lines, section, end);
            lines.addAll(end, review.stream().map(line -> indent + line).toList());
            String text = String.join("\n", lines) + "\n";
            if (ModelReader.read(text, model.place().file()).reviews().size()
                    != model.reviews().size() + 1) {
                throw new ModelException(
                        model.place(), "'reviews:' is not a list with one review below the other: add it by hand.");
            }
            Path beside = Files.writeString(file.resolveSibling(file.getFileName() + ".new"), text);
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int section(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("reviews:")) {
                return i;
            }
        }
        return -1;
    }

    /** The line behind the last one of the section. */
    private static int end(List<String> lines, int section) {
        int end = section + 1;
        for (int i = section + 1; i < lines.size(); i++) {
            String line = lines.get(i);
            boolean within = line.startsWith(" ") || line.startsWith("-");
            if (within) {
                end = i + 1;
            } else if (!line.isBlank() && !line.startsWith("#")) {
                break;
            }
        }
        return end;
    }

    private static String indent(List<String> lines, int section, int end) {
        for (String line : lines.subList(section + 1, end)) {
            if (line.stripLeading().startsWith("- ")) {
                return line.substring(0, line.indexOf('-'));
            }
        }
        return "  ";
    }
}
