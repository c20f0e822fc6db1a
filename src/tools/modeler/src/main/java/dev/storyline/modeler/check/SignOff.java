package dev.storyline.modeler.check;

import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * A review: a person in a role has gone through a step of modelling with the model as it is now.
 *
 * @param model the model
 * @param step the step
 * @param role one of the step's roles
 * @param by the name of the person
 * @param on the day
 */
public record SignOff(Model model, ModelingStep step, String role, String by, LocalDate on) {
    /** The lines to add under {@code reviews:}, with a seal of each part of the model that the step looks at. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("- step: " + step.word());
        lines.add("  role: " + role);
        lines.add("  by: \"" + by.replace("\\", "\\\\").replace("\"", "\\\"") + "\"");
        lines.add("  on: " + on);
        lines.add("  of:");
        // In quotes: other readers of the file would take a seal of digits, or one like 1e234567, for a number.
        Seal.of(model, step).forEach((name, seal) -> lines.add("    " + name + ": \"" + seal + "\""));
        return lines;
    }

    /**
     * Adds the review to the file of the model.
     *
     * @param root the repository
     * @throws ModelException if the reviews in the file are not a list with one review below the other
     */
    public void write(Path root) {
        Path file = root.resolve(model.place().file());
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
            lines.addAll(end, lines().stream().map(line -> indent + line).toList());
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

    /** The index of the line after the section. */
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
