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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a slice that handles a command: a state change, or a translation of what another context tells. */
final class CommandSlice {
    private final Draft draft;
    private final Slice slice;
    private final Element command;
    private final EventStream stream;
    private final Field by;
    private final JavaTypes types;
    private final LanguageDraft language;
    private final @Nullable Element foreign;
    private final boolean outer;
    private final boolean inner;
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
        this.outer = !slice.actor().isEmpty();
        this.inner = slice.pattern() == Pattern.STATE_CHANGE || isDispatched(draft);
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

    /** Writes it, or says what the entry lacks. */
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

    /** The public event of another context that sets the slice off; null for none. */
    private static @Nullable Element foreign(Draft draft) {
        Slice slice = draft.slice();
        List<Ref> others = slice.on().stream().filter(draft::isForeign).toList();
        slice.on().stream()
                .filter(ref -> !draft.isForeign(ref))
                .forEach(ref -> draft.trouble(
                        ref.place(),
                        "A command is not set off by an event of its own context: let an automation dispatch it on "
                                + ref + "."));
        if (others.size() > 1) {
            draft.trouble(
                    others.get(1).place(),
                    "The scaffold translates one event of another context; give " + others.get(1)
                            + " a slice of its own.");
        }
        if (others.isEmpty() && slice.pattern() == Pattern.TRANSLATION) {
            draft.trouble(
                    slice.place(), "Say which public event of another context is translated: 'on: <context>.<Event>'.");
        }
        return others.isEmpty() ? null : draft.find(others.getFirst(), Kind.PUBLIC_EVENT);
    }

    private void write(@Nullable String askedRoute) {
        Route route = outer ? Route.post(draft, askedRoute, stream, inputs()) : null;
        if (outer && inputs().stream().noneMatch(field -> field.name().equals(stream.by()))) {
            draft.trouble(
                    by.place(),
                    "A person's request must name the stream, but '" + stream.by() + "' of " + command.name()
                            + " is not sent: leave out where it comes from, or write this slice by hand (see"
                            + " HttpCommandEndpoint.finding).");
        }
        if (!outer && slice.gatekeeper() != null) {
            draft.trouble(
                    slice.gatekeeper().place(),
                    "A gatekeeper stands before people: name the 'actor' who uses the slice.");
        }
        if (!outer && askedRoute != null) {
            draft.trouble(slice.place(), "A route is for people: name the 'actor' who uses the slice.");
        }
        commandRecord();
        requestRecord(route);
        decider();
        if (needsGatekeeper()) {
            gatekeeper();
        }
        foreignRecord();
        function();
        TemplateText template = new TemplateText(draft);
        if (route != null) {
            template.outer(route, gateViews());
        }
        if (inner) {
            template.inner();
        }
        if (foreign != null) {
            template.translation(type(foreign));
        }
        template.write();
        test(route);
    }

    /** What a person sends: nothing says that it comes from elsewhere. */
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
        return outer
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

    private void commandRecord() {
        JavaText java = draft.source();
        Set<String> none = Set.of();
        draft.write(
                command.name(),
                java,
                draft.record(java, types, Draft.about(command), command.name(), command.fields(), none));
    }

    private void requestRecord(@Nullable Route route) {
        if (route == null || requestIsCommand()) {
            return;
        }
        JavaText java = draft.source();
        draft.write(
                request(),
                java,
                draft.record(java, types, "What a client sends.", request(), inputs(), route.parameters()));
    }

    private static String rules(List<BusinessRule> rules, JavaText java) {
        StringBuilder text = new StringBuilder();
        for (BusinessRule rule : rules) {
            java.use("dev.storyline.kernel.Rule");
            String kind = rule.name().endsWith("-not-found") ? "unknown" : "forbids";
            String says = rule.says().isEmpty() ? Words.capitalized(rule.name().replace('-', ' ')) + "." : rule.says();
            text.append("    static final Rule ")
                    .append(Words.constant(rule.name()))
                    .append(" = Rule.")
                    .append(kind)
                    .append('(')
                    .append(JavaText.literal(rule.name()))
                    .append(", ")
                    .append(JavaText.literal(says))
                    .append(");\n");
        }
        return text.isEmpty() ? "" : text + "\n";
    }

    private void decider() {
        JavaText java = draft.source();
        java.use("dev.storyline.kernel.Decider", "dev.storyline.kernel.Decision");
        java.useStatic("dev.storyline.kernel.Decision.nothing");
        language.use(java);
        draft.write(
                draft.name() + "Decider",
                java,
                Words.fill(
                        Words.part("Decider.java.txt"),
                        Map.of(
                                "about", JavaText.comment("", draft.about(), Map.of()),
                                "name", draft.name(),
                                "command", command.name(),
                                "family", language.family(),
                                "rules", rules(slice.rules(), java),
                                "cases", language.cases(slice.folds(), "state;"))));
    }

    private void gatekeeper() {
        JavaText java = draft.source();
        Gatekeeper gatekeeper = slice.gatekeeper();
        java.use("dev.storyline.kernel.Gate", "dev.storyline.kernel.Gatekeeper", "dev.storyline.kernel.CommandContext");
        StringBuilder fields = new StringBuilder();
        List<String> parameters = new ArrayList<>();
        StringBuilder sets = new StringBuilder();
        List<String> asked = new ArrayList<>(List.of("request", "occasion"));
        List<String> judged = new ArrayList<>(List.of(request() + " request", "CommandContext occasion"));
        for (Ref view : gateViews()) {
            String variable = Words.variable(view.element());
            String type = java.use(draft.languagePackage() + "." + view.element());
            java.use("dev.storyline.projections.View");
            fields.append("    private final View ").append(variable).append("View;\n");
            parameters.add("View " + variable + "View");
            sets.append("        this.")
                    .append(variable)
                    .append("View = ")
                    .append(variable)
                    .append("View;\n");
            asked.add(row(view, type, variable, java));
            judged.add("@" + java.use("org.jspecify.annotations.Nullable") + " " + type + " " + variable);
        }
        String constructor = parameters.isEmpty()
                ? ""
                : fields + "\n    " + draft.name() + "Gatekeeper(" + String.join(", ", parameters) + ") {\n" + sets
                        + "    }\n\n";
        String about = gatekeeper == null || gatekeeper.about().isEmpty()
                ? "Completes the command."
                : Words.sentence(gatekeeper.about());
        draft.write(
                draft.name() + "Gatekeeper",
                java,
                Words.fill(
                        Words.part("Gatekeeper.java.txt"),
                        Map.of(
                                "about", JavaText.comment("", about, Map.of()),
                                "name", draft.name(),
                                "command", command.name(),
                                "request", request(),
                                "rules", gatekeeper == null ? "" : rules(gatekeeper.rules(), java),
                                "constructor", constructor,
                                "asked", String.join(",\n                ", asked),
                                "judged", String.join(", ", judged),
                                "made", arguments.made(command, inputs(), "request", "occasion", java))));
    }

    /** How a gatekeeper reads a row that slices share. */
    private String row(Ref view, String type, String variable, JavaText java) {
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
        java.use("dev.storyline.projections.View");
        return variable + "View.head(occasion.stream()).own(" + type + ".class)";
    }

    static String type(Element foreign) {
        return foreign.context() + "." + foreign.name() + ".v" + foreign.version();
    }

    /** The fields of the foreign event that the command is made of, under the command's types. */
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
        return new Field(
                name,
                field.type(),
                field.many(),
                theirs.optional(),
                false,
                "",
                "",
                List.of(),
                List.of(),
                theirs.about(),
                Map.of(),
                field.place());
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
        JavaText java = draft.source();
        draft.write(
                foreign.name(),
                java,
                draft.head(
                                java,
                                types,
                                "What we read of the public event of the context " + foreign.context() + ".",
                                "record " + foreign.name(),
                                read,
                                Set.of(),
                                " {\n")
                        + "    static final String TYPE = " + JavaText.literal(type(foreign)) + ";\n}\n");
    }

    private void function() {
        JavaText java = draft.source();
        java.use(
                draft.languagePackage() + "." + draft.sources().languageClass(),
                "dev.storyline.edge.Edge",
                "io.quarkus.funqy.Funq",
                "jakarta.inject.Singleton");
        // A method may stand in another class of the language.
        java.use(draft.languagePackage() + "." + streamMethod.split("\\.")[0]);
        FunctionText text = new FunctionText(draft, java);
        text.statement("var handler = edge.handler(" + draft.sources().languageClass() + ".LANGUAGE, new "
                + draft.name() + "Decider());");
        if (outer) {
            String gate = needsGatekeeper() ? gate(java) : direct(java);
            String making = command.fields().stream()
                    .filter(field -> field.identity() && !field.generated().isEmpty())
                    .map(field -> "\n                .making(" + JavaText.literal(field.name()) + ")")
                    .findFirst()
                    .orElse("");
            java.use(
                    "dev.storyline.edge.HttpCommandEndpoint",
                    "dev.storyline.edge.HttpEvent",
                    "dev.storyline.edge.HttpReply");
            text.door(
                    "HttpCommandEndpoint<" + request() + ", " + command.name() + ">",
                    "outer",
                    "HttpReply",
                    "HttpEvent event",
                    "");
            text.statement("outer = HttpCommandEndpoint.of(edge, handler, " + request() + ".class, r -> " + streamMethod
                    + "(r." + stream.by() + "()), " + gate + ")" + making + draft.own(request(), inputs(), types)
                    + ";");
        }
        if (inner) {
            java.use(
                    "dev.storyline.edge.InternalCommandEndpoint",
                    "dev.storyline.edge.InternalCommand",
                    "dev.storyline.edge.InternalCommandReply");
            text.door(
                    "InternalCommandEndpoint<" + command.name() + ">",
                    "inner",
                    "InternalCommandReply",
                    "InternalCommand command",
                    "-inner");
            text.statement("inner = InternalCommandEndpoint.of(edge, handler, " + command.name() + ".class, c -> "
                    + streamMethod + "(c." + stream.by() + "()));");
        }
        if (foreign != null) {
            java.use(
                    "com.fasterxml.jackson.databind.JsonNode",
                    "dev.storyline.edge.PartialBatchResponse",
                    "dev.storyline.edge.TranslationEndpoint");
            text.door(
                    "TranslationEndpoint<" + foreign.name() + ", " + command.name() + ">",
                    "translation",
                    "PartialBatchResponse",
                    "JsonNode messages",
                    "-translation");
            text.statement("translation = TranslationEndpoint.of(edge, handler, " + foreign.name() + ".TYPE, "
                    + foreign.name() + ".class, e -> " + streamMethod + "(e." + arguments.foreignName(by, foreign)
                    + "()), (e, occasion) -> " + arguments.translated(command, foreign, "e", "occasion", java) + ");");
        }
        text.write("The doors of " + slice.name() + ".");
    }

    private String direct(JavaText java) {
        java.use("dev.storyline.kernel.Gate");
        return requestIsCommand()
                ? "(r, occasion) -> Gate.open(r)"
                : "(r, occasion) -> Gate.open(" + arguments.made(command, inputs(), "r", "occasion", java) + ")";
    }

    private String gate(JavaText java) {
        String views = gateViews().stream()
                .map(view -> "edge.view(" + JavaText.literal(Words.constant(TemplateText.owner(draft, view)) + "_TABLE")
                        + ", " + java.use(draft.languagePackage() + "." + view.element()) + ".PROJECTION)")
                .collect(Collectors.joining(", "));
        return "new " + draft.name() + "Gatekeeper(" + views + ")";
    }

    private void test(@Nullable Route route) {
        FunctionTestText test = new FunctionTestText(draft);
        if (route != null) {
            test.outer(route);
        } else if (inner) {
            test.inner();
        } else {
            test.translation();
        }
    }
}
