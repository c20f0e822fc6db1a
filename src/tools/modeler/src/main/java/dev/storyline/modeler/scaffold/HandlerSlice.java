package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Writes a slice that reacts to events: it publishes public events or dispatches commands. */
final class HandlerSlice {
    private final Draft draft;
    private final Slice slice;
    private final JavaTypes types;
    private final LanguageDraft language;

    private HandlerSlice(Draft draft, JavaTypes types, LanguageDraft language) {
        this.draft = draft;
        this.slice = draft.slice();
        this.types = types;
        this.language = language;
    }

    /** Writes the slice, or reports the missing parts of its entry. */
    static void write(Draft draft) {
        Slice slice = draft.slice();
        List<Ref> own = slice.on().stream().filter(ref -> !draft.isForeign(ref)).toList();
        if (own.isEmpty() && slice.todo() == null) {
            draft.trouble(slice.place(), "Say which events set the automation off: 'on'.");
        }
        if (slice.publishes().isEmpty() && slice.dispatches().isEmpty() && slice.command() == null) {
            draft.trouble(
                    slice.place(),
                    "Say what the automation does: which public events it 'publishes', or which commands it 'dispatches'.");
        }
        JavaTypes types = new JavaTypes(draft);
        LanguageDraft language = LanguageDraft.of(draft, types, own);
        if (!own.isEmpty()) {
            new HandlerSlice(draft, types, language).write();
        }
    }

    private void write() {
        slice.publishes().forEach(this::publicEvent);
        slice.dispatches().forEach(this::dispatched);
        handler();
        function();
        DeploymentFiles.write(draft, null);
    }

    /** Returns the name of the event handler class. It must differ from the names of the records. */
    private String handlerName() {
        boolean taken = Stream.concat(slice.publishes().stream(), slice.dispatches().stream())
                .anyMatch(ref -> ref.element().equals(draft.name()));
        return taken ? draft.name() + "Handler" : draft.name();
    }

    private void publicEvent(Ref ref) {
        Element event = draft.model().publicEvents().get(ref.element());
        if (event == null) {
            return;
        }
        if (event.fields().isEmpty()) {
            draft.trouble(event.place(), "Say what the public event " + event.name() + " promises: its 'fields'.");
        }
        JavaSource java = draft.source();
        String annotation = event.version() == 1 && !event.essential()
                ? JavaSource.literal(event.name())
                : "value = " + JavaSource.literal(event.name())
                        + (event.version() == 1 ? "" : ", version = " + event.version())
                        + (event.essential() ? ", essential = true" : "");
        Map<String, Object> data = draft.described(
                java,
                types,
                Draft.about(event) + " The context " + draft.model().context()
                        + " promises it to others; './storyline contracts write' writes the contract.",
                event.fields(),
                Set.of());
        data.put("name", event.name());
        data.put("annotation", "@EventType(" + annotation + ")");
        data.put("visibility", "");
        draft.java(event.name(), "Record.java", java, data);
    }

    /** Adds the command in the form that the internal endpoint of its slice reads. */
    private void dispatched(Ref ref) {
        Element command = draft.model().commands().get(ref.element());
        String target = draft.model().slices().stream()
                .filter(other ->
                        other.command() != null && other.command().element().equals(ref.element()))
                .map(Slice::name)
                .findFirst()
                .orElse("");
        if (target.isEmpty()) {
            draft.trouble(
                    ref.place(),
                    "No slice handles the command " + ref.element() + ": add that slice to the story first.");
        } else if (!DeploymentFiles.exports(draft, target, "-inner-arn")) {
            draft.trouble(
                    ref.place(),
                    "The slice " + target + " must exist and export its internal endpoint, storyline-${Stage}-"
                            + draft.model().context() + "-" + target
                            + "-inner-arn: make it first, or add this to the Outputs of its template.");
        }
        boolean later = slice.deadlines().stream()
                .anyMatch(deadline -> deadline.command().element().equals(ref.element()));
        if (later && !target.isEmpty() && !DeploymentFiles.exports(draft, target, "-missed-arn")) {
            draft.trouble(
                    ref.place(),
                    "The slice " + target + " must keep what it misses: './storyline slice template "
                            + draft.model().context() + "/" + target + "' writes that.");
        }
        if (command != null) {
            if (command.fields().isEmpty()) {
                draft.trouble(command.place(), "Say what the command " + command.name() + " asks for: its 'fields'.");
            }
            draft.record(
                    command.name(),
                    draft.source(),
                    types,
                    "",
                    "The command as the internal endpoint of " + target + " reads it.",
                    command.fields(),
                    Set.of());
        }
    }

    private void handler() {
        JavaSource java = draft.source();
        language.use(java);
        draft.java(
                handlerName(),
                "Handler.java",
                java,
                Map.of("handler", handlerName(), "family", language.family(), "cases", language.cases(slice.on())));
    }

    private void function() {
        JavaSource java = draft.source();
        java.use(draft.languagePackage() + "." + draft.sources().languageClass());
        draft.java(draft.name() + "Function", "HandlerFunction.java", java, Map.of("handler", handlerName()));
    }
}
