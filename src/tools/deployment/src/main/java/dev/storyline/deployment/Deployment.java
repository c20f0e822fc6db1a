package dev.storyline.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    /**
     * Who issues tokens for the local cloud, unless the parameter {@code JwtIssuer} is told: no template has a default for
     * it.
     */
    public static final String ISSUER = "https://issuer.local";

    /** What tokens for the local cloud are meant for, unless the parameter {@code JwtAudience} is told. */
    public static final String AUDIENCE = "storyline";

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
     * Reads the contexts of {@code infra/samconfig.toml} and {@code functions/<context>/<slice>/template.yaml} under a root.
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
     * Reads the templates of some contexts, or of all if none is named. Imports from the shared resources of other contexts
     * are resolved, but nothing of those contexts is deployed.
     *
     * @throws TemplateException as above, or if there is no such context
     */
    public static Deployment read(Path root, Map<String, String> parameters, Set<String> named) {
        return new DeploymentReader(root, parameters, named).read();
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
