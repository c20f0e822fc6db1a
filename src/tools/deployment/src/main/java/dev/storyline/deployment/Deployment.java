package dev.storyline.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the templates of a repository deploy.
 *
 * @param functions every function, in the order of folders and templates
 * @param tables every table
 * @param routes every route of the HTTP APIs
 * @param feeds every mapping from a table's change stream to a function
 * @param queues every queue
 * @param queueFeeds every mapping from a queue to a function
 * @param rules every rule from a bus to a queue
 * @param schedules every function that is invoked at a rate
 * @param births every function that is told once, before its feed begins, that it is deployed
 */
public record Deployment(
        List<FunctionSpec> functions,
        List<Table> tables,
        List<Route> routes,
        List<Feed> feeds,
        List<Queue> queues,
        List<QueueFeed> queueFeeds,
        List<EventRule> rules,
        List<Schedule> schedules,
        List<String> births) {
    /** The region that the local cloud stands in for. */
    public static final String REGION = "us-east-1";

    /** The account that the local cloud stands in for. */
    public static final String ACCOUNT = "000000000000";

    /** Who issues tokens for the local cloud, unless the parameter {@code JwtIssuer} is told: no template has a default for it. */
    public static final String ISSUER = "https://issuer.local";

    /** What tokens for the local cloud are meant for, unless the parameter {@code JwtAudience} is told. */
    public static final String AUDIENCE = "storyline";

    private static final Pattern RATE = Pattern.compile("rate\\((\\d{1,4}) (minute|hour|day)s?\\)");

    /**
     * A function.
     *
     * @param arn its ARN
     * @param slice {@code wishes/make-wish}
     * @param folder the slice's folder
     * @param export the name of its {@code @Funq} method
     * @param environment its settings
     * @param runtime {@code java25} or {@code provided.al2023}
     * @param timeout the longest that an invocation may take
     * @param memoryMegabytes what it may use
     * @param handler the class and method that Lambda calls
     * @param concurrency how many invocations of it may run at once; 0 where its template sets no bound
     * @param policy what it may do to what
     */
    public record FunctionSpec(
            String arn,
            String slice,
            Path folder,
            String export,
            Map<String, String> environment,
            String runtime,
            Duration timeout,
            int memoryMegabytes,
            String handler,
            int concurrency,
            Policy policy) {
        /** The context of its slice, {@code wishes}. */
        public String context() {
            return slice.substring(0, slice.indexOf('/'));
        }
    }

    /**
     * A table.
     *
     * @param name its name
     * @param attributes attribute name to type
     * @param keys attribute name to key type, in order
     * @param indexes its global secondary indexes
     * @param stream what its change stream shows, {@code NEW_IMAGE}; empty where it has none
     * @param streamArn the ARN by which templates know the stream
     * @param kinesisArn the ARN of the Kinesis stream that tells the same changes; empty where there is none
     */
    public record Table(
            String name,
            Map<String, String> attributes,
            Map<String, String> keys,
            List<Index> indexes,
            String stream,
            String streamArn,
            String kinesisArn) {
        /** A table without a Kinesis stream. */
        public Table(
                String name,
                Map<String, String> attributes,
                Map<String, String> keys,
                List<Index> indexes,
                String stream,
                String streamArn) {
            this(name, attributes, keys, indexes, stream, streamArn, "");
        }

        /** Whether it has a change stream. */
        public boolean streamed() {
            return !stream.isEmpty();
        }

        /** Whether a feed that reads this ARN hears of its changes. */
        boolean tells(String source) {
            return streamed() && (source.equals(streamArn) || (!source.isEmpty() && source.equals(kinesisArn)));
        }
    }

    /**
     * A global secondary index.
     *
     * @param name its name
     * @param keys attribute name to key type, in order
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param included the attributes of {@code INCLUDE}
     */
    public record Index(String name, Map<String, String> keys, String projection, List<String> included) {}

    /**
     * A route.
     *
     * @param method the HTTP method
     * @param path the path with its parameters in braces
     * @param function the ARN of the function that serves it
     * @param authorized whether the API asks for a token
     * @param scopes any one of which the token must have, {@code wishes/child}; none where every token will do
     */
    public record Route(String method, String path, String function, boolean authorized, List<String> scopes) {
        public Route {
            scopes = List.copyOf(scopes);
        }

        /** A route for everybody. */
        public Route(String method, String path, String function) {
            this(method, path, function, false, List.of());
        }
    }

    /**
     * An event source mapping.
     *
     * @param name slice and logical id
     * @param function the ARN of the function that is fed
     * @param source the ARN of the stream, a table's own or one of Kinesis
     * @param batchSize the most records in a batch
     * @param bisect whether a batch that fails whole is split
     * @param partial whether the function's answer tells which records failed
     * @param retries how often a batch is tried again; -1 without end
     * @param oldestSeconds the age at which records are given up; -1 for never
     * @param onFailure the ARN of the queue that is told what was given up; empty where nobody is
     */
    public record Feed(
            String name,
            String function,
            String source,
            int batchSize,
            boolean bisect,
            boolean partial,
            int retries,
            int oldestSeconds,
            String onFailure) {}

    /**
     * A queue.
     *
     * @param arn its ARN
     * @param maxReceives how often a message is delivered; 0 without end
     * @param deadLetters the ARN of the queue for messages that were delivered that often; empty where there is none
     */
    public record Queue(String arn, int maxReceives, String deadLetters) {}

    /**
     * A mapping from a queue to a function.
     *
     * @param name slice and logical id
     * @param function the ARN of the function
     * @param queue the ARN of the queue
     * @param batchSize the most messages in a batch
     */
    public record QueueFeed(String name, String function, String queue, int batchSize) {}

    /**
     * A rule of a bus.
     *
     * @param bus the bus's name
     * @param sources the sources of the events that it matches
     * @param types their types
     * @param target the ARN of the queue that gets them
     */
    public record EventRule(String bus, List<String> sources, List<String> types, String target) {}

    /**
     * A schedule.
     *
     * @param name slice and logical id
     * @param rate how long it waits each time
     * @param function the ARN of the function
     * @param input what the function gets
     */
    public record Schedule(String name, Duration rate, String function, JsonNode input) {}

    /**
     * Reads {@code infra/*.yaml} and {@code functions/<context>/<slice>/template.yaml} under a root.
     *
     * @throws TemplateException if a template cannot be used, or if two serve one route
     */
    public static Deployment read(Path root) {
        return read(root, Map.of());
    }

    /**
     * Reads the templates of some contexts, or of all if none is named.
     *
     * @throws TemplateException if they are not as they should be
     */
    public static Deployment read(Path root, Set<String> contexts) {
        return read(root, Map.of(), contexts);
    }

    /**
     * Reads the templates, with other values than the defaults for some of their parameters.
     *
     * @param parameters by name, for every template that has a parameter of the name
     * @throws TemplateException if they are not as they should be, no template has such a parameter or one does not allow it
     */
    public static Deployment read(Path root, Map<String, String> parameters) {
        return read(root, parameters, Set.of());
    }

    /**
     * Reads the templates of some contexts, or of all if none is named. Imports from the infra of other contexts are
     * resolved, but nothing of those contexts is deployed.
     *
     * @throws TemplateException as above, or if there is no such context
     */
    public static Deployment read(Path root, Map<String, String> parameters, Set<String> named) {
        for (String context : named) {
            if (!Files.isDirectory(root.resolve("functions").resolve(context))) {
                throw new TemplateException(
                        "There is no context '" + context + "' under " + root.resolve("functions") + ".");
            }
        }
        Predicate<String> contexts = context -> named.isEmpty() || named.contains(context);
        Map<String, String> exports = new HashMap<>();
        Exports lookup = new Exports(exports);
        List<Template> infra = new ArrayList<>();
        List<Template> elsewhere = new ArrayList<>();
        List<Template> slices = new ArrayList<>();
        for (Path file : files(root.resolve("infra"), 1, ".yaml")) {
            boolean deployed = contexts.test(file.getFileName().toString().replace(".yaml", ""));
            (deployed ? infra : elsewhere).add(Template.read(file, lookup::get, parameters));
        }
        for (Path file : files(root.resolve("functions"), 3, "template.yaml")) {
            if (!contexts.test(
                    root.resolve("functions").relativize(file).getName(0).toString())) {
                continue;
            }
            slices.add(Template.read(file, lookup::get, parameters));
        }
        // A context that was named is there, although it may have no slice yet.
        if (slices.isEmpty() && named.isEmpty()) {
            throw new TemplateException("There are no slices under " + root.resolve("functions")
                    + ": start in the folder of a Storyline repository.");
        }
        for (String name : parameters.keySet()) {
            if (Stream.concat(infra.stream(), slices.stream()).allMatch(template -> template.told(name) == null)) {
                throw new TemplateException("No template has the parameter '" + name + "'.");
            }
        }
        elsewhere.forEach(template -> exports.putAll(template.exports()));
        infra.forEach(template -> exports.putAll(template.exports()));
        slices.forEach(template -> exports.putAll(template.exports()));
        Deployment deployment = new Deployment(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        infra.forEach(template ->
                template.resources("AWS::DynamoDB::Table").forEach(id -> deployment.tables.add(table(template, id))));
        slices.forEach(deployment::add);
        deployment.check();
        return deployment;
    }

    private record Exports(Map<String, String> values) {
        @Nullable
        String get(String name) {
            return values.get(name);
        }
    }

    /** The files under a folder whose names end so, in order. */
    static List<Path> files(Path folder, int depth, String ending) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, depth)) {
            return files.filter(file -> Objects.requireNonNull(file.getFileName())
                            .toString()
                            .endsWith(ending))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void add(Template template) {
        Path folder = template.file().resolveSibling("");
        String slice = folder.resolveSibling("").getFileName() + "/" + folder.getFileName();
        template.resources("AWS::DynamoDB::Table").forEach(id -> tables.add(table(template, id)));
        for (String id : template.resources("AWS::Serverless::Function")) {
            Map<String, String> environment = new LinkedHashMap<>();
            texts(template.global("Environment", "Variables")).forEach(environment::put);
            texts(template.property(id, "Environment", "Variables")).forEach(environment::put);
            String export = environment.get("QUARKUS_FUNQY_EXPORT");
            if (export == null) {
                throw template.trouble("Resources." + id, "needs QUARKUS_FUNQY_EXPORT in its environment");
            }
            functions.add(new FunctionSpec(
                    arn(template.functionName(id)),
                    slice,
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
                            problem -> template.trouble("Resources." + id + ".Policies", problem))));
        }
        Map<String, String> integrations = new HashMap<>();
        for (String id : template.resources("AWS::ApiGatewayV2::Integration")) {
            integrations.put("integrations/" + id, template.text(id, "IntegrationUri"));
        }
        for (String id : template.resources("AWS::ApiGatewayV2::Route")) {
            String key = template.text(id, "RouteKey");
            String function = integrations.get(template.text(id, "Target"));
            if (!key.matches("[A-Z]+ /\\S*") || key.startsWith("ANY ") || key.contains("+}") || function == null) {
                throw template.trouble(
                        "Resources." + id, "needs a RouteKey like 'GET /a/{b}' and a Target of this template");
            }
            routes.add(route(template, id, key, function));
        }
        for (String id : template.resources("AWS::Lambda::EventSourceMapping")) {
            addMapping(template, slice, id);
        }
        for (String id : template.resources("AWS::SQS::Queue")) {
            queues.add(new Queue(
                    template.arn(id),
                    number(template, id, 0, "RedrivePolicy", "maxReceiveCount"),
                    text(template.property(id, "RedrivePolicy", "deadLetterTargetArn"))));
        }
        template.resources("AWS::Events::Rule").forEach(id -> addRule(template, slice, id));
        template.resources("Custom::Birth").forEach(id -> births.add(template.text(id, "ServiceToken")));
    }

    private static Route route(Template template, String id, String key, String function) {
        String authorization = text(template.property(id, "AuthorizationType"));
        if (!Set.of("", "NONE", "JWT").contains(authorization)) {
            throw template.trouble("Resources." + id, "has an AuthorizationType that is neither JWT nor NONE");
        }
        int space = key.indexOf(' ');
        return new Route(
                key.substring(0, space),
                key.substring(space + 1),
                function,
                authorization.equals("JWT"),
                texts(list(template.property(id, "AuthorizationScopes"))));
    }

    /** A function's own setting, or that of all functions of its template. */
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
        for (Object target : list(template.property(id, "Targets"))) {
            String arn = field(target, "Arn");
            if (schedule.isEmpty()) {
                rules.add(new EventRule(
                        template.text(id, "EventBusName"),
                        texts(list(template.property(id, "EventPattern", "source"))),
                        texts(list(template.property(id, "EventPattern", "detail-type"))),
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
            throw template.trouble(
                    "Resources." + id, "needs a ScheduleExpression like rate(1 minute), not " + expression);
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
            throw template.trouble("Resources." + id, "has an Input that is no JSON");
        }
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private static String arn(String function) {
        return "arn:aws:lambda:" + REGION + ":" + ACCOUNT + ":function:" + function;
    }

    private static int number(Template template, String id, int otherwise, String... path) {
        Object value = template.property(id, path);
        try {
            return value == null ? otherwise : Integer.parseInt(value.toString());
        } catch (NumberFormatException e) {
            throw template.trouble(
                    "Resources." + id + "." + String.join(".", path), "must be a whole number, not " + value);
        }
    }

    private static Table table(Template template, String id) {
        Map<String, String> attributes =
                pairs(template.property(id, "AttributeDefinitions"), "AttributeName", "AttributeType");
        Map<String, String> keys = pairs(template.property(id, "KeySchema"), "AttributeName", "KeyType");
        if (attributes.isEmpty() || keys.isEmpty()) {
            throw template.trouble("Resources." + id, "needs AttributeDefinitions and a KeySchema");
        }
        Object name = template.property(id, "TableName");
        if (name == null) {
            throw template.trouble("Resources." + id, "needs a TableName, or the local cloud cannot find it again");
        }
        return new Table(
                name.toString(),
                attributes,
                keys,
                list(template.property(id, "GlobalSecondaryIndexes")).stream()
                        .map(Deployment::index)
                        .toList(),
                field(template.property(id, "StreamSpecification"), "StreamViewType"),
                "arn:aws:dynamodb:" + REGION + ":" + ACCOUNT + ":table/" + name + "/stream/local",
                field(template.property(id, "KinesisStreamSpecification"), "StreamArn"));
    }

    private static Index index(Object index) {
        Object projection = index instanceof Map<?, ?> fields ? fields.get("Projection") : null;
        Object included = projection instanceof Map<?, ?> fields ? fields.get("NonKeyAttributes") : null;
        return new Index(
                field(index, "IndexName"),
                pairs(index instanceof Map<?, ?> fields ? fields.get("KeySchema") : null, "AttributeName", "KeyType"),
                field(projection, "ProjectionType"),
                list(included).stream().map(String::valueOf).toList());
    }

    static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static Map<String, String> pairs(@Nullable Object list, String name, String value) {
        Map<String, String> pairs = new LinkedHashMap<>();
        list(list).forEach(one -> pairs.put(field(one, name), field(one, value)));
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

    private void check() {
        Map<String, Route> seen = new HashMap<>();
        for (Route route : routes) {
            if (seen.put(route.method() + " " + route.path().replaceAll("\\{[^}]*}", "{}"), route) != null) {
                throw new TemplateException("Two slices serve the route " + route.method() + " " + route.path() + ".");
            }
            function(route.function());
        }
        for (Feed feed : feeds) {
            function(feed.function());
            table(feed);
            if (!feed.onFailure().isEmpty()) {
                queue(feed.onFailure());
            }
        }
        for (QueueFeed feed : queueFeeds) {
            function(feed.function());
            queue(feed.queue());
        }
        rules.forEach(rule -> queue(rule.target()));
        schedules.forEach(schedule -> function(schedule.function()));
        births.forEach(this::function);
    }

    /** The table whose changes a feed tells, by its change stream or by Kinesis. */
    public Table table(Feed feed) {
        return tables.stream()
                .filter(table -> table.tells(feed.source()))
                .findFirst()
                .orElseThrow(() -> new TemplateException("The feed " + feed.name() + " reads " + feed.source()
                        + ", which is no table's change stream."));
    }

    /** The function with this ARN. */
    public FunctionSpec function(String arn) {
        return functions.stream()
                .filter(function -> function.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new TemplateException("No template has the function " + arn + "."));
    }

    /** The queue with this ARN. */
    public Queue queue(String arn) {
        return queues.stream()
                .filter(queue -> queue.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new TemplateException("No template has the queue " + arn + "."));
    }

    /** The slices, once each. */
    public List<String> slices() {
        return functions.stream().map(FunctionSpec::slice).distinct().toList();
    }
}
