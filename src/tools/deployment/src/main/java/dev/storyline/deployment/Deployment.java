package dev.storyline.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The resources that the templates of a repository deploy.
 *
 * @param functions all functions, in the order of folders and templates
 * @param tables all tables
 * @param routes all routes of the HTTP APIs
 * @param feeds all mappings from a change stream of a table to a function
 * @param queues all queues
 * @param queueFeeds all mappings from a queue to a function
 * @param subscriptions all subscriptions of queues to topics
 * @param rules all rules that route events from a bus to a queue
 * @param schedules all functions that are invoked at a fixed rate
 * @param births all functions that are notified of their deployment once, before their feed begins
 * @param roles all roles of schedules that slices create
 * @param operators what the contexts let their operators do
 */
public record Deployment(
        List<FunctionSpec> functions,
        List<Table> tables,
        List<Route> routes,
        List<Feed> feeds,
        List<Queue> queues,
        List<QueueFeed> queueFeeds,
        List<Subscription> subscriptions,
        List<EventRule> rules,
        List<Schedule> schedules,
        List<String> births,
        List<Role> roles,
        Policy operators) {
    /** Creates a deployment whose operators may do nothing. */
    public Deployment(
            List<FunctionSpec> functions,
            List<Table> tables,
            List<Route> routes,
            List<Feed> feeds,
            List<Queue> queues,
            List<QueueFeed> queueFeeds,
            List<Subscription> subscriptions,
            List<EventRule> rules,
            List<Schedule> schedules,
            List<String> births,
            List<Role> roles) {
        this(
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
                Policy.NONE);
    }

    /** The region that the local cloud uses. */
    public static final String REGION = "us-east-1";

    /** The account that the local cloud uses. */
    public static final String ACCOUNT = "000000000000";

    /**
     * The issuer of tokens for the local cloud, unless the parameter {@code JwtIssuer} is set. No template has a
     * default for it.
     */
    public static final String ISSUER = "https://issuer.local";

    /** The audience of tokens for the local cloud, unless the parameter {@code JwtAudience} is set. */
    public static final String AUDIENCE = "storyline";

    /** The parameter that says how slices learn of commits. */
    public static final String FEED = "Feed";

    /** The setting of a distributor: the ARN of the topic to which it publishes commits. */
    public static final String COMMIT_TOPIC = "COMMIT_TOPIC";

    /** The settings of functions that hold the addresses of other systems begin with this. */
    private static final String PORT = "PORT_";

    /** Where nobody is to be called, the setting has this value. */
    private static final String NOBODY = "none";

    /**
     * Returns the same for this machine: nobody is called where no address is given. On AWS an event waits until
     * somebody decides.
     */
    public Deployment onThisMachine() {
        return new Deployment(
                functions.stream().map(FunctionSpec::onThisMachine).toList(),
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
                operators);
    }

    /** Returns the ports that are not called, by the slice that would call them. */
    public Map<String, List<String>> uncalled() {
        Map<String, List<String>> uncalled = new TreeMap<>();
        functions.stream()
                .filter(function -> !function.uncalled().isEmpty())
                .forEach(function -> uncalled.put(function.slice(), function.uncalled()));
        return uncalled;
    }

    /**
     * A function.
     *
     * @param arn its ARN
     * @param slice {@code wishes/make-wish}; of a function of a context, {@code wishes/distributor}
     * @param folder the slice's folder; of a function of a context, {@code infra}
     * @param export the name of its {@code @Funq} method
     * @param environment its environment variables
     * @param runtime {@code java25} or {@code provided.al2023}
     * @param timeout the longest duration of an invocation
     * @param memoryMegabytes its memory limit
     * @param handler the class and method that Lambda invokes
     * @param concurrency the maximum number of concurrent invocations; 0 if its template sets no limit
     * @param policy the actions that it may perform, and the resources that it may perform them on
     * @param tags its tags, by which policies of others may name it
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
            Policy policy,
            Map<String, String> tags) {
        public FunctionSpec {
            tags = Map.copyOf(tags);
        }

        /** Creates a function without tags. */
        public FunctionSpec(
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
            this(
                    arn,
                    slice,
                    folder,
                    export,
                    environment,
                    runtime,
                    timeout,
                    memoryMegabytes,
                    handler,
                    concurrency,
                    policy,
                    Map.of());
        }

        private FunctionSpec onThisMachine() {
            Map<String, String> settings = new LinkedHashMap<>(environment);
            settings.replaceAll((name, value) -> name.startsWith(PORT) && value.isBlank() ? NOBODY : value);
            return new FunctionSpec(
                    arn,
                    slice,
                    folder,
                    export,
                    settings,
                    runtime,
                    timeout,
                    memoryMegabytes,
                    handler,
                    concurrency,
                    policy,
                    tags);
        }

        /** Returns the name that AWS gives it, the last part of its ARN. */
        public String name() {
            return arn.substring(arn.lastIndexOf(':') + 1);
        }

        /** Returns the ports that nobody answers, {@code accounting}: nobody is called. */
        List<String> uncalled() {
            return environment.entrySet().stream()
                    .filter(setting -> setting.getKey().startsWith(PORT)
                            && setting.getValue().equals(NOBODY))
                    .map(setting -> setting.getKey()
                            .substring(PORT.length())
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-'))
                    .toList();
        }

        /** Returns the context of its slice, {@code wishes}. */
        public String context() {
            return slice.substring(0, slice.indexOf('/'));
        }

        /** Checks whether this is a function of a slice, not one that the slices of a context share. */
        public boolean isOfSlice() {
            return folder.endsWith(slice) || !folder.endsWith("infra");
        }
    }

    /**
     * A table.
     *
     * @param name its name
     * @param attributes attribute name to type
     * @param keys attribute name to key type, in order
     * @param indexes its global secondary indexes
     * @param stream the view type of its change stream, {@code NEW_IMAGE}; empty if it has no change stream
     * @param streamArn the ARN of the change stream in templates
     * @param kinesisArn the ARN of the Kinesis stream that carries the same changes; empty if there is none
     */
    public record Table(
            String name,
            Map<String, String> attributes,
            Map<String, String> keys,
            List<Index> indexes,
            String stream,
            String streamArn,
            String kinesisArn) {
        /** Creates a table without a Kinesis stream. */
        public Table(
                String name,
                Map<String, String> attributes,
                Map<String, String> keys,
                List<Index> indexes,
                String stream,
                String streamArn) {
            this(name, attributes, keys, indexes, stream, streamArn, "");
        }

        /** Checks whether the table has a change stream. */
        public boolean streamed() {
            return !stream.isEmpty();
        }

        /** Checks whether a feed that reads this stream, or is this consumer of it, receives the changes of the table. */
        boolean tells(String source) {
            boolean kinesis = !kinesisArn.isEmpty()
                    && (source.equals(kinesisArn) || source.startsWith(kinesisArn + "/consumer/"));
            return streamed() && (source.equals(streamArn) || kinesis);
        }
    }

    /**
     * A global secondary index.
     *
     * @param name its name
     * @param keys attribute name to key type, in order
     * @param projection {@code ALL}, {@code KEYS_ONLY} or {@code INCLUDE}
     * @param included the attributes that {@code INCLUDE} projects
     */
    public record Index(String name, Map<String, String> keys, String projection, List<String> included) {}

    /**
     * A route.
     *
     * @param method the HTTP method
     * @param path the path with its parameters in braces
     * @param function the ARN of the function that serves it
     * @param authorized whether the API requires a token
     * @param scopes the accepted scopes, {@code wishes/child}; a token needs one of them; empty if the API accepts
     *     every token
     * @param cors which pages of other origins the API lets use it; null for none
     */
    public record Route(
            String method,
            String path,
            String function,
            boolean authorized,
            List<String> scopes,
            @Nullable Cors cors) {
        public Route {
            scopes = List.copyOf(scopes);
        }

        /** Creates a public route. */
        public Route(String method, String path, String function) {
            this(method, path, function, false, List.of(), null);
        }
    }

    /**
     * An event source mapping.
     *
     * @param name slice and logical id
     * @param function the ARN of the function that receives the records
     * @param source the ARN of the change stream of a table, of a Kinesis stream, or of a consumer of a Kinesis stream
     * @param batchSize the maximum number of records in a batch
     * @param bisect whether a failed batch is split
     * @param partial whether the function's response lists the records that failed
     * @param retries the maximum number of retries of a batch; -1 for no limit
     * @param oldestSeconds the age at which records are discarded; -1 for no limit
     * @param onFailure the ARN of the queue that is notified of discarded records; empty if there is none
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
     * @param maxReceives the maximum number of deliveries of a message; 0 for no limit
     * @param deadLetters the ARN of the dead-letter queue, which receives messages after {@code maxReceives}
     *     deliveries; empty if there is none
     */
    public record Queue(String arn, int maxReceives, String deadLetters) {}

    /**
     * A mapping from a queue to a function.
     *
     * @param name slice and logical id
     * @param function the ARN of the function
     * @param queue the ARN of the queue
     * @param batchSize the maximum number of messages in a batch
     */
    public record QueueFeed(String name, String function, String queue, int batchSize) {}

    /**
     * A subscription: the queue receives each message of the topic as it was published.
     *
     * @param topic the ARN of the topic
     * @param queue the ARN of the queue
     */
    public record Subscription(String topic, String queue) {}

    /**
     * A function that receives the commits of an event table.
     *
     * @param name the name of the mapping that invokes it: slice and logical id
     * @param function the ARN of the function
     * @param table the event table
     */
    public record Reader(String name, String function, Table table) {}

    /**
     * A rule of a bus.
     *
     * @param bus the bus's name
     * @param sources the event sources that it matches
     * @param types the event types that it matches
     * @param target the ARN of the queue that receives the events
     */
    public record EventRule(String bus, List<String> sources, List<String> types, String target) {}

    /**
     * A schedule.
     *
     * @param name slice and logical id
     * @param rate the interval between two invocations
     * @param function the ARN of the function
     * @param input the input of the function
     */
    public record Schedule(String name, Duration rate, String function, JsonNode input) {}

    /**
     * A role in which EventBridge Scheduler invokes functions.
     *
     * @param arn its ARN
     * @param policy the actions that it may perform, and the resources that it may perform them on
     */
    public record Role(String arn, Policy policy) {}

    /**
     * Reads the contexts of {@code infra/samconfig.toml} and {@code functions/<context>/<slice>/template.yaml} under a root.
     *
     * @throws TemplateException if a template is invalid, or if two templates define the same route
     */
    public static Deployment read(Path root) {
        return read(root, Map.of());
    }

    /**
     * Reads the templates of some contexts, or of all contexts if none is named.
     *
     * @throws TemplateException if a template is invalid
     */
    public static Deployment read(Path root, Set<String> contexts) {
        return read(root, Map.of(), contexts);
    }

    /**
     * Reads the templates, and replaces the defaults of some parameters.
     *
     * @param parameters values by parameter name, for every template that has the parameter
     * @throws TemplateException if a template is invalid, if no template has a parameter of this name, or if a template
     *     does not allow the value
     */
    public static Deployment read(Path root, Map<String, String> parameters) {
        return read(root, parameters, Set.of());
    }

    /**
     * Reads the templates of some contexts, or of all contexts if none is named. Imports from the shared resources of
     * other contexts are resolved, but those contexts are not deployed.
     *
     * @throws TemplateException as above, or if a context does not exist
     */
    public static Deployment read(Path root, Map<String, String> parameters, Set<String> named) {
        return read(root, parameters, Map.of(), named);
    }

    /**
     * Reads the templates as above, with kept values of parameters. A kept value of a parameter that no template has any
     * more does not count.
     *
     * @param kept values by parameter name, which {@code parameters} replace
     */
    public static Deployment read(
            Path root, Map<String, String> parameters, Map<String, String> kept, Set<String> named) {
        return new DeploymentReader(root, parameters, kept, named).read();
    }

    /**
     * Reads the templates for the local cloud. There, unless a parameter says otherwise, feeds read the change stream
     * itself: on one machine it has any number of readers, and no way is shorter. Nobody is called where no address is
     * given.
     *
     * @param kept values by parameter name, which {@code parameters} replace
     * @throws TemplateException as above
     */
    public static Deployment readLocally(
            Path root, Map<String, String> parameters, Map<String, String> kept, Set<String> named) {
        return new DeploymentReader(root, parameters, kept, named)
                .otherwise(Map.of(FEED, "dynamodb"))
                .read()
                .onThisMachine();
    }

    /** Returns the table whose changes a feed delivers, through its change stream or through Kinesis. */
    public Table table(Feed feed) {
        return tables.stream()
                .filter(table -> table.tells(feed.source()))
                .findFirst()
                .orElseThrow(() -> new TemplateException("The feed " + feed.name() + " reads " + feed.source()
                        + ", which is no table's change stream."));
    }

    /**
     * Returns the functions that receive commits: from a stream, or from a queue that is subscribed to the topic of a
     * distributor. The distributor itself is none of them.
     */
    public List<Reader> readers() {
        List<Reader> readers = new ArrayList<>();
        for (Feed feed : feeds) {
            String topic = function(feed.function()).environment().get(COMMIT_TOPIC);
            if (topic == null) {
                readers.add(new Reader(feed.name(), feed.function(), table(feed)));
                continue;
            }
            subscriptions.stream()
                    .filter(subscription -> subscription.topic().equals(topic))
                    .flatMap(subscription -> queueFeeds.stream()
                            .filter(queueFeed -> queueFeed.queue().equals(subscription.queue())))
                    .forEach(queueFeed -> readers.add(new Reader(queueFeed.name(), queueFeed.function(), table(feed))));
        }
        return readers;
    }

    /** Returns the function with this ARN. */
    public FunctionSpec function(String arn) {
        return functions.stream()
                .filter(function -> function.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new TemplateException("No template has the function " + arn + "."));
    }

    /** Returns the queue with this ARN. */
    public Queue queue(String arn) {
        return queues.stream()
                .filter(queue -> queue.arn().equals(arn))
                .findFirst()
                .orElseThrow(() -> new TemplateException("No template has the queue " + arn + "."));
    }

    /** Returns all slices without duplicates. */
    public List<String> slices() {
        return functions.stream()
                .filter(FunctionSpec::isOfSlice)
                .map(FunctionSpec::slice)
                .distinct()
                .toList();
    }
}
