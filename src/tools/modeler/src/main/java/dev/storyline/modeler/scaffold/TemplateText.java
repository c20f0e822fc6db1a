package dev.storyline.modeler.scaffold;

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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The template of a slice: what is deployed, with no more rights than it needs. */
final class TemplateText {
    /** A description may have 1,024 bytes. */
    private static final int LONGEST_ABOUT = 200;

    private static final Pattern FUNCTION = Pattern.compile("\\n? {2}(\\w+):\\n {4}Type: AWS::Serverless::Function\\n");

    /** How the template of a context says that its feed is a Kinesis stream, unless it is told otherwise. */
    private static final Pattern KINESIS =
            Pattern.compile("\\n {2}Kinesis:\\n {4}Type: String\\n {4}Default: \"yes\"\\n");

    private final Draft draft;
    private final Map<String, String> places = new LinkedHashMap<>();
    private final List<String> resources = new ArrayList<>();
    private final StringBuilder environment = new StringBuilder();
    private boolean doors;
    private boolean feeds;
    private boolean translates;
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
        doors = true;
        part("outer.yaml", Map.of("policies", policies.toString()));
        route(route);
    }

    /** Whoever is one of the slice's actors may come. */
    private void route(Route route) {
        String scopes = draft.slice().actors().stream()
                .map(actor -> draft.model().context() + "/" + actor)
                .collect(Collectors.joining(", "));
        part(
                "route.yaml",
                Map.of(
                        "method", route.method(),
                        "path", route.path(),
                        "pattern", route.pattern(),
                        "scopes", scopes));
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
        doors = true;
        part("inner.yaml", Map.of());
        outputs = Words.part("inner-outputs.yaml");
    }

    /** What another context tells. */
    void translation(String type) {
        part("translation.yaml", Map.of("type", type, "source", type.substring(0, type.indexOf('.'))));
        translates = true;
    }

    /** A projection with its view; a query if there is a route, which may read many rows if the view has a list. */
    void view(@Nullable Route route, boolean lists) {
        feeds = true;
        environment.append("        VIEW_TABLE: !Ref ViewTable\n");
        environment.append("        # As long as the feed may run: a rebuild waits for those who began before it.\n");
        environment.append("        FEED_TIMEOUT_SECONDS: 20\n");
        part("view.yaml", Map.of());
        if (route != null) {
            doors = true;
            part("query.yaml", Map.of("query", lists ? "                - dynamodb:Query\n" : ""));
            route(route);
        }
        outputs = Words.part("view-outputs.yaml");
    }

    /** An event handler, with what it may set off. */
    void handler(boolean publishes, List<String> dispatches) {
        feeds = true;
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
        return Files.exists(template)
                && read(template)
                        .contains("Name: !Sub storyline-${Stage}-"
                                + draft.model().context() + "-" + slice + ending + "\n");
    }

    private void part(String name, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(places);
        all.putAll(more);
        resources.add(Words.fill(Words.part(name), all));
    }

    void write() {
        alarms();
        Map<String, String> all = new LinkedHashMap<>(places);
        all.put("parameters", parameters());
        all.put("conditions", conditions());
        all.put("environment", environment.toString());
        StringBuilder text = new StringBuilder(Words.fill(Words.part("head.yaml"), all));
        text.append("\nResources:\n").append(String.join("\n", resources));
        if (outputs != null) {
            text.append('\n').append(Words.fill(outputs, places));
        }
        draft.write(draft.folder() + "/template.yaml", text.toString());
        draft.write(draft.folder() + "/samconfig.toml", Words.fill(Words.part("samconfig.toml.txt"), places));
    }

    private String parameters() {
        String feed = feeds && KINESIS.matcher(infra()).find() ? "kinesis" : "dynamodb";
        return (doors ? Words.part("door-parameter.yaml") : "")
                + (feeds ? Words.fill(Words.part("feed-parameters.yaml"), Map.of("feed", feed)) : "");
    }

    private String conditions() {
        String conditions =
                (doors ? Words.part("door-conditions.yaml") : "") + (feeds ? Words.part("feed-conditions.yaml") : "");
        return conditions.isEmpty() ? "" : "Conditions:\n" + conditions + "\n";
    }

    private String infra() {
        return read(draft.root().resolve("infra/" + draft.model().context() + ".yaml"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One alarm over all functions, and those of what feeds them. */
    private void alarms() {
        StringBuilder metrics = new StringBuilder();
        Matcher function = FUNCTION.matcher(String.join("\n", resources));
        for (int number = 1; function.find(); number++) {
            metrics.append(Words.fill(
                    Words.part("failing-metrics.yaml"),
                    Map.of("function", function.group(1), "number", String.valueOf(number))));
        }
        part("failing.yaml", Map.of("metrics", metrics.toString()));
        if (feeds) {
            part("feed-alarms.yaml", Map.of());
        }
        if (translates) {
            part("translation-alarms.yaml", Map.of());
        }
    }
}
