package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a slice that shows what happened. */
final class ViewSlice {
    private final Draft draft;
    private final Slice slice;
    private final JavaTypes types;
    private final LanguageDraft language;
    private final List<Element> views;
    private final Element served;
    private final @Nullable Field identity;
    private final @Nullable Field rows;

    private ViewSlice(Draft draft, JavaTypes types, LanguageDraft language, List<Element> views) {
        this.draft = draft;
        this.slice = draft.slice();
        this.types = types;
        this.language = language;
        this.views = views;
        this.served = views.getFirst();
        this.identity = identity(served);
        this.rows = identity == null ? rows() : null;
    }

    private static @Nullable Field identity(Element view) {
        return view.fields().stream().filter(Field::identity).findFirst().orElse(null);
    }

    /** Writes it, or says what the entry lacks. */
    static void write(Draft draft, @Nullable String askedRoute) {
        Slice slice = draft.slice();
        List<Element> views = new ArrayList<>();
        for (Ref ref : slice.views()) {
            Element view = draft.model().views().get(ref.element());
            if (view != null) {
                views.add(view);
                if (view.fields().isEmpty()) {
                    draft.trouble(view.place(), "Say what the view " + view.name() + " shows: its 'fields'.");
                }
            }
        }
        if (views.isEmpty()) {
            draft.trouble(slice.place(), "Say which 'view' the slice keeps, and define it under 'views'.");
        }
        List<Ref> own = slice.on().stream().filter(ref -> !draft.isForeign(ref)).toList();
        if (own.isEmpty()) {
            draft.trouble(slice.place(), "Say which events the view is made of: 'on'.");
        }
        slice.on().stream()
                .filter(draft::isForeign)
                .forEach(ref -> draft.trouble(
                        ref.place(),
                        "A view is made of events of its own context: translate " + ref + " into one first."));
        JavaTypes types = new JavaTypes(draft);
        LanguageDraft language = LanguageDraft.of(draft, types, own);
        if (!views.isEmpty() && !own.isEmpty()) {
            new ViewSlice(draft, types, language, views).write(askedRoute);
        }
    }

    private void write(@Nullable String askedRoute) {
        boolean used = !slice.actor().isEmpty();
        Route route = used ? Route.get(draft, askedRoute, served, identity) : null;
        if (!used && askedRoute != null) {
            draft.trouble(slice.place(), "A route is for people: name the 'actor' who uses the slice.");
        }
        views.forEach(this::record);
        projection();
        if (route != null) {
            query(route);
        }
        function(route);
        TemplateText template = new TemplateText(draft);
        template.view(route, rows != null);
        template.write();
        FunctionTestText test = new FunctionTestText(draft);
        if (route == null) {
            test.feed();
        } else {
            test.query(route);
        }
    }

    /** Whether a gatekeeper reads it, so that its record stands in the language. */
    private boolean isShared(Element view) {
        return draft.sources().has(view.name())
                || draft.model().slices().stream()
                        .filter(other -> other.gatekeeper() != null)
                        .flatMap(other -> java.util.Objects.requireNonNull(other.gatekeeper()).reads().stream())
                        .anyMatch(ref -> ref.element().equals(view.name()));
    }

    /** The one field that lists rows, in a view that is a list; null for other views. */
    private @Nullable Field rows() {
        List<Field> lists = served.fields().stream()
                .filter(field -> field.many() && types.isStructured(field))
                .toList();
        boolean pages = served.fields().stream()
                .allMatch(field -> lists.contains(field)
                        || (field.optional() && types.base(field).equals("text")));
        return lists.size() == 1 && served.fields().size() <= 2 && pages ? lists.getFirst() : null;
    }

    private void record(Element view) {
        boolean shared = isShared(view);
        if (draft.sources().has(view.name())) {
            if (!draft.sources().hasKey(view.name())) {
                draft.trouble(
                        view.place(),
                        "The record " + view.name() + " of the language needs a method 'key': where its row is.");
            }
            return;
        }
        JavaText java = shared ? draft.languageSource() : draft.source();
        Field named = identity(view);
        StringBuilder members = new StringBuilder();
        if (shared) {
            types.inLanguage(view.name());
            members.append("    /** The declared name of the projection that writes it. */\n")
                    .append("    public static final String PROJECTION = ")
                    .append(JavaText.literal(slice.name()))
                    .append(";\n");
        }
        if (named != null) {
            java.use("dev.storyline.kernel.RowKey");
            String row = Words.kebab(view.name());
            members.append(members.isEmpty() ? "" : "\n")
                    .append("    /** Where its row is. */\n    public static RowKey key(")
                    .append(types.of(named, java))
                    .append(' ')
                    .append(named.name())
                    .append(") {\n        return new RowKey(")
                    .append(JavaText.literal(row + "#"))
                    .append(" + ")
                    .append(named.name())
                    .append(types.isId(named) ? ".value()" : "")
                    .append(", ")
                    .append(JavaText.literal(row))
                    .append(");\n    }\n");
        } else if (shared) {
            draft.trouble(
                    view.place(),
                    "A gatekeeper reads " + view.name()
                            + " by its identity: say which field it is ('identity: true').");
        }
        String head = draft.head(
                java,
                types,
                Draft.about(view),
                "public record " + view.name(),
                view.fields(),
                Set.of(),
                members.isEmpty() ? " {}\n" : " {\n");
        draft.write(view.name(), java, head + (members.isEmpty() ? "" : members + "}\n"));
    }

    private String use(Element view, JavaText java) {
        return java.use((isShared(view) ? draft.languagePackage() : draft.slicePackage()) + "." + view.name());
    }

    private @Nullable Element sharedView() {
        return views.stream().filter(this::isShared).findFirst().orElse(null);
    }

    private void projection() {
        JavaText java = draft.source();
        java.use("dev.storyline.kernel.Projection", "dev.storyline.kernel.Recorded", "dev.storyline.kernel.Step");
        language.use(java);
        Element shared = sharedView();
        String declared = shared == null ? JavaText.literal(slice.name()) : use(shared, java) + ".PROJECTION";
        String constants = "";
        if (identity == null) {
            String partition = Words.kebab(served.name());
            constants = "    /** The partition of its rows. */\n    static final String PARTITION = "
                    + JavaText.literal(partition) + ";\n\n";
        }
        draft.write(
                draft.name() + "Projection",
                java,
                Words.fill(
                        Words.part("Projection.java.txt"),
                        Map.of(
                                "about", JavaText.comment("", draft.about(), Map.of()),
                                "name", draft.name(),
                                "family", language.family(),
                                "declared", declared,
                                "constants", constants,
                                "cases", language.cases(slice.on(), "Step.to(state);"))));
    }

    private void query(Route route) {
        JavaText java = draft.source();
        java.use("dev.storyline.projections.View");
        String view = use(served, java);
        String name = draft.name() + "Query";
        String parameter = "";
        String says = "";
        String body;
        String nullable = "@" + java.use("org.jspecify.annotations.Nullable");
        if (identity != null) {
            parameter = types.of(identity, java) + " " + identity.name();
            says = draft.says(identity) + (route.parameters().isEmpty() ? "" : ", from the path");
            body = "    /** The view, or null where there is nothing to see. */\n    " + nullable + "\n    " + view
                    + " answer(View view) {\n        return view.row(" + view + ".key(" + identity.name() + "), " + view
                    + ".class);\n    }\n";
        } else if (rows != null) {
            java.use("dev.storyline.projections.RowPage", "java.util.Objects");
            parameter = nullable + " String after";
            says = "where the last page ended; missing for the first";
            String row = rowType(rows, java);
            String components = String.join(
                    ", ",
                    served.fields().stream()
                            .map(field -> field.many() ? "page.rows()" : "page.next()")
                            .toList());
            body = "    /** A page of the view. */\n    " + view + " answer(View view) {\n        Page<" + row
                    + "> page = view.rows(" + draft.name()
                    + "Projection.PARTITION, Objects.requireNonNullElse(after, \"\"), " + row
                    + ".class);\n        return new " + view + "(" + components + ");\n    }\n";
        } else {
            java.use("dev.storyline.kernel.RowKey");
            String partition = draft.name() + "Projection.PARTITION";
            body = "    /** The view, or null where there is nothing to see. */\n    " + nullable + "\n    " + view
                    + " answer(View view) {\n        return view.row(new RowKey(" + partition + ", " + partition + "), "
                    + view + ".class);\n    }\n";
        }
        Map<String, String> parameters =
                parameter.isEmpty() ? Map.of() : Map.of(parameter.substring(parameter.lastIndexOf(' ') + 1), says);
        draft.write(
                name,
                java,
                JavaText.comment("", "The query.", parameters) + "record " + name + "(" + parameter + ") {\n" + body
                        + "}\n");
    }

    private String rowType(Field field, JavaText java) {
        Element view = draft.model().views().get(field.type());
        if (view != null && isShared(view)) {
            return use(view, java);
        }
        return draft.sources().has(field.type())
                ? java.use(draft.languagePackage() + "." + field.type())
                : field.type();
    }

    private void function(@Nullable Route route) {
        JavaText java = draft.source();
        java.use(
                draft.languagePackage() + "." + draft.sources().languageClass(),
                "com.fasterxml.jackson.databind.JsonNode",
                "dev.storyline.edge.Edge",
                "dev.storyline.edge.FeedEndpoint",
                "dev.storyline.edge.PartialBatchResponse",
                "io.quarkus.funqy.Funq",
                "jakarta.inject.Singleton");
        FunctionText text = new FunctionText(draft, java);
        text.statement("var projection = new " + draft.name() + "Projection();");
        text.door("FeedEndpoint", "feed", "PartialBatchResponse", "JsonNode batch", "-feed");
        text.method("upkeep", "upkeep", "JsonNode", "JsonNode request", "-upkeep", "feed");
        text.statement("feed = FeedEndpoint.of(edge, " + draft.sources().languageClass() + ".LANGUAGE, projection);");
        if (route != null) {
            java.use(
                    "dev.storyline.edge.HttpEvent", "dev.storyline.edge.HttpReply", "dev.storyline.edge.QueryEndpoint");
            String query = draft.name() + "Query";
            text.door("QueryEndpoint<" + query + ">", "query", "HttpReply", "HttpEvent event", "");
            text.statement("query = QueryEndpoint.of(edge, " + query
                    + ".class, edge.view(\"VIEW_TABLE\", projection.name()), " + query + "::answer)"
                    + draft.own(query, identity == null ? List.of() : List.of(identity), types) + ";");
        }
        text.write(
                route == null
                        ? "The feed of " + slice.name() + "."
                        : "The feed and the query of " + slice.name() + ".");
    }
}
