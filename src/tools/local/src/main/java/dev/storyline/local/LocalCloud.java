package dev.storyline.local;

import static dev.storyline.deployment.Deployment.COMMIT_TOPIC;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.database.KeptParameters;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.feeds.ChangeStream;
import dev.storyline.local.feeds.Chaos;
import dev.storyline.local.feeds.Deadlines;
import dev.storyline.local.feeds.DeliveryStore;
import dev.storyline.local.feeds.EventSourceMapping;
import dev.storyline.local.feeds.LocalClock;
import dev.storyline.local.feeds.LocalOutboundCalls;
import dev.storyline.local.feeds.LocalQueues;
import dev.storyline.local.feeds.OlderDeliveries;
import dev.storyline.local.feeds.QueueMapping;
import dev.storyline.local.feeds.Schedules;
import dev.storyline.local.feeds.Watch;
import dev.storyline.local.gateway.FrontPage;
import dev.storyline.local.gateway.Gateway;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.Permissions;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.local.lambda.CountedInvoker;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.InProcessHost;
import dev.storyline.local.lambda.LocalAws;
import dev.storyline.local.lambda.ProcessHost;
import dev.storyline.local.metrics.MetricsRegistry;
import dev.storyline.local.operator.OperatorEndpoint;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The cloud on one machine: everything that the templates of a repository deploy. */
public final class LocalCloud implements AutoCloseable {
    private static final int MOST_HALVINGS = 2;
    private static final Duration FOREVER = Duration.ofDays(1_000);

    /** Schedules that look for lost deliveries run daily; where deliveries are lost on purpose, they run this often. */
    private static final Duration OFTEN_IN_CHAOS = Duration.ofSeconds(5);

    private final Deployment deployment;
    private final String notice;
    private final LocalDatabase database;
    private final CountedInvoker host;
    private final Gateway gateway;
    private final MetricsRegistry metrics;
    private final DeliveryStore deliveries;
    private final List<EventSourceMapping> feeds = new CopyOnWriteArrayList<>();
    private final List<QueueMapping> queueMappings = new ArrayList<>();
    private final LocalClock clock;
    private final Schedules schedules;
    private final Deadlines deadlines;
    private final Watch watch;
    private final LocalAws aws;
    private final OperatorEndpoint operators;
    private final RunningCloud running;

    /** How functions run. */
    public enum Run {
        /** All functions in this process. */
        IN_PROCESS,
        /** The zips of the slices, in processes as on Lambda. */
        JVM_PROCESSES,
        /** The native executables of the slices, in processes as on Lambda. */
        NATIVE
    }

    /**
     * How to start the local cloud.
     *
     * @param root the repository
     * @param port the port of the gateway; 0 for any free port
     * @param data the data directory; null to keep the data in memory
     * @param chaos the seed of bad deliveries; null for good deliveries
     * @param parameters values that replace the defaults of template parameters, by name
     * @param contexts the contexts to run
     * @param auth the issuer whose tokens routes ask for; null where they ask for none
     * @param run how functions run
     */
    public record Options(
            Path root,
            int port,
            @Nullable Path data,
            @Nullable Long chaos,
            Map<String, String> parameters,
            ContextSelection contexts,
            @Nullable TrustedIssuer auth,
            Run run) {
        public Options {
            parameters = Map.copyOf(parameters);
        }

        /** The same for these contexts and the contexts that they need. */
        public Options of(String... names) {
            return of(ContextSelection.withNeeds(names));
        }

        /** The same for other contexts. */
        public Options of(ContextSelection others) {
            return new Options(root, port, data, chaos, parameters, others, auth, run);
        }

        /** The same with other values for template parameters. */
        public Options with(Map<String, String> others) {
            return new Options(root, port, data, chaos, others, contexts, auth, run);
        }

        /** The same with tokens of this issuer. */
        public Options with(TrustedIssuer issuer) {
            return new Options(root, port, data, chaos, parameters, contexts, issuer, run);
        }

        /** The same with functions that run in another way. */
        public Options running(Run otherwise) {
            return new Options(root, port, data, chaos, parameters, contexts, auth, otherwise);
        }

        /** All contexts in this process, with good deliveries and without tokens. */
        public Options(Path root, int port, @Nullable Path data) {
            this(root, port, data, null, Map.of(), ContextSelection.ALL, null, Run.IN_PROCESS);
        }

        private Chaos chaosOf(String transport) {
            return chaos == null ? Chaos.NONE : Chaos.of(chaos, transport);
        }
    }

    private LocalCloud(
            ContextSelection.Selected selected,
            LocalDatabase database,
            DeliveryStore deliveries,
            Map<String, ChangeStream> streams,
            Options options) {
        this.deployment = selected.deployment();
        this.notice = selected.notice();
        this.database = database;
        this.deliveries = deliveries;
        DiskSpace disk = DiskSpace.of(options.data());
        LocalQueues queues = new LocalQueues(deliveries);
        LocalOutboundCalls outgoing = new LocalOutboundCalls(deployment, queues, options.data());
        this.clock = new LocalClock(deliveries);
        this.metrics = new MetricsRegistry(deployment.slices());
        this.aws = new LocalAws(deployment, database.endpoint(), database.http(), outgoing, clock::ahead);
        this.host = new CountedInvoker(functions(options, outgoing));
        outgoing.reach(host);
        host.startAll();
        deployment.births().parallelStream().forEach(this::activate);
        this.gateway = new Gateway(
                deployment,
                host,
                options.port(),
                new FrontPage(
                        options.root(),
                        deployment.functions().stream()
                                .map(Deployment.FunctionSpec::context)
                                .collect(Collectors.toSet())),
                disk,
                metrics::text,
                options.auth(),
                this::commandsAtOnce);
        for (Deployment.Feed feed : deployment.feeds()) {
            ChangeStream stream = streams.computeIfAbsent(
                    deployment.table(feed).name(), table -> new ChangeStream(table, database.streams()));
            feeds.add(new EventSourceMapping(feed, stream, host, queues, disk, options.chaosOf(feed.name())));
        }
        for (Deployment.QueueFeed feed : deployment.queueFeeds()) {
            queueMappings.add(new QueueMapping(
                    feed, deployment.queue(feed.queue()), queues, host, disk, options.chaosOf(feed.name())));
        }
        this.schedules = new Schedules(
                deployment.schedules(), host, deliveries, clock, options.chaos() == null ? FOREVER : OFTEN_IN_CHAOS);
        boolean late = isSubscribedLate();
        if (late || RunningCloud.wasCutOff(options.data())) {
            schedules.runAll();
        }
        this.deadlines = new Deadlines(deployment, host, deliveries, clock, disk, options.chaosOf("deadlines"));
        outgoing.whenScheduled(deadlines::wake);
        this.watch = new Watch(deliveries, queues, disk, schedules, deadlines);
        new LocalGauges(deployment, deliveries, feeds, host).addTo(metrics);
        this.operators = new OperatorEndpoint(aws, clock, gateway.baseUri(), database.client());
        this.running = RunningCloud.tell(options.data(), gateway.baseUri().getPort(), operators.access());
    }

    private FunctionInvoker functions(Options options, LocalOutboundCalls outgoing) {
        return switch (options.run()) {
            case IN_PROCESS -> new InProcessHost(deployment, database.functions(), outgoing, clock, metrics);
            case JVM_PROCESSES, NATIVE ->
                new ProcessHost(deployment, options.run() == Run.NATIVE, aws, ProcessHost.Limits.USUAL, metrics);
        };
    }

    /**
     * Whether a queue is new although its topic has had commits, which the slice of the queue will never get. The daily
     * comparison of heads with positions finds them.
     */
    private boolean isSubscribedLate() {
        boolean isNew = false;
        for (Deployment.Subscription subscription : deployment.subscriptions()) {
            isNew |= deliveries.subscribe(subscription.topic(), subscription.queue());
        }
        return isNew
                && deployment.feeds().stream()
                        .filter(feed -> deployment
                                .function(feed.function())
                                .environment()
                                .containsKey(COMMIT_TOPIC))
                        .anyMatch(feed -> deliveries.positions().stream()
                                .anyMatch(position -> position.feed().equals(feed.name())));
    }

    /** Invokes the custom resource that stores the activation time, as CloudFormation does before it attaches the feed. */
    private void activate(String function) {
        try {
            host.invoke(function, Json.mapper().createObjectNode().put("RequestType", "Create"));
        } catch (FunctionInvoker.FunctionFailed e) {
            throw new LocalCloudException(
                    "The activation time of " + function + " cannot be stored: " + e.getMessage(), e);
        }
    }

    /**
     * Starts the local cloud.
     *
     * @throws LocalCloudException if it cannot start; the message says what to do
     */
    public static LocalCloud start(Options options) {
        LocalDatabase.loadAhead();
        Gateway.loadAhead();
        KeptParameters kept = KeptParameters.of(options.data());
        ContextSelection.Selected selected = options.contexts().read(options.root(), options.parameters(), kept);
        Permissions.check(selected.deployment());
        Proxies.callThisMachineDirectly();
        Map<String, ChangeStream> streams = new ConcurrentHashMap<>();
        LocalDatabase database = LocalDatabase.open(options.data(), table -> written(streams.get(table)));
        try {
            database.create(selected.deployment().tables());
            kept.keep(options.data(), options.parameters());
            return start(selected, database, DeliveryStore.open(options.data()), streams, options);
        } catch (SdkException e) {
            database.close();
            throw new LocalCloudException(database.whatWentWrong(e), e);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private static LocalCloud start(
            ContextSelection.Selected selected,
            LocalDatabase database,
            DeliveryStore deliveries,
            Map<String, ChangeStream> streams,
            Options options) {
        try {
            OlderDeliveries.takeOver(database.client(), deliveries);
            return new LocalCloud(selected, database, deliveries, streams, options);
        } catch (RuntimeException e) {
            deliveries.close();
            throw e;
        }
    }

    /** While views are more than a second behind, half as many commands run at once; a quarter at two seconds or more. */
    private int commandsAtOnce() {
        return Gateway.COMMANDS_AT_ONCE >> Math.min(lag().toSeconds(), MOST_HALVINGS);
    }

    /** Tables that no feed reads have no stream. */
    private static void written(@Nullable ChangeStream stream) {
        if (stream != null) {
            stream.written();
        }
    }

    /** The address of the gateway. */
    public URI baseUri() {
        return gateway.baseUri();
    }

    /** The development issuer; null where there is none. */
    @Nullable
    public DevelopmentIssuer issuer() {
        return gateway.issuer();
    }

    /** One or two sentences about contexts that were started too or left out; empty where there are none. */
    public String notice() {
        return notice;
    }

    /** What the templates deploy. */
    public Deployment deployment() {
        return deployment;
    }

    /** A client that may do everything. Each function has its own client, which its policy restricts. */
    public DynamoDbClient dynamo() {
        return database.client();
    }

    /** The time of functions, deadlines and schedules. */
    public LocalClock clock() {
        return clock;
    }

    /**
     * Invokes a function.
     *
     * @param export the name of its {@code @Funq} method; with the context before it where several have one of the name:
     *     {@code wishes/stream-story}
     */
    public JsonNode invoke(String export, JsonNode event) {
        int slash = export.indexOf('/');
        Deployment.FunctionSpec function = deployment.functions().stream()
                .filter(one -> one.export().equals(export.substring(slash + 1))
                        && one.slice().startsWith(export.substring(0, slash + 1)))
                .findFirst()
                .orElseThrow(() -> new LocalCloudException("No template exports the function '" + export + "'."));
        try {
            return host.invoke(function.arn(), event);
        } catch (FunctionInvoker.FunctionFailed e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** How often each function was invoked since the start, by its ARN. */
    public Map<String, Long> invocations() {
        return host.counts();
    }

    /** The metrics of functions, queues and feeds, in the text format of Prometheus. */
    public String metrics() {
        return metrics.text();
    }

    /** The messages in queues, and the positions of feeds. */
    public DeliveryStore deliveries() {
        return deliveries;
    }

    /** The work of the database since the start, for each access key, see {@link LocalDatabase#FUNCTIONS}. */
    public Map<String, EmbeddedDynamoDb.Work> work() {
        return database.work();
    }

    /** How long the database had work since the start, see {@link EmbeddedDynamoDb#occupied}. */
    public Duration occupied() {
        return database.occupied();
    }

    /** How long ago the oldest record was written that a feed is delivering; zero where all are done. */
    public Duration lag() {
        return feeds.stream()
                .map(EventSourceMapping::lag)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    /** Takes no more requests, lets those in flight finish, and closes the database. */
    @Override
    public void close() {
        operators.close();
        watch.close();
        feeds.forEach(EventSourceMapping::stop);
        queueMappings.forEach(QueueMapping::stop);
        deadlines.stop();
        gateway.close();
        schedules.close();
        feeds.forEach(EventSourceMapping::close);
        queueMappings.forEach(QueueMapping::close);
        deadlines.close();
        host.close();
        aws.close();
        deliveries.close();
        database.close();
        running.end();
    }
}
