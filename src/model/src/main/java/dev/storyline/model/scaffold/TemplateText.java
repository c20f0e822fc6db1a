package dev.storyline.model.scaffold;

import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The template of a slice: what is deployed, with no more rights than it needs. */
final class TemplateText {
    /** A description may have 1,024 bytes. */
    private static final int LONGEST_ABOUT = 200;

    private final Draft draft;
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<String> resources = new ArrayList<>();
    private final StringBuilder environment = new StringBuilder();
    private @Nullable String parameters;
    private @Nullable String outputs;

    TemplateText(Draft draft) {
        this.draft = draft;
        places.put("context", draft.model().context());
        places.put("slice", draft.slice().name());
        places.put("Slice", draft.name());
        String about = Words.clause(draft.about());
        about = about.length() > LONGEST_ABOUT ? about.substring(0, LONGEST_ABOUT) : about;
        places.put("about", about.replace("\\", "\\\\").replace("\"", "\\\""));
    }

    /** The slice that keeps a view. */
    static String owner(Draft draft, Ref view) {
        return draft.model().slices().stream()
                .filter(other ->
                        other.views().stream().anyMatch(kept -> kept.element().equals(view.element())))
                .map(Slice::name)
                .findFirst()
                .orElse("");
    }

    /** HTTP to command, with what its gatekeeper reads. */
    void outer(Route route, List<Ref> views) {
        StringBuilder policies = new StringBuilder();
        for (Ref view : views) {
            String owner = owner(draft, view);
            if (owner.isEmpty() || !exports(owner, "-table-arn")) {
                draft.trouble(
                        view.place(),
                        "The gatekeeper reads " + view.element()
                                + ", but no slice with a template keeps it: make that one first.");
            }
            String name = "storyline-${Stage}-" + draft.model().context() + "-" + owner + "-table";
            environment.append("        ").append(Words.constant(owner)).append("_TABLE: !ImportValue\n");
            environment.append("          Fn::Sub: ").append(name).append('\n');
            policies.append(statement(List.of("dynamodb:GetItem"), name + "-arn"));
        }
        part("outer.yaml", Map.of("policies", policies.toString()));
        route(route);
    }

    private void route(Route route) {
        part("route.yaml", Map.of("method", route.method(), "path", route.path(), "pattern", route.pattern()));
    }

    private static String statement(List<String> actions, String imported) {
        StringBuilder text = new StringBuilder("            - Effect: Allow\n              Action:\n");
        actions.forEach(
                action -> text.append("                - ").append(action).append('\n'));
        return text.append("              Resource: !ImportValue\n                Fn::Sub: ")
                .append(imported)
                .append('\n')
                .toString();
    }

    /** Complete commands of event handlers. */
    void inner() {
        part("inner.yaml", Map.of());
        outputs = Words.part("inner-outputs.yaml");
    }

    /** What another context tells. */
    void translation(String type) {
        part("translation.yaml", Map.of("type", type, "source", type.substring(0, type.indexOf('.'))));
    }

    /** A projection with its view; a query where there is a route. */
    void view(@Nullable Route route, boolean pages) {
        parameters = Words.part("feed-parameter.yaml");
        environment.append("        VIEW_TABLE: !Ref ViewTable\n");
        environment.append("        # As long as the feed may run: a rebuild waits for those who began before it.\n");
        environment.append("        FEED_TIMEOUT_SECONDS: 20\n");
        part("view.yaml", Map.of());
        if (route != null) {
            part("query.yaml", Map.of("query", pages ? "                - dynamodb:Query\n" : ""));
            route(route);
        }
        outputs = Words.part("view-outputs.yaml");
    }

    /** An event handler, with what it may set off. */
    void handler(boolean publishes, List<String> dispatches) {
        parameters = Words.part("feed-parameter.yaml");
        environment.append("        VIEW_TABLE: !Ref ViewTable\n");
        StringBuilder policies = new StringBuilder();
        String context = "storyline-${Stage}-" + draft.model().context();
        if (publishes) {
            environment
                    .append("        BUS: !ImportValue\n          Fn::Sub: ")
                    .append(context)
                    .append("-bus\n");
            policies.append(statement(List.of("events:PutEvents"), context + "-bus-arn"));
        }
        for (String slice : dispatches) {
            String arn = context + "-" + slice + "-inner-arn";
            environment
                    .append("        DISPATCH_")
                    .append(Words.constant(slice))
                    .append(": !ImportValue\n");
            environment.append("          Fn::Sub: ").append(arn).append('\n');
            policies.append(statement(List.of("lambda:InvokeFunction"), arn));
        }
        part("handler.yaml", Map.of("policies", policies.toString()));
    }

    /** Whether the template of a slice of this context exports something whose name ends so. */
    boolean exports(String slice, String ending) {
        Path template = draft.root().resolve("functions/" + draft.model().context() + "/" + slice + "/template.yaml");
        try {
            return Files.exists(template)
                    && Files.readString(template)
                            .contains("Name: !Sub storyline-${Stage}-"
                                    + draft.model().context() + "-" + slice + ending + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void part(String name, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(places);
        all.putAll(more);
        resources.add(Words.fill(Words.part(name), all));
    }

    void write() {
        Map<String, String> all = new LinkedHashMap<>(places);
        all.put("parameters", parameters == null ? "" : parameters);
        all.put("environment", environment.toString());
        StringBuilder text = new StringBuilder(Words.fill(Words.part("head.yaml"), all));
        text.append("\nResources:\n").append(String.join("\n", resources));
        if (outputs != null) {
            text.append('\n').append(Words.fill(outputs, places));
        }
        draft.write(draft.folder() + "/template.yaml", text.toString());
    }
}
