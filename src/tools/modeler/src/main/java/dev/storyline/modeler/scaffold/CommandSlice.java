package dev.storyline.modeler.scaffold;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Gatekeeper;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a slice that handles a command: a state change, or a translation of another context's public event. */
final class CommandSlice {
    private final Draft draft;
    private final Slice slice;
    private final Element command;
    private final EventStream stream;
    private final Field by;
    private final JavaTypes types;
    private final LanguageDraft language;
    private final @Nullable Element foreign;
    private final boolean http;
    private final boolean internal;
    private final String streamMethod;
    private final CommandArguments arguments;

    private CommandSlice(
            Draft draft,
            Element command,
            EventStream stream,
            Field by,
            JavaTypes types,
            LanguageDraft language,
            @Nullable Element foreign) {
        this.draft = draft;
        this.slice = draft.slice();
        this.command = command;
        this.stream = stream;
        this.by = by;
        this.types = types;
        this.language = language;
        this.foreign = foreign;
        this.http = !slice.actor().isEmpty();
        this.internal = slice.pattern() == Pattern.STATE_CHANGE || isDispatched(draft);
        this.streamMethod = language.streamMethod(stream, by);
        this.arguments = new CommandArguments(draft, types);
    }

    private static boolean isDispatched(Draft draft) {
        Ref command = draft.slice().command();
        return command != null
                && draft.model().slices().stream()
                        .flatMap(other -> other.dispatches().stream())
                        .anyMatch(ref -> ref.element().equals(command.element()));
    }

    /** Writes the slice, or reports the missing parts of its entry. */
    static void write(Draft draft, @Nullable String askedRoute) {
        Slice slice = draft.slice();
        JavaTypes types = new JavaTypes(draft);
        Ref named = slice.command();
        Element command = named == null ? null : draft.model().commands().get(named.element());
        if (command == null) {
            draft.trouble(slice.place(), "Say which 'command' the slice handles, and define it under 'commands'.");
        } else if (command.fields().isEmpty()) {
            draft.trouble(command.place(), "Say what the command " + command.name() + " asks for: its 'fields'.");
        }
        if (slice.events().isEmpty()) {
            draft.trouble(slice.place(), "Say which 'events' the slice records.");
        }
        Element foreign = foreign(draft);
        List<Ref> events = new ArrayList<>(slice.folds());
        events.addAll(slice.events());
        LanguageDraft language = LanguageDraft.of(draft, types, events);
        EventStream stream = command == null
                ? null
                : language.stream(command.stream(), "command " + command.name(), command.place());
        if (command == null || stream == null) {
            return;
        }
        Field by = command.field(stream.by()).orElse(null);
        if (by == null) {
            draft.trouble(
                    command.place(),
                    "The command " + command.name() + " needs the field '" + stream.by()
                            + "', which names the entity of the stream '" + stream.name() + "'.");
            return;
        }
        new CommandSlice(draft, command, stream, by, types, language, foreign).write(askedRoute);
    }

    /** Returns the public event of another context that triggers the slice; null if there is none. */
    private static @Nullable Element foreign(Draft draft) {
        Slice slice = draft.slice();
        List<Ref> others = slice.on().stream().filter(draft::isForeign).toList();
        if (others.isEmpty() && slice.pattern() == Pattern.TRANSLATION) {
            draft.trouble(
                    slice.place(), "Say which public event of another context is translated: 'on: <context>.<Event>'.");
        }
        return others.isEmpty() ? null : draft.find(others.getFirst(), Kind.PUBLIC_EVENT);
    }

    private void write(@Nullable String askedRoute) {
        Route route = http ? Route.post(draft, askedRoute, stream, inputs()) : null;
        if (http && inputs().stream().noneMatch(field -> field.name().equals(stream.by()))) {
            draft.trouble(
                    by.place(),
                    "A person's request must name the stream, but '" + stream.by() + "' of " + command.name()
                            + " is not sent: leave out where it comes from, or write this slice by hand (see"
                            + " HttpCommandEndpoint.finding).");
        }
        if (!http && askedRoute != null) {
            draft.trouble(slice.place(), "A route is for people: name the 'actor' who uses the slice.");
        }
        records(route);
        decider();
        if (needsGatekeeper()) {
            gatekeeper();
        }
        foreignRecord();
        function();
        for (Ref view : gateViews()) {
            String owner = DeploymentFiles.owner(draft, view);
            if (owner.isEmpty() || !DeploymentFiles.exports(draft, owner, "-table-arn")) {
                draft.trouble(
                        view.place(),
                        "The gatekeeper reads " + view.element()
                                + ", but no slice with a template keeps it: make that one first.");
            }
        }
        DeploymentFiles.write(draft, route);
    }

    /** Returns the fields that a person enters: the model names no other source for them. */
    private List<Field> inputs() {
        return command.fields().stream()
                .filter(field -> field.generated().isEmpty()
                        && field.computed().isEmpty()
                        && field.from().isEmpty())
                .toList();
    }

    private boolean requestIsCommand() {
        return inputs().size() == command.fields().size();
    }

    private String request() {
        return requestIsCommand() ? command.name() : command.name() + "Request";
    }

    private boolean needsGatekeeper() {
        return http
                && (slice.gatekeeper() != null
                        || command.fields().stream()
                                .anyMatch(field -> !inputs().contains(field) && !arguments.isKnown(field)));
    }

    private List<Ref> gateViews() {
        Gatekeeper gatekeeper = slice.gatekeeper();
        return gatekeeper == null
                ? List.of()
                : gatekeeper.reads().stream()
                        .filter(ref -> draft.model().views().containsKey(ref.element()))
                        .toList();
    }

    private void records(@Nullable Route route) {
        draft.record(command.name(), draft.source(), types, "public", Draft.about(command), command.fields(), Set.of());
        if (route != null && !requestIsCommand()) {
            draft.record(
                    request(), draft.source(), types, "public", "What a client sends.", inputs(), route.parameters());
        }
    }

    private static List<Map<String, String>> rules(List<BusinessRule> rules) {
        return rules.stream()
                .map(rule -> Map.of(
                        "constant", Words.constant(rule.name()),
                        "kind", rule.name().endsWith("-not-found") ? "unknown" : "forbids",
                        "name", JavaSource.literal(rule.name()),
                        "says",
                                JavaSource.literal(
                                        rule.says().isEmpty()
                                                ? Words.capitalized(rule.name().replace('-', ' ')) + "."
                                                : rule.says())))
                .toList();
    }

    private void decider() {
        JavaSource java = draft.source();
        language.use(java);
        draft.java(
                draft.name() + "Decider",
                "Decider.java",
                java,
                Map.of(
                        "command", command.name(),
                        "family", language.family(),
                        "rules", rules(slice.rules()),
                        "cases", language.cases(slice.folds())));
    }

    private void gatekeeper() {
        JavaSource java = draft.source();
        Gatekeeper gatekeeper = slice.gatekeeper();
        List<Map<String, String>> views = new ArrayList<>();
        for (Ref view : gateViews()) {
            String variable = Words.variable(view.element());
            String type = java.use(draft.languagePackage() + "." + view.element());
            views.add(Map.of("variable", variable, "type", type, "row", row(view, type, variable)));
        }
        String about = gatekeeper == null || gatekeeper.about().isEmpty()
                ? "Completes the command."
                : Words.sentence(gatekeeper.about());
        draft.java(
                draft.name() + "Gatekeeper",
                "Gatekeeper.java",
                java,
                Map.of(
                        "about", JavaSource.comment("", about, Map.of()),
                        "command", command.name(),
                        "request", request(),
                        "rules", gatekeeper == null ? List.of() : rules(gatekeeper.rules()),
                        "views", views,
                        "made", arguments.made(command, inputs(), "request", "context", java)));
    }

    /** Returns the code with which a gatekeeper reads a row that slices share. */
    private String row(Ref view, String type, String variable) {
        Element element = draft.model().views().get(view.element());
        Field identity = element == null
                ? null
                : element.fields().stream().filter(Field::identity).findFirst().orElse(null);
        boolean sent = identity != null
                && inputs().stream()
                        .anyMatch(field -> field.name().equals(identity.name())
                                && field.type().equals(identity.type()));
        if (!draft.sources().has(view.element()) || !draft.sources().hasKey(view.element())) {
            draft.trouble(
                    view.place(),
                    "The gatekeeper reads " + view.element() + ", whose record must stand in the language of "
                            + draft.model().context()
                            + " with PROJECTION and key: make the slice that keeps it first.");
        }
        if (identity != null && sent && draft.sources().hasStaticKey(view.element())) {
            return variable + "View.row(" + type + ".key(request." + identity.name() + "()), " + type + ".class)";
        }
        return variable + "View.head(context.stream()).own(" + type + ".class)";
    }

    static String type(Element foreign) {
        return foreign.context() + "." + foreign.name() + ".v" + foreign.version();
    }

    /** Returns the fields of the foreign event that supply the command, with the command's types. */
    private List<Field> read(Element event) {
        List<Field> read = new ArrayList<>();
        for (Field field : command.fields()) {
            String name = arguments.foreignName(field, event);
            if (name != null && read.stream().noneMatch(one -> one.name().equals(name))) {
                read.add(renamed(field, name, event.field(name).orElse(field)));
            }
        }
        return read;
    }

    private static Field renamed(Field field, String name, Field theirs) {
        String type = (theirs.optional() ? "optional " : "") + (field.many() ? "list of " : "") + field.type();
        return Field.of(name, type, theirs.about(), field.place());
    }

    private void foreignRecord() {
        if (foreign == null) {
            return;
        }
        List<Field> read = read(foreign);
        if (arguments.foreignName(by, foreign) == null) {
            draft.trouble(
                    by.place(),
                    "The stream of " + command.name() + " is named by '" + stream.by() + "', which does not come from "
                            + foreign.context() + "." + foreign.name() + ": say so with 'from'.");
        }
        JavaSource java = draft.source();
        Map<String, Object> data = draft.described(
                java,
                types,
                "What we read of the public event of the context " + foreign.context() + ".",
                read,
                Set.of());
        data.put("name", foreign.name());
        data.put("type", JavaSource.literal(type(foreign)));
        draft.java(foreign.name(), "ForeignEvent.java", java, data);
    }

    private void function() {
        JavaSource java = draft.source();
        java.use(draft.languagePackage() + "." + draft.sources().languageClass());
        // The method may belong to another class of the language.
        java.use(draft.languagePackage() + "." + streamMethod.split("\\.")[0]);
        String making = command.fields().stream()
                .filter(field -> field.identity() && !field.generated().isEmpty())
                .map(field -> ".making(" + JavaSource.literal(Route.showing(draft, field)) + ")")
                .findFirst()
                .orElse("");
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("http", http);
        data.put("internal", internal);
        data.put("command", command.name());
        data.put("request", request());
        data.put("stream", streamMethod);
        data.put("by", stream.by());
        data.put("gate", !http ? "" : needsGatekeeper() ? gate(java) : direct(java));
        data.put("making", http ? making : "");
        data.put("own", http ? draft.own(request(), inputs(), types) : "");
        data.put("foreign", foreign == null ? "" : foreign.name());
        data.put("foreignBy", foreign == null ? "" : String.valueOf(arguments.foreignName(by, foreign)));
        data.put("translated", foreign == null ? "" : arguments.translated(command, foreign, "e", "context", java));
        draft.java(draft.name() + "Function", "CommandFunction.java", java, data);
    }

    private String direct(JavaSource java) {
        return requestIsCommand()
                ? "(r, context) -> Gate.open(r)"
                : "(r, context) -> Gate.open(" + arguments.made(command, inputs(), "r", "context", java) + ")";
    }

    private String gate(JavaSource java) {
        String views = gateViews().stream()
                .map(view ->
                        "edge.view(" + JavaSource.literal(Words.constant(DeploymentFiles.owner(draft, view)) + "_TABLE")
                                + ", " + java.use(draft.languagePackage() + "." + view.element()) + ".PROJECTION)")
                .collect(Collectors.joining(", "));
        return "new " + draft.name() + "Gatekeeper(" + views + ")";
    }
}
