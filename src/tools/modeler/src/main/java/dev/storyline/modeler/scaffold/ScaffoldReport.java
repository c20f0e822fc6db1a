package dev.storyline.modeler.scaffold;

import java.util.List;

/**
 * What a scaffold did.
 *
 * @param complete whether everything that was asked for is there now; otherwise the messages say what is missing
 * @param written the new files, by path from the root of the repository
 * @param changed the files that were there before and were changed, by path from the root of the repository
 * @param messages lines for the person who asked: diagnostics, or what to do next
 */
public record ScaffoldReport(boolean complete, List<String> written, List<String> changed, List<String> messages) {
    public ScaffoldReport {
        written = List.copyOf(written);
        changed = List.copyOf(changed);
        messages = List.copyOf(messages);
    }

    /** Nothing was written, for these reasons. */
    static ScaffoldReport refused(String... messages) {
        return new ScaffoldReport(false, List.of(), List.of(), List.of(messages));
    }

    /** The report as lines of text, as a terminal shows it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        written.forEach(file -> text.append("wrote    ").append(file).append('\n'));
        changed.forEach(file -> text.append("changed  ").append(file).append('\n'));
        text.append(text.isEmpty() || messages.isEmpty() ? "" : "\n");
        messages.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
