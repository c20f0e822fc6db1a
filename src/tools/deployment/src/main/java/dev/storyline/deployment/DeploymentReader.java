package dev.storyline.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment.EventRule;
import dev.storyline.deployment.Deployment.Feed;
import dev.storyline.deployment.Deployment.FunctionSpec;
import dev.storyline.deployment.Deployment.Index;
import dev.storyline.deployment.Deployment.Queue;
import dev.storyline.deployment.Deployment.QueueFeed;
import dev.storyline.deployment.Deployment.Route;
import dev.storyline.deployment.Deployment.Schedule;
import dev.storyline.deployment.Deployment.Subscription;
import dev.storyline.deployment.Deployment.Table;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the templates of a repository into a {@link Deployment}. */
final class DeploymentReader {
    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,4}) (minute|hour|day)s?\\)");

    private final Path root;
    private final Map<String, String> parameters;
    private final Map<String, String> given;
    private final Set<String> named;
    private Map<String, String> defaults = Map.of();
    private final Map<String, String> exports = new HashMap<>();
    private final List<FunctionSpec> functions = new ArrayList<>();
    private final List<Table> tables = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Feed> feeds = new ArrayList<>();
    private final List<Queue> queues = new ArrayList<>();
    private final List<QueueFeed> queueFeeds = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private final List<EventRule> rules = new ArrayList<>();
    private final List<Schedule> schedules = new ArrayList<>();
    private final List<String> births = new ArrayList<>();
    private final List<Deployment.Role> roles = new ArrayList<>();
    private final List<Policy.Statement> operators = new ArrayList<>();

    /** The cross-origin resource sharing of an API, by its id. An API without it has no entry. */
    private final Map<String, Cors> cors = new HashMap<>();

    /**
     * Creates a reader of the templates under a root.
     *
     * @param given values that replace defaults, by name
     * @param kept values that replace defaults where none is given and a template has the parameter
     * @param named the contexts to read; empty for all contexts
     */
    DeploymentReader(Path root, Map<String, String> given, Map<String, String> kept, Set<String> named) {
        this.root = root;
        this.given = given;
        this.parameters = new HashMap<>(kept);
        this.parameters.putAll(given);
        this.named = named;
    }

    /** Replaces defaults of templates that have these parameters, where no value is given. */
    DeploymentReader otherwise(Map<String, String> others) {
        defaults = others;
        return this;
    }

    private Map<String, String> told() {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(parameters);
        return all;
    }

    Deployment read() {
        for (String context : named) {
            if (!Files.isDirectory(root.resolve("functions").resolve(context))) {
                throw new TemplateException(
                        "There is no context '" + context + "' under " + root.resolve("functions") + ".");
            }
        }
        List<Template> elsewhere = new ArrayList<>();
        List<Template> infra = infra(elsewhere);
        List<Template> slices = slices();
        // A named context exists even if it does not have a slice yet.
        if (slices.isEmpty() && named.isEmpty()) {
            throw new TemplateException("There are no slices under " + root.resolve("functions")
                    + ": start in the folder of a Storyline repository.");
        }
        for (String name : given.keySet()) {
            if (Stream.concat(infra.stream(), slices.stream()).allMatch(template -> template.told(name) == null)) {
                throw new TemplateException("No template has the parameter '" + name + "'.");
            }
        }
        elsewhere.forEach(template -> exports.putAll(template.exports()));
        infra.forEach(template -> exports.putAll(template.exports()));
        slices.forEach(template -> exports.putAll(template.exports()));
        infra.forEach(this::addShared);
        slices.forEach(this::add);
        Deployment deployment = new Deployment(
                functions,
                tables,
                routes,
                feeds,
                queues,
                queueFeeds,
                subscriptions,
                rules,
                schedules,
                births,
                roles,
                new Policy(operators));
        check(deployment);
        return deployment;
    }

    private boolean isAsked(String context) {
        return named.isEmpty() || named.contains(context);
    }

    /**
     * Returns the shared resources of the requested contexts. The shared resources of other contexts provide exports
     * only.
     */
    private List<Template> infra(List<Template> elsewhere) {
        List<Template> infra = new ArrayList<>();
        // Contexts share templates, and the first start of a machine waits for each that is parsed.
        Map<String, TemplateFile> files = new HashMap<>();
        InfraSettings.read(root).contexts().forEach((context, environment) -> {
            TemplateFile file = files.computeIfAbsent(environment.template(), _ -> environment.file(root, context));
            (isAsked(context) ? infra : elsewhere)
                    .add(new Template(file.of(context), exports::get, environment.with(told())));
        });
        return infra;
    }

    private List<Template> slices() {
        return TemplateFile.sliceTemplates(root).parallelStream()
                .filter(file -> isAsked(
                        root.resolve("functions").relativize(file).getName(0).toString()))
                .map(file -> new Template(TemplateFile.ofSlice(file), exports::get, told()))
                .toList();
    }

    /** Adds the tables of a context, and its functions with what invokes them. */
    private void addShared(Template template) {
        template.resources("AWS::DynamoDB::Table").forEach(id -> tables.add(table(template, id)));
        template.resources("AWS::ApiGatewayV2::Api").forEach(id -> addCors(template, id));
        template.resources("AWS::IAM::ManagedPolicy").forEach(id -> operators.addAll(managed(template, id)));
        Path folder = template.source().file().resolveSibling("");
        List<FunctionSpec> shared = functions(template, folder, "");
        functions.addAll(shared);
        if (!shared.isEmpty()) {
            addMappings(template, shared.getFirst().slice());
        }
    }

    /** Returns the statements of a policy that stands for itself: that of the operators. */
    private static List<Policy.Statement> managed(Template template, String id) {
        return Policy.read(
                        template.property(id, "PolicyDocument"),
                        problem -> template.source().problem("Resources." + id + ".PolicyDocument", problem))
                .statements();
    }

    private void addMappings(Template template, String slice) {
        for (String id : template.resources("AWS::Lambda::EventSourceMapping")) {
            addMapping(template, slice, id);
        }
        for (String id : template.resources("AWS::SQS::Queue")) {
            queues.add(new Queue(
                    template.arn(id),
                    number(template, id, 0, "RedrivePolicy", "maxReceiveCount"),
                    text(template.property(id, "RedrivePolicy", "deadLetterTargetArn"))));
        }
    }

    private void add(Template template) {
        Path folder = template.source().file().resolveSibling("");
        String slice = folder.resolveSibling("").getFileName() + "/" + folder.getFileName();
        template.resources("AWS::DynamoDB::Table").forEach(id -> tables.add(table(template, id)));
        functions.addAll(functions(template, folder, slice));
        addRoutes(template);
        addMappings(template, slice);
        for (String id : template.resources("AWS::SNS::Subscription")) {
            subscriptions.add(new Subscription(template.text(id, "TopicArn"), template.text(id, "Endpoint")));
        }
        template.resources("AWS::Events::Rule").forEach(id -> addRule(template, slice, id));
        template.resources("AWS::IAM::Role").forEach(id -> roles.add(role(template, id)));
        template.resources("Custom::Birth").forEach(id -> births.add(template.text(id, "ServiceToken")));
    }

    private static Deployment.Role role(Template template, String id) {
        List<Object> documents = new ArrayList<>();
        for (Object policy : TemplateFile.list(template.property(id, "Policies"))) {
            documents.add(policy instanceof Map<?, ?> fields ? fields.get("PolicyDocument") : policy);
        }
        return new Deployment.Role(
                template.arn(id),
                Policy.read(documents, problem -> template.source().problem("Resources." + id + ".Policies", problem)));
    }

    /**
     * Returns the functions of a template.
     *
     * @param slice the slice; if it is empty, the setting {@code SLICE} of each function names it
     */
    private static List<FunctionSpec> functions(Template template, Path folder, String slice) {
        List<FunctionSpec> functions = new ArrayList<>();
        for (String id : template.resources("AWS::Serverless::Function")) {
            Map<String, String> environment = new LinkedHashMap<>();
            texts(template.global("Environment", "Variables")).forEach(environment::put);
            texts(template.property(id, "Environment", "Variables")).forEach(environment::put);
            String export = environment.get("QUARKUS_FUNQY_EXPORT");
            // The gateway itself serves the documents of contexts.
            if (export == null && slice.isEmpty()) {
                continue;
            }
            if (export == null) {
                throw template.source().problem("Resources." + id, "needs QUARKUS_FUNQY_EXPORT in its environment");
            }
            functions.add(new FunctionSpec(
                    arn(template.functionName(id)),
                    slice.isEmpty() ? environment.getOrDefault("SLICE", "") : slice,
                    folder,
                    export,
                    environment,
                    text(setting(template, id, "Runtime")),
                    Duration.ofSeconds(number(setting(template, id, "Timeout"), 3)),
                    number(setting(template, id, "MemorySize"), 128),
                    text(setting(template, id, "Handler")),
                    number(setting(template, id, "ReservedConcurrentExecutions"), 0),
                    Policy.read(
                            template.property(id, "Policies"),
                            problem -> template.source().problem("Resources." + id + ".Policies", problem)),
                    texts(template.property(id, "Tags"))));
        }
        return functions;
    }

    private void addRoutes(Template template) {
        Map<String, String> integrations = new HashMap<>();
        for (String id : template.resources("AWS::ApiGatewayV2::Integration")) {
            integrations.put("integrations/" + id, template.text(id, "IntegrationUri"));
        }
        for (String id : template.resources("AWS::ApiGatewayV2::Route")) {
            String key = template.text(id, "RouteKey");
            String function = integrations.get(template.text(id, "Target"));
            if (!key.matches("[A-Z]+ /\\S*") || key.startsWith("ANY ") || key.contains("+}") || function == null) {
                throw template.source()
                        .problem("Resources." + id, "needs a RouteKey like 'GET /a/{b}' and a Target of this template");
            }
            routes.add(route(template, id, key, function));
        }
    }

    private void addCors(Template template, String id) {
        if (template.property(id, "CorsConfiguration") instanceof Map<?, ?> settings) {
            cors.put(
                    template.name(id),
                    new Cors(
                            texts(TemplateFile.list(settings.get("AllowOrigins"))),
                            texts(TemplateFile.list(settings.get("AllowMethods"))),
                            texts(TemplateFile.list(settings.get("AllowHeaders"))),
                            texts(TemplateFile.list(settings.get("ExposeHeaders"))),
                            number(settings.get("MaxAge"), 0)));
        }
    }

    private Route route(Template template, String id, String key, String function) {
        String authorization = text(template.property(id, "AuthorizationType"));
        if (!Set.of("", "NONE", "JWT").contains(authorization)) {
            throw template.source().problem("Resources." + id, "has an AuthorizationType that is neither JWT nor NONE");
        }
        int space = key.indexOf(' ');
        return new Route(
                key.substring(0, space),
                key.substring(space + 1),
                function,
                authorization.equals("JWT"),
                texts(TemplateFile.list(template.property(id, "AuthorizationScopes"))),
                cors.get(text(template.property(id, "ApiId"))));
    }

    /** Returns a function's own setting, or else the setting in the Globals of its template. */
    private static @Nullable Object setting(Template template, String id, String name) {
        Object own = template.property(id, name);
        return own == null ? template.global(name) : own;
    }

    private static int number(@Nullable Object value, int otherwise) {
        return value == null ? otherwise : Integer.parseInt(value.toString());
    }

    private void addMapping(Template template, String slice, String id) {
        String named = template.text(id, "FunctionName");
        String function = named.startsWith("arn:") ? named : arn(named);
        String source = template.text(id, "EventSourceArn");
        int batchSize = number(template, id, 100, "BatchSize");
        if (source.startsWith("arn:aws:sqs:")) {
            queueFeeds.add(new QueueFeed(slice + "/" + id, function, source, batchSize));
            return;
        }
        feeds.add(new Feed(
                slice + "/" + id,
                function,
                source,
                batchSize,
                Boolean.parseBoolean(String.valueOf(template.property(id, "BisectBatchOnFunctionError"))),
                String.valueOf(template.property(id, "FunctionResponseTypes")).contains("ReportBatchItemFailures"),
                number(template, id, -1, "MaximumRetryAttempts"),
                number(template, id, -1, "MaximumRecordAgeInSeconds"),
                text(template.property(id, "DestinationConfig", "OnFailure", "Destination"))));
    }

    private void addRule(Template template, String slice, String id) {
        String schedule = text(template.property(id, "ScheduleExpression"));
        for (Object target : TemplateFile.list(template.property(id, "Targets"))) {
            String arn = field(target, "Arn");
            if (schedule.isEmpty()) {
                rules.add(new EventRule(
                        template.text(id, "EventBusName"),
                        texts(TemplateFile.list(template.property(id, "EventPattern", "source"))),
                        texts(TemplateFile.list(template.property(id, "EventPattern", "detail-type"))),
                        arn));
            } else {
                schedules.add(new Schedule(
                        slice + "/" + id,
                        rate(template, id, schedule),
                        arn,
                        input(template, id, field(target, "Input"))));
            }
        }
    }

    private static Duration rate(Template template, String id, String expression) {
        Matcher rate = RATE.matcher(expression);
        if (!rate.matches()) {
            throw template.source()
                    .problem("Resources." + id, "needs a ScheduleExpression like rate(1 minute), not " + expression);
        }
        int count = Integer.parseInt(rate.group(1));
        return switch (rate.group(2)) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            default -> Duration.ofDays(count);
        };
    }

    private static JsonNode input(Template template, String id, String text) {
        try {
            return Json.mapper().readTree(text.isEmpty() ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw template.source().problem("Resources." + id, "has an Input that is no JSON");
        }
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String arn(String function) {
        return "arn:aws:lambda:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":function:" + function;
    }

    private static int number(Template template, String id, int otherwise, String... path) {
        Object value = template.property(id, path);
        try {
            return value == null ? otherwise : Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw template.source()
                    .problem("Resources." + id + "." + String.join(".", path), "must be a whole number, not " + value);
        }
    }

    private static Table table(Template template, String id) {
        Map<String, String> attributes =
                pairs(template.property(id, "AttributeDefinitions"), "AttributeName", "AttributeType");
        Map<String, String> keys = pairs(template.property(id, "KeySchema"), "AttributeName", "KeyType");
        if (attributes.isEmpty() || keys.isEmpty()) {
            throw template.source().problem("Resources." + id, "needs AttributeDefinitions and a KeySchema");
        }
        Object name = template.property(id, "TableName");
        if (name == null) {
            throw template.source()
                    .problem("Resources." + id, "needs a TableName, or the local cloud cannot find it again");
        }
        return new Table(
                name.toString(),
                attributes,
                keys,
                TemplateFile.list(template.property(id, "GlobalSecondaryIndexes")).stream()
                        .map(DeploymentReader::index)
                        .toList(),
                field(template.property(id, "StreamSpecification"), "StreamViewType"),
                "arn:aws:dynamodb:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":table/" + name + "/stream/local",
                field(template.property(id, "KinesisStreamSpecification"), "StreamArn"));
    }

    private static Index index(Object index) {
        Object projection = index instanceof Map<?, ?> fields ? fields.get("Projection") : null;
        Object included = projection instanceof Map<?, ?> fields ? fields.get("NonKeyAttributes") : null;
        return new Index(
                field(index, "IndexName"),
                pairs(index instanceof Map<?, ?> fields ? fields.get("KeySchema") : null, "AttributeName", "KeyType"),
                field(projection, "ProjectionType"),
                TemplateFile.list(included).stream().map(String::valueOf).toList());
    }

    private static Map<String, String> pairs(@Nullable Object list, String name, String value) {
        Map<String, String> pairs = new LinkedHashMap<>();
        TemplateFile.list(list).forEach(one -> pairs.put(field(one, name), field(one, value)));
        return pairs;
    }

    private static String field(@Nullable Object map, String name) {
        return map instanceof Map<?, ?> fields && fields.get(name) != null ? String.valueOf(fields.get(name)) : "";
    }

    private static Map<String, String> texts(@Nullable Object map) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (map instanceof Map<?, ?> values) {
            values.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        }
        return texts;
    }

    /** Checks that every reference to a function, a queue or a table resolves. */
    private static void check(Deployment deployment) {
        Map<String, Route> seen = new HashMap<>();
        for (Route route : deployment.routes()) {
            if (seen.put(route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}"), route) != null) {
                throw new TemplateException("Two slices serve the route " + route.method() + " " + route.path() + ".");
            }
            deployment.function(route.function());
        }
        for (Feed feed : deployment.feeds()) {
            deployment.function(feed.function());
            deployment.table(feed);
            if (!feed.onFailure().isEmpty()) {
                deployment.queue(feed.onFailure());
            }
        }
        for (QueueFeed feed : deployment.queueFeeds()) {
            deployment.function(feed.function());
            deployment.queue(feed.queue());
        }
        deployment.subscriptions().forEach(subscription -> deployment.queue(subscription.queue()));
        deployment.rules().forEach(rule -> deployment.queue(rule.target()));
        deployment.schedules().forEach(schedule -> deployment.function(schedule.function()));
        deployment.births().forEach(deployment::function);
    }
}
