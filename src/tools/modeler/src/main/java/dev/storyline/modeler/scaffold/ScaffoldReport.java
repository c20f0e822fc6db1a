package dev.storyline.modeler.scaffold;

import java.util.List;

/**
 * The result of a scaffold.
 *
 * @param complete whether all requested parts exist now; otherwise the messages say what is in the way
 * @param written the new files, by path from the root of the repository
 * @param changed the changed files, by path from the root of the repository
 * @param messages lines for the user: diagnostics, or next steps
 */
public record ScaffoldReport(boolean complete, List<String> written, List<String> changed, List<String> messages) {
    public ScaffoldReport {
        written = List.copyOf(written);
        changed = List.copyOf(changed);
        messages = List.copyOf(messages);
    }

    /** Creates the report of a scaffold that wrote no file, for these reasons. */
    static ScaffoldReport refused(String... messages) {
        return new ScaffoldReport(false, List.of(), List.of(), List.of(messages));
    }

    /** Returns the report as lines of text for a terminal. */
    public String text() {
        StringBuilder text = new StringBuilder();
        written.forEach(file -> text.append("wrote    ").append(file).append('\n'));
        changed.forEach(file -> text.append("changed  ").append(file).append('\n'));
        text.append(text.isEmpty() || messages.isEmpty() ? "" : "\n");
        messages.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
