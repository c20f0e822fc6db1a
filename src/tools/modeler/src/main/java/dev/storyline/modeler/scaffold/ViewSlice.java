package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes a slice that serves a view. */
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

    /** Writes the slice, or reports the missing parts of its entry. */
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
        DeploymentFiles.write(draft, route);
    }

    /** Checks whether a gatekeeper reads the view. In this case, the view's record belongs to the language. */
    private boolean isShared(Element view) {
        return draft.sources().has(view.name())
                || draft.model().slices().stream()
                        .filter(other -> other.gatekeeper() != null)
                        .flatMap(other -> Objects.requireNonNull(other.gatekeeper()).reads().stream())
                        .anyMatch(ref -> ref.element().equals(view.name()));
    }

    /** Returns the one field that lists rows in a list view; null for other views. */
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
        JavaSource java = shared ? draft.languageSource() : draft.source();
        Field named = identity(view);
        if (shared) {
            types.inLanguage(view.name());
        }
        if (shared && named == null) {
            draft.trouble(
                    view.place(),
                    "A gatekeeper reads " + view.name()
                            + " by its identity: say which field it is ('identity: true').");
        }
        Map<String, Object> data = draft.described(java, types, Draft.about(view), view.fields(), Set.of());
        data.put("name", view.name());
        data.put("shared", shared);
        data.put("row", Words.kebab(view.name()));
        data.put("identity", named == null ? "" : named.name());
        data.put("identityType", named == null ? "" : types.of(named, java));
        data.put("identityText", named == null ? "" : named.name() + (types.isId(named) ? ".value()" : ""));
        draft.java(view.name(), "View.java", java, data);
    }

    private String use(Element view, JavaSource java) {
        return java.use((isShared(view) ? draft.languagePackage() : draft.slicePackage()) + "." + view.name());
    }

    private @Nullable Element sharedView() {
        return views.stream().filter(this::isShared).findFirst().orElse(null);
    }

    private void projection() {
        JavaSource java = draft.source();
        language.use(java);
        Element shared = sharedView();
        draft.java(
                draft.name() + "Projection",
                "Projection.java",
                java,
                Map.of(
                        "declared",
                        shared == null ? JavaSource.literal(slice.name()) : use(shared, java) + ".PROJECTION",
                        "partition",
                        identity == null ? Words.kebab(served.name()) : "",
                        "family",
                        language.family(),
                        "cases",
                        language.cases(slice.on())));
    }

    private void query(Route route) {
        JavaSource java = draft.source();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("view", use(served, java));
        Map<String, String> parameters = Map.of();
        String template = "SingletonQuery.java";
        if (identity != null) {
            template = "RowQuery.java";
            data.put("identity", identity.name());
            data.put("identityType", types.of(identity, java));
            parameters = Map.of(
                    identity.name(), draft.says(identity) + (route.parameters().isEmpty() ? "" : ", from the path"));
        } else if (rows != null) {
            template = "ListQuery.java";
            data.put("row", rowType(rows, java));
            data.put(
                    "components",
                    served.fields().stream()
                            .map(field -> field.many() ? "page.rows()" : "page.next()")
                            .collect(Collectors.joining(", ")));
            parameters = Map.of("after", "where the last page ended; missing for the first page");
        }
        data.put("about", JavaSource.comment("", "The query.", parameters));
        draft.java(draft.name() + "Query", template, java, data);
    }

    private String rowType(Field field, JavaSource java) {
        Element view = draft.model().views().get(field.type());
        if (view != null && isShared(view)) {
            return use(view, java);
        }
        return draft.sources().has(field.type())
                ? java.use(draft.languagePackage() + "." + field.type())
                : field.type();
    }

    private void function(@Nullable Route route) {
        JavaSource java = draft.source();
        java.use(draft.languagePackage() + "." + draft.sources().languageClass());
        List<Field> own = identity == null ? List.of() : List.of(identity);
        draft.java(
                draft.name() + "Function",
                "ViewFunction.java",
                java,
                Map.of(
                        "queried",
                        route != null,
                        "own",
                        route == null ? "" : draft.own(draft.name() + "Query", own, types),
                        "entity",
                        route == null ? "" : entity(java)));
    }

    /** A view of one stream that is named by the same field tells the version of the stream. */
    private String entity(JavaSource java) {
        Set<String> streams = slice.on().stream()
                .map(ref -> draft.model().events().get(ref.element()))
                .filter(Objects::nonNull)
                .map(Element::stream)
                .collect(Collectors.toSet());
        EventStream stream = streams.size() == 1
                ? draft.model().streams().get(streams.iterator().next())
                : null;
        if (identity == null || stream == null || !stream.by().equals(identity.name())) {
            return "";
        }
        String method = language.streamMethod(stream, identity);
        java.use(draft.languagePackage() + "." + method.split("\\.")[0]);
        return ".entity(q -> " + method + "(q." + identity.name() + "()))";
    }
}
