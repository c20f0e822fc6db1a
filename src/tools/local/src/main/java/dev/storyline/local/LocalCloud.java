package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.feeds.Chaos;
import dev.storyline.local.feeds.EventSourceMapping;
import dev.storyline.local.feeds.LocalOutboundCalls;
import dev.storyline.local.feeds.LocalQueues;
import dev.storyline.local.feeds.QueueMapping;
import dev.storyline.local.feeds.Schedules;
import dev.storyline.local.gateway.FrontPage;
import dev.storyline.local.gateway.Gateway;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.Permissions;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.InProcessHost;
import dev.storyline.local.lambda.LocalAws;
import dev.storyline.local.lambda.ProcessHost;
import dev.storyline.local.operator.RunningCloud;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** Everything that a repository's templates deploy, running in this process. */
public final class LocalCloud implements AutoCloseable {
    private static final Duration FOREVER = Duration.ofDays(1_000);

    /** Lost deliveries are looked for each day; where they are lost on purpose, nobody wants to wait that long. */
    private static final Duration OFTEN_IN_CHAOS = Duration.ofSeconds(5);

    private final Deployment deployment;
    private final Tables tables;
    private final FunctionInvoker host;
    private final Gateway gateway;
    private final List<EventSourceMapping> pumps = new CopyOnWriteArrayList<>();
    private final List<QueueMapping> queuePumps = new CopyOnWriteArrayList<>();
    private final Schedules schedules;
    private final RunningCloud running;

    /** How functions run. */
    public enum Run {
        /** All in this process. */
        IN_PROCESS,
        /** Their zips, in processes as on Lambda. */
        JVM_PROCESSES,
        /** Their native executables, in processes as on Lambda. */
        NATIVE
    }

    /**
     * How to start.
     *
     * @param root the repository
     * @param port where to listen; 0 for any free port
     * @param data where to keep the data; null to forget it
     * @param chaos the seed of bad deliveries on purpose; null for good ones
     * @param parameters values that take the place of the defaults in the templates, by name
     * @param contexts which contexts to run; none for all
     * @param auth whose tokens are asked for; null where everybody may do everything
     * @param run how functions run
     */
    public record Options(
            Path root,
            int port,
            @Nullable Path data,
            @Nullable Long chaos,
            Map<String, String> parameters,
            Set<String> contexts,
            @Nullable Auth auth,
            Run run) {
        public Options {
            parameters = Map.copyOf(parameters);
            contexts = Set.copyOf(contexts);
        }

        /** The same for these contexts, which need no others. */
        public Options of(String... names) {
            return new Options(root, port, data, chaos, parameters, Set.of(names), auth, run);
        }

        /** The same with other values for parameters of the templates. */
        public Options with(Map<String, String> others) {
            return new Options(root, port, data, chaos, others, contexts, auth, run);
        }

        /** The same with tokens asked for. */
        public Options with(Auth issuer) {
            return new Options(root, port, data, chaos, parameters, contexts, issuer, run);
        }

        /** The same with functions that run otherwise. */
        public Options running(Run otherwise) {
            return new Options(root, port, data, chaos, parameters, contexts, auth, otherwise);
        }

        /** With good deliveries. */
        public Options(Path root, int port, @Nullable Path data) {
            this(root, port, data, null, Map.of(), Set.of(), null, Run.IN_PROCESS);
        }

        private Chaos chaosOf(String transport) {
            return chaos == null ? Chaos.NONE : Chaos.of(chaos, transport);
        }
    }

    /**
     * Whose tokens are asked for on the routes that have an authorizer.
     *
     * @param issuer the address of an OpenID Connect issuer; empty for the one that the local cloud brings along
     * @param audience who its tokens must be for
     */
    public record Auth(String issuer, String audience) {
        /** The local cloud's own issuer. */
        public static final Auth OWN = new Auth("", Deployment.AUDIENCE);
    }

    private LocalCloud(Deployment deployment, Tables tables, Options options) {
        this.deployment = deployment;
        this.tables = tables;
        LocalQueues queues = new LocalQueues(tables.client());
        LocalOutboundCalls outgoing = new LocalOutboundCalls(deployment, queues);
        this.host = switch (options.run()) {
            case IN_PROCESS -> new InProcessHost(deployment, tables.client(), outgoing);
            case JVM_PROCESSES, NATIVE ->
                new ProcessHost(
                        deployment,
                        options.run() == Run.NATIVE,
                        new LocalAws(deployment, tables.endpoint(), tables.http(), outgoing),
                        ProcessHost.Limits.USUAL);
        };
        outgoing.reach(host);
        host.startAll();
        deployment.births().parallelStream().forEach(this::tellBirth);
        this.gateway = new Gateway(
                deployment, host, options.port(), new FrontPage(options.root()), this::wake, options.auth());
        for (Deployment.Feed feed : deployment.feeds()) {
            pumps.add(new EventSourceMapping(
                    feed,
                    deployment.table(feed).name(),
                    tables.client(),
                    tables.streams(),
                    host,
                    this::wake,
                    queues,
                    options.chaosOf(feed.name())));
        }
        for (Deployment.QueueFeed feed : deployment.queueFeeds()) {
            queuePumps.add(new QueueMapping(
                    feed, deployment.queue(feed.queue()), queues, host, this::wake, options.chaosOf(feed.name())));
        }
        this.schedules = new Schedules(
                deployment.schedules(), host, this::wake, options.chaos() == null ? FOREVER : OFTEN_IN_CHAOS);
        this.running = RunningCloud.tell(options.data(), tables.endpoint());
    }

    /** As CloudFormation would, before the feed is attached. */
    private void tellBirth(String function) {
        try {
            host.invoke(function, Json.mapper().createObjectNode().put("RequestType", "Create"));
        } catch (FunctionInvoker.FunctionFailed e) {
            throw new LocalCloudException("The birth of " + function + " cannot be stored: " + e.getMessage(), e);
        }
    }

    /** A function may have written to its context's events, or sent something to others. */
    private void wake(String function) {
        String context = deployment.function(function).context();
        pumps.stream()
                .filter(pump -> deployment.function(pump.function()).context().equals(context))
                .forEach(EventSourceMapping::wake);
        queuePumps.forEach(QueueMapping::wake);
    }

    /**
     * Starts everything.
     *
     * @throws LocalCloudException if something stands in the way; the message is for the person at the keyboard
     */
    public static LocalCloud start(Options options) {
        Deployment deployment = Deployment.read(options.root(), options.parameters(), options.contexts());
        Permissions.check(deployment);
        Tables tables = Tables.open(options.data());
        try {
            tables.create(deployment.tables());
            return new LocalCloud(deployment, tables, options);
        } catch (SdkException e) {
            tables.close();
            throw new LocalCloudException(
                    "DynamoDB Local does not answer as it should; the data directory may be damaged: " + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            tables.close();
            throw e;
        }
    }

    /** Where the gateway listens. */
    public URI baseUri() {
        return gateway.baseUri();
    }

    /** The issuer that it brought along; null where there is none. */
    @Nullable
    public DevelopmentIssuer issuer() {
        return gateway.issuer();
    }

    /** What the templates say. */
    public Deployment deployment() {
        return deployment;
    }

    /** The client that may do everything; each function has one of its own, which may do what its policy allows. */
    public DynamoDbClient dynamo() {
        return tables.client();
    }

    /** Invokes a function by the name of its {@code @Funq} method, as an event handler would an inner door. */
    public JsonNode invoke(String export, JsonNode event) {
        Deployment.FunctionSpec function = deployment.functions().stream()
                .filter(one -> one.export().equals(export))
                .findFirst()
                .orElseThrow(() -> new LocalCloudException("No template exports the function '" + export + "'."));
        try {
            return host.invoke(function.arn(), event);
        } catch (FunctionInvoker.FunctionFailed e) {
            throw new IllegalStateException(e.getMessage(), e);
        } finally {
            wake(function.arn());
        }
    }

    /** Stops taking requests, lets those in flight finish, and closes the database. */
    @Override
    public void close() {
        running.end();
        pumps.forEach(EventSourceMapping::stop);
        queuePumps.forEach(QueueMapping::stop);
        gateway.close();
        schedules.close();
        pumps.forEach(EventSourceMapping::close);
        queuePumps.forEach(QueueMapping::close);
        host.close();
        tables.close();
    }

    /** The embedded DynamoDB and its clients. */
    public record Tables(
            URI endpoint,
            @Nullable EmbeddedDynamoDb dynamo,
            SdkHttpClient http,
            DynamoDbClient client,
            DynamoDbStreamsClient streams)
            implements AutoCloseable {
        /**
         * Opens the database.
         *
         * @param data where to keep the data; null to forget it
         */
        public static Tables open(@Nullable Path data) {
            EmbeddedDynamoDb dynamo;
            try {
                dynamo = data == null ? EmbeddedDynamoDb.inMemory() : EmbeddedDynamoDb.in(data);
            } catch (EmbeddedDynamoDb.DirectoryInUse | UncheckedIOException | IllegalStateException e) {
                throw new LocalCloudException(String.valueOf(e.getMessage()), e);
            }
            return at(dynamo.endpoint(), dynamo);
        }

        /** The database of a local cloud that runs already. */
        public static Tables at(URI endpoint) {
            return at(endpoint, null);
        }

        private static Tables at(URI endpoint, @Nullable EmbeddedDynamoDb dynamo) {
            StaticCredentialsProvider anybody =
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
            SdkHttpClient http = ApacheHttpClient.builder()
                    .maxConnections(200)
                    .connectionAcquisitionTimeout(Duration.ofSeconds(10))
                    // DynamoDB Local hangs up after 30 idle seconds; a connection is let go of before that.
                    .connectionMaxIdleTime(Duration.ofSeconds(20))
                    .build();
            DynamoDbClient client = DynamoDbClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(Deployment.REGION))
                    .credentialsProvider(anybody)
                    .httpClient(http)
                    .build();
            DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                    .endpointOverride(endpoint)
                    .region(Region.of(Deployment.REGION))
                    .credentialsProvider(anybody)
                    .httpClient(http)
                    .build();
            return new Tables(endpoint, dynamo, http, client, streams);
        }

        /** Creates the tables that are missing, and the local cloud's own. */
        public void create(List<Deployment.Table> wanted) {
            Set<String> present =
                    client.listTablesPaginator().tableNames().stream().collect(Collectors.toSet());
            List<Deployment.Table> all = new ArrayList<>(wanted);
            all.add(own(EventSourceMapping.CHECKPOINTS, "feed", "shard"));
            all.add(own(LocalQueues.TABLE, LocalQueues.QUEUE, LocalQueues.MESSAGE));
            for (Deployment.Table table : all) {
                if (present.contains(table.name())) {
                    check(table);
                } else {
                    client.createTable(request(table));
                    client.waiter().waitUntilTableExists(request -> request.tableName(table.name()));
                }
            }
        }

        /** A table of an older template would fail later and elsewhere. */
        private void check(Deployment.Table table) {
            TableDescription present = client.describeTable(request -> request.tableName(table.name()))
                    .table();
            boolean same = present.keySchema().equals(keys(table.keys()))
                    && present.globalSecondaryIndexes().stream()
                            .map(GlobalSecondaryIndexDescription::indexName)
                            .collect(Collectors.toSet())
                            .equals(table.indexes().stream()
                                    .map(Deployment.Index::name)
                                    .collect(Collectors.toSet()))
                    && table.streamed() == (present.streamSpecification() != null);
            if (!same) {
                throw new LocalCloudException(
                        "The table " + table.name() + " in the data directory has other keys, indexes or"
                                + " another stream than its template: start with --in-memory or another --data.");
            }
        }

        private static Deployment.Table own(String name, String partition, String sort) {
            Map<String, String> attributes = new LinkedHashMap<>();
            Map<String, String> keys = new LinkedHashMap<>();
            attributes.put(partition, "S");
            attributes.put(sort, "S");
            keys.put(partition, "HASH");
            keys.put(sort, "RANGE");
            return new Deployment.Table(name, attributes, keys, List.of(), "", "");
        }

        private static CreateTableRequest request(Deployment.Table table) {
            CreateTableRequest.Builder request = CreateTableRequest.builder()
                    .tableName(table.name())
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .attributeDefinitions(table.attributes().entrySet().stream()
                            .map(attribute -> AttributeDefinition.builder()
                                    .attributeName(attribute.getKey())
                                    .attributeType(attribute.getValue())
                                    .build())
                            .toList())
                    .keySchema(keys(table.keys()));
            if (!table.indexes().isEmpty()) {
                request.globalSecondaryIndexes(table.indexes().stream()
                        .map(index -> GlobalSecondaryIndex.builder()
                                .indexName(index.name())
                                .keySchema(keys(index.keys()))
                                .projection(projection -> projection
                                        .projectionType(index.projection())
                                        .nonKeyAttributes(index.included().isEmpty() ? null : index.included()))
                                .build())
                        .toList());
            }
            if (table.streamed()) {
                request.streamSpecification(StreamSpecification.builder()
                        .streamEnabled(true)
                        .streamViewType(table.stream())
                        .build());
            }
            return request.build();
        }

        private static List<KeySchemaElement> keys(Map<String, String> keys) {
            return keys.entrySet().stream()
                    .map(key -> KeySchemaElement.builder()
                            .attributeName(key.getKey())
                            .keyType(key.getValue())
                            .build())
                    .toList();
        }

        @Override
        public void close() {
            client.close();
            streams.close();
            http.close();
            if (dynamo != null) {
                dynamo.close();
            }
        }
    }
}
