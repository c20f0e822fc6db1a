package dev.storyline.modeler.template;

import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import dev.storyline.modeler.template.SliceDeployment.FunctionSettings;
import dev.storyline.modeler.template.SliceDeployment.Route;
import dev.storyline.modeler.template.SliceDeployment.Transactions;
import dev.storyline.modeler.template.SliceFacts.GateView;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The template of one slice. Fragments (partial templates in the resources of this package) are merged into one tree, as
 * far as the model and the deploy.yaml ask for them; the raw sections of the deploy.yaml are merged in last.
 */
final class SliceTemplate {
    private static final String ENVIRONMENT = "Globals.Function.Environment.Variables";
    /** CloudFormation takes 1,024 bytes; an API Gateway integration waits at most 30 seconds. */
    private static final int LONGEST_DESCRIPTION = 250;

    private static final int LONGEST_INTEGRATION = 30_000;

    /** The places of the statements that are not asked for. */
    private static final Map<String, String> UNUSED =
            Map.of("keeper", "none", "queue", "none", "inner", "none", "rules", "none", "missed", "none");

    private final SliceFacts facts;
    private final SliceDeployment deployment;
    private final Map<String, String> places = new HashMap<>();
    private final Set<FunctionKind> functions = EnumSet.noneOf(FunctionKind.class);
    private final List<String> functionIds = new ArrayList<>();
    private final Set<String> words = new LinkedHashSet<>();
    private final MappingNode root;

    private SliceTemplate(SliceFacts facts, SliceDeployment deployment, String feed) {
        this.facts = facts;
        this.deployment = deployment;
        String slice = facts.slice().name();
        places.put("context", facts.model().context());
        places.put("slice", slice);
        places.put("Slice", pascal(slice));
        places.put("memory", String.valueOf(deployment.memory()));
        places.put("description", quoted(description()));
        places.put("feed", feed);
        root = (MappingNode) TemplateTree.fragment("slice.yaml", places);
    }

    static String text(SliceFacts facts, SliceDeployment deployment, String feed) {
        SliceTemplate template = new SliceTemplate(facts, deployment, feed);
        template.build();
        return "# Written by './storyline slice template' from the context's model.yaml and the deploy.yaml beside this file:\n"
                + "# change those.\n" + TemplatePrinter.print(template.root);
    }

    private void build() {
        if (facts.archives()) {
            setting("ARCHIVE", TemplateTree.imported(exportName("archive")));
        }
        if (facts.isCommand()) {
            command();
        } else if (facts.isView()) {
            view();
        } else {
            handler();
        }
        if (!deployment.routes().isEmpty()
                && !functions.contains(FunctionKind.HTTP)
                && !functions.contains(FunctionKind.QUERY)) {
            throw wrong(deployment.routes().getFirst().place(), "has routes, but no endpoint that could serve them");
        }
        checkSettings();
        alarms();
        deployment.sections().forEach((section, raw) -> TemplateTree.merge(root, TemplateTree.under(section, raw)));
    }

    private void command() {
        List<Node> append = append();
        if (!deployment.routes().isEmpty()) {
            List<Node> statements = new ArrayList<>(append);
            for (GateView view : facts.gateViews()) {
                setting(
                        constant(view.keeper()) + "_TABLE",
                        TemplateTree.imported(exportName(view.keeper() + "-table")));
                String read = view.many() ? "get-many-rows-of" : "get-rows-of";
                statements.add(statement(view.several() ? "query-rows-of" : read, Map.of("keeper", view.keeper())));
            }
            function(FunctionKind.HTTP, statements);
            routes();
        }
        Boolean internal = deployment.internal();
        if (internal == null ? facts.isInternalByDefault() : internal) {
            List<Node> statements = new ArrayList<>(append());
            if (facts.isDeadline()) {
                statements.add(statement("report-missed"));
            }
            function(FunctionKind.INTERNAL, statements);
            merge("internal.yaml", Map.of());
            if (facts.isDeadline()) {
                merge("missed.yaml", Map.of());
            }
        } else if (facts.isDeadline()) {
            throw wrong(deployment.place(), "gets its command at deadlines, and needs 'internal: true'");
        }
        if (!facts.translated().isEmpty()) {
            translation();
        }
        if (functions.isEmpty()) {
            throw wrong(
                    deployment.place(),
                    "has no function: give it 'routes', 'internal: true', or a public event that it translates");
        }
    }

    /** The statements of a function that loads streams and appends to them. */
    private List<Node> append() {
        Transactions transactions = deployment.transactions();
        if (transactions == null) {
            return List.of(statement("append"));
        }
        if (transactions.condition().isEmpty()) {
            return transactions.single()
                    ? List.of(statement("append"), statement("check-in-transaction"))
                    : List.of(statement("query-events"), statement("append-in-transaction"));
        }
        Node inTransaction = statement(transactions.single() ? "check-in-transaction" : "append-in-transaction");
        List<CommentLine> why = TemplateTree.comments(inTransaction);
        inTransaction.setBlockComments(List.of());
        Node otherwise = transactions.single() ? TemplateTree.ref("AWS::NoValue") : statement("append-alone");
        SequenceNode either = TemplateTree.either(transactions.condition(), inTransaction, otherwise);
        either.setBlockComments(why);
        return List.of(statement(transactions.single() ? "append" : "query-events"), either);
    }

    private void translation() {
        Map<String, List<String>> translated = facts.translated();
        List<String> all = translated.values().stream().flatMap(List::stream).toList();
        List<Node> statements = new ArrayList<>(append());
        String queue = places.get("Slice") + "Queue";
        statements.add(statement("read-queue", Map.of("queue", queue)));
        function(FunctionKind.TRANSLATION, statements, Map.of("types", String.join(", ", all)));
        List<String> arns = new ArrayList<>();
        translated.forEach((source, types) -> {
            String rule = places.get("Slice") + (translated.size() > 1 ? pascal(source) : "") + "Rule";
            arns.add("!GetAtt " + rule + ".Arn");
            merge(
                    "rule.yaml",
                    Map.of(
                            "Rule",
                            rule,
                            "source",
                            source,
                            "types",
                            String.join(", ", types),
                            "detailTypes",
                            "\"" + String.join("\", \"", types) + "\""));
        });
        merge(
                "translation.yaml",
                Map.of(
                        "visibility", String.valueOf(6 * timeout(FunctionKind.TRANSLATION)),
                        "concurrency", String.valueOf(concurrency(FunctionKind.TRANSLATION))));
        String rules = arns.size() == 1 ? arns.getFirst() : "[" + String.join(", ", arns) + "]";
        TemplateTree.add(
                root,
                statement("queue-events", Map.of("rules", rules)),
                "Resources",
                places.get("Slice") + "QueuePolicy",
                "Properties",
                "PolicyDocument",
                "Statement");
    }

    private void view() {
        if (deployment.projection()) {
            merge(
                    "table.yaml",
                    Map.of("deletion", "Delete", "why", "The view can be rebuilt from the events at any time."));
            // A rebuild waits this long: for feeds that do not know the new generation, for queries on the old one.
            int longest = Math.max(timeout(FunctionKind.PROJECTION), timeout(FunctionKind.QUERY));
            merge("view.yaml", Map.of("timeout", String.valueOf(longest)));
            feed(FunctionKind.PROJECTION, List.of(), List.of(statement("scan-events"), statement("rebuild-rows")));
            merge(
                    "rebuild.yaml",
                    Map.of("beside", String.valueOf(Math.max(1, concurrency(FunctionKind.MAINTENANCE) - 2))));
        }
        if (!deployment.routes().isEmpty()) {
            List<Node> statements = new ArrayList<>();
            if (deployment.projection()) {
                statements.add(statement(deployment.lists() || facts.listsRows() ? "query-rows" : "get-rows"));
                statements.add(statement("query-streams"));
            } else {
                statements.add(statement("query-events"));
            }
            function(FunctionKind.QUERY, statements);
            routes();
        }
    }

    private void handler() {
        merge(
                "table.yaml",
                Map.of(
                        "deletion", "Retain",
                        "why",
                                "Positions, states and the activation time: without them the event handler would start anew."));
        List<Node> effects = new ArrayList<>();
        List<Node> again = new ArrayList<>();
        if (!facts.slice().publishes().isEmpty()) {
            setting("BUS", TemplateTree.imported(exportName("bus")));
            effects.add(statement("publish"));
            again.add(statement("publish"));
        }
        for (String target : facts.dispatched()) {
            String name = "storyline-${Stage}-" + target.replace('/', '-') + "-inner-arn";
            setting("DISPATCH_" + constant(target.substring(target.indexOf('/') + 1)), TemplateTree.imported(name));
            effects.add(statement("dispatch", Map.of("inner", name)));
            again.add(statement("dispatch", Map.of("inner", name)));
        }
        if (!facts.slice().deadlines().isEmpty()) {
            for (String permission : List.of("set-deadlines", "lend-role")) {
                effects.add(statement(permission));
                again.add(statement(permission));
            }
            deadlines();
        }
        facts.called()
                .forEach(system -> merge(
                        "call.yaml", Map.of("system", system, "System", pascal(system), "SYSTEM", constant(system))));
        List<Node> maintenance = new ArrayList<>(List.of(statement("scan-events"), statement("move-positions")));
        maintenance.addAll(again);
        feed(FunctionKind.HANDLER, effects, maintenance);
        merge("handler.yaml", Map.of());
    }

    /** The group of the slice's schedules, and the role in which they send commands to other slices. */
    private void deadlines() {
        merge("deadlines.yaml", Map.of());
        for (String target : facts.deadlines()) {
            String slice = "storyline-${Stage}-" + target.replace('/', '-');
            setting(
                    "MISSED_" + constant(target.substring(target.indexOf('/') + 1)),
                    TemplateTree.imported(slice + "-missed-arn"));
            MappingNode policy = (MappingNode)
                    ((SequenceNode) TemplateTree.at(root, "Resources", "DeadlineRole", "Properties", "Policies"))
                            .getValue()
                            .getFirst();
            for (Node statement : List.of(
                    statement("dispatch", Map.of("inner", slice + "-inner-arn")),
                    statement("report-missed-to", Map.of("missed", slice + "-missed-arn")))) {
                TemplateTree.add(policy, statement, "PolicyDocument", "Statement");
            }
        }
    }

    private void feed(FunctionKind kind, List<Node> effects, List<Node> maintenance) {
        List<Node> statements = new ArrayList<>(List.of(statement("repair-gaps"), statement("write-rows")));
        statements.addAll(effects);
        statements.add(statement("read-feed"));
        statements.add(statement("subscribe-to-shards"));
        statements.add(statement("report-failures"));
        function(kind, statements);
        merge(
                "feed.yaml",
                Map.of(
                        "visibility", String.valueOf(6 * timeout(FunctionKind.MAINTENANCE)),
                        "feedVisibility", String.valueOf(6 * timeout(kind)),
                        "concurrency", String.valueOf(concurrency(kind))));
        if (facts.archives()) {
            setting("ENDS", TemplateTree.text(facts.ends()));
        }
        List<Node> reads = new ArrayList<>(maintenance);
        reads.add(statement("read-restored"));
        reads.add(statement("record-operations"));
        reads.add(statement("read-queue", Map.of("queue", "FailureQueue")));
        function(FunctionKind.MAINTENANCE, reads);
        merge(
                "maintenance.yaml",
                Map.of("maintenanceConcurrency", String.valueOf(concurrency(FunctionKind.MAINTENANCE))));
    }

    private void function(FunctionKind kind, List<Node> statements) {
        function(kind, statements, Map.of());
    }

    private void function(FunctionKind kind, List<Node> statements, Map<String, String> more) {
        functions.add(kind);
        words.add(kind.word());
        String id = places.get("Slice") + kind.idSuffix();
        functionIds.add(id);
        FunctionSettings settings = deployment.functions().get(kind.word());
        int reserved = concurrency(kind);
        if (reserved == 0) {
            merge("endpoint.yaml", Map.of());
        }
        Map<String, String> own = new HashMap<>(Map.of(
                "Function",
                id,
                "export",
                facts.slice().name() + kind.suffix(),
                "about",
                TemplateTree.fill(kind.about(), more),
                "timeout",
                String.valueOf(timeout(kind)),
                "concurrency",
                reserved == 0
                        ? "!If [Reserved, !Ref ReservedConcurrency, !Ref AWS::NoValue]"
                        : String.valueOf(reserved)));
        merge("function.yaml", own);
        if (settings != null && settings.memory() > 0) {
            TemplateTree.merge(
                    root,
                    TemplateTree.under(
                            "Resources." + id + ".Properties",
                            TemplateTree.mapping("MemorySize", TemplateTree.number(settings.memory()))));
        }
        MappingNode policy =
                (MappingNode) ((SequenceNode) TemplateTree.at(root, "Resources", id, "Properties", "Policies"))
                        .getValue()
                        .getFirst();
        statements.forEach(statement -> TemplateTree.add(policy, statement, "Statement"));
        TemplateTree.add(policy, statement("export-spans"), "Statement");
        if (facts.archives()) {
            TemplateTree.add(policy, statement("read-archive"), "Statement");
        }
    }

    private int timeout(FunctionKind kind) {
        FunctionSettings settings = deployment.functions().get(kind.word());
        return settings == null || settings.timeout() == 0 ? kind.timeout() : settings.timeout();
    }

    /** 0 if a parameter decides. */
    private int concurrency(FunctionKind kind) {
        FunctionSettings settings = deployment.functions().get(kind.word());
        return settings == null || settings.concurrency() == 0 ? kind.concurrency() : settings.concurrency();
    }

    private void routes() {
        if (facts.scopes().isEmpty()) {
            throw wrong(
                    deployment.routes().getFirst().place(),
                    "has a route, but the model names no actor who may call it: add 'actor' to the slice in the model");
        }
        FunctionKind kind = facts.isCommand() ? FunctionKind.HTTP : FunctionKind.QUERY;
        int milliseconds = Math.min((timeout(kind) + 2) * 1000, LONGEST_INTEGRATION);
        merge("integration.yaml", Map.of("milliseconds", String.valueOf(milliseconds)));
        int number = 1;
        for (Route route : deployment.routes()) {
            String source = "/*/" + route.method() + route.path().replaceAll("\\{[^}]*}", "*");
            merge(
                    "route.yaml",
                    Map.of(
                            "number",
                            number == 1 ? "" : String.valueOf(number),
                            "route",
                            route.method() + " " + route.path(),
                            "source",
                            source,
                            "scopes",
                            String.join(", ", facts.scopes())));
            number++;
        }
    }

    private void alarms() {
        merge("alarms.yaml", Map.of());
        int number = 1;
        for (String id : functionIds) {
            SequenceNode metrics = (SequenceNode)
                    fragment("alarm-metrics.yaml", Map.of("Function", id, "number", String.valueOf(number)));
            metrics.getValue()
                    .forEach(metric -> TemplateTree.add(
                            root, metric, "Resources", places.get("Slice") + "Failing", "Properties", "Metrics"));
            number++;
        }
        if (functions.contains(FunctionKind.MAINTENANCE)) {
            merge("feed-alarms.yaml", Map.of());
        }
        if (functions.contains(FunctionKind.TRANSLATION)) {
            merge("translation-alarms.yaml", Map.of());
        }
    }

    private void checkSettings() {
        deployment.functions().forEach((word, settings) -> {
            if (!words.contains(word)) {
                throw wrong(settings.place(), "has no function '" + word + "'; it has " + String.join(", ", words));
            }
        });
    }

    private ModelException wrong(SourceLocation place, String sentence) {
        return new ModelException(
                place,
                "The slice " + facts.model().context() + "/" + facts.slice().name() + " " + sentence + ".");
    }

    private void setting(String name, Node value) {
        TemplateTree.merge(root, TemplateTree.under(ENVIRONMENT, TemplateTree.mapping(name, value)));
    }

    private String exportName(String what) {
        return "storyline-${Stage}-" + facts.model().context() + "-" + what;
    }

    private void merge(String fragment, Map<String, String> more) {
        TemplateTree.merge(root, (MappingNode) fragment(fragment, more));
    }

    private Node fragment(String name, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(places);
        all.putAll(more);
        return TemplateTree.fragment(name, all);
    }

    private Node statement(String name) {
        return statement(name, Map.of());
    }

    private Node statement(String name, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(UNUSED);
        all.putAll(more);
        for (NodeTuple tuple : ((MappingNode) fragment("statements.yaml", all)).getValue()) {
            if (TemplateTree.key(tuple).equals(name)) {
                Node statement = tuple.getValueNode();
                statement.setBlockComments(TemplateTree.comments(tuple.getKeyNode()));
                return statement;
            }
        }
        throw new IllegalStateException("There is no statement " + name + ".");
    }

    private String description() {
        String about = facts.slice().about().strip();
        about = about.endsWith(".") ? about.substring(0, about.length() - 1) : about;
        String start = "Storyline, slice " + facts.model().context() + "/"
                + facts.slice().name();
        String text = about.isEmpty() ? start : start + ": " + about;
        return text.length() > LONGEST_DESCRIPTION ? text.substring(0, LONGEST_DESCRIPTION) : text;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** {@code make-wish} as {@code MakeWish}. */
    private static String pascal(String kebab) {
        StringBuilder text = new StringBuilder();
        for (String word : kebab.split("[-_]")) {
            text.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return text.toString();
    }

    private static String constant(String kebab) {
        return kebab.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
