package dev.storyline.modeler.template;

import dev.storyline.model.SourceLocation;
import dev.storyline.model.YamlReader;
import dev.storyline.model.YamlReader.Value;
import dev.storyline.modeler.template.SliceDeployment.FunctionSettings;
import dev.storyline.modeler.template.SliceDeployment.Route;
import dev.storyline.modeler.template.SliceDeployment.Transactions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads {@code deploy.yaml}. All problems are collected, so that a person sees them at once. */
final class DeployReader {
    private static final int LARGEST_CHARACTERS = 1024 * 1024;
    private static final int DEFAULT_MEMORY = 1024;
    private static final int MOST_MEMORY = 10_240;
    private static final int MOST_SECONDS = 900;
    private static final int MOST_CONCURRENCY = 10_000;

    /** The raw parts, by the section of the template that they are merged into. */
    private static final Map<String, String> SECTIONS = Map.of(
            "parameters", "Parameters",
            "conditions", "Conditions",
            "settings", "Globals.Function.Environment.Variables",
            "resources", "Resources",
            "outputs", "Outputs");

    private static final Set<String> KEYS = keys();
    private static final Set<String> KINDS =
            new TreeSet<>(List.of("http", "internal", "translation", "feed", "maintenance", "query"));
    private static final Pattern ROUTE =
            Pattern.compile("(POST|GET) ((?:/(?:[A-Za-z0-9._~-]+|\\{[A-Za-z][A-Za-z0-9]*}))+)");

    private final String text;
    private final SourceLocation file;
    private final YamlReader yaml;

    DeployReader(String text, String shown) {
        this.text = text;
        file = new SourceLocation(shown, 0, 0);
        yaml = new YamlReader(shown);
    }

    private static Set<String> keys() {
        Set<String> keys = new TreeSet<>(SECTIONS.keySet());
        keys.addAll(List.of("routes", "internal", "projection", "lists", "transactions", "memory", "functions"));
        return keys;
    }

    SliceDeployment read() {
        Node root = yaml.root(text, LARGEST_CHARACTERS);
        Map<String, Value> keys = root == null ? Map.of() : yaml.keys(root, "A deploy.yaml", KEYS);
        Value internal = keys.get("internal");
        Value projection = keys.get("projection");
        Value lists = keys.get("lists");
        SliceDeployment deployment = new SliceDeployment(
                routes(keys.get("routes")),
                internal == null ? null : yaml.yes(internal, "'internal'"),
                projection == null || yaml.yes(projection, "'projection'"),
                lists != null && yaml.yes(lists, "'lists'"),
                transactions(keys.get("transactions")),
                yaml.number(keys.get("memory"), 128, MOST_MEMORY, DEFAULT_MEMORY, "'memory' in MB"),
                functions(keys.get("functions")),
                sections(keys),
                file);
        yaml.end();
        return deployment;
    }

    private List<Route> routes(@Nullable Value value) {
        List<Route> routes = new ArrayList<>();
        for (Node node : value == null ? List.<Node>of() : yaml.items(value.node())) {
            String route = yaml.text(node, "A route");
            Matcher matcher = ROUTE.matcher(route);
            if (matcher.matches()) {
                routes.add(new Route(matcher.group(1), matcher.group(2), yaml.place(node)));
            } else {
                yaml.trouble(
                        yaml.place(node),
                        "A route is a method and a path, such as 'POST /wishes/children/{childId}/wishes', not '"
                                + route + "'.");
            }
        }
        return routes;
    }

    private @Nullable Transactions transactions(@Nullable Value value) {
        if (value == null) {
            return null;
        }
        if (YamlReader.isText(value.node())) {
            String word = yaml.text(value, "'transactions'");
            if (!word.equals("always")) {
                yaml.trouble(
                        yaml.place(value.node()),
                        "'transactions' is 'always', or names a condition: {when: Strict}; not '" + word + "'.");
            }
            return new Transactions("", false);
        }
        Map<String, Value> keys = yaml.keys(value.node(), "'transactions'", Set.of("when", "single"));
        String condition = yaml.text(keys.get("when"), "'when'");
        boolean single = yaml.yes(keys.get("single"), "'single'");
        if (condition.isEmpty() && !single) {
            yaml.trouble(
                    value.place(),
                    "'transactions' needs 'when', the name of a condition of the template, or 'single: true'.");
        }
        return new Transactions(condition, single);
    }

    private Map<String, FunctionSettings> functions(@Nullable Value value) {
        Map<String, FunctionSettings> functions = new LinkedHashMap<>();
        if (value != null) {
            yaml.keys(value.node(), "'functions'", KINDS).forEach((kind, entry) -> {
                Map<String, Value> keys = yaml.keys(
                        entry.node(), "The function '" + kind + "'", Set.of("timeout", "concurrency", "memory"));
                functions.put(
                        kind,
                        new FunctionSettings(
                                yaml.number(keys.get("timeout"), 1, MOST_SECONDS, 0, "'timeout' in seconds"),
                                yaml.number(keys.get("concurrency"), 1, MOST_CONCURRENCY, 0, "'concurrency'"),
                                yaml.number(keys.get("memory"), 128, MOST_MEMORY, 0, "'memory' in MB"),
                                entry.place()));
            });
        }
        return functions;
    }

    /** The raw parts, read again with their comments. */
    private Map<String, MappingNode> sections(Map<String, Value> keys) {
        Map<String, MappingNode> sections = new LinkedHashMap<>();
        for (Map.Entry<String, Value> entry : keys.entrySet()) {
            String section = SECTIONS.get(entry.getKey());
            if (section != null && !(entry.getValue().node() instanceof MappingNode)) {
                yaml.trouble(
                        entry.getValue().place(),
                        "'" + entry.getKey() + "' must be names with values, as in a template.");
            }
        }
        if (keys.keySet().stream().anyMatch(SECTIONS::containsKey)
                && TemplateTree.compose(text) instanceof MappingNode root) {
            for (NodeTuple tuple : root.getValue()) {
                String section = tuple.getKeyNode() instanceof ScalarNode key ? SECTIONS.get(key.getValue()) : null;
                if (section != null && tuple.getValueNode() instanceof MappingNode raw) {
                    sections.put(section, raw);
                }
            }
        }
        return sections;
    }
}
