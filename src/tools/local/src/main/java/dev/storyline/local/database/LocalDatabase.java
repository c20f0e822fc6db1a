package dev.storyline.local.database;

import dev.storyline.deployment.Deployment;
import dev.storyline.embedded.EmbeddedDynamoDb;
import dev.storyline.local.common.LocalCloudException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
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

/**
 * The embedded DynamoDB and its clients, which may do everything.
 *
 * @param endpoint the address of DynamoDB, for the endpoint override of the SDK
 * @param dynamo the embedded DynamoDB, which is closed with this
 * @param http the HTTP client of both SDK clients
 * @param client the client of tables and items
 * @param functions the same for functions, whose calls are counted apart
 * @param streams the client of change streams
 */
public record LocalDatabase(
        URI endpoint,
        EmbeddedDynamoDb dynamo,
        SdkHttpClient http,
        DynamoDbClient client,
        DynamoDbClient functions,
        DynamoDbStreamsClient streams)
        implements AutoCloseable {
    /** The access key of functions; the store measures the work for each key. */
    public static final String FUNCTIONS = "functions";

    /** The access key of the readers of change streams. */
    public static final String FEEDS = "feeds";

    /** The access key of what operators ask for and DynamoDB Local does not have. */
    public static final String OPERATORS = "operators";

    private static final String LOCAL = "local";

    private static final System.Logger LOG = System.getLogger(LocalDatabase.class.getName());

    private static final AtomicBoolean LOADED = new AtomicBoolean();

    /**
     * Opens the database.
     *
     * @param data the data directory; null to keep the data in memory
     * @throws LocalCloudException if the directory is in use or cannot be written
     */
    public static LocalDatabase open(@Nullable Path data) {
        return open(data, _ -> {});
    }

    /**
     * Opens the database.
     *
     * @param data the data directory; null to keep the data in memory
     * @param written gets the name of a table after each write to it, whoever writes; it must not wait
     * @throws LocalCloudException if the directory is in use or cannot be written
     */
    public static LocalDatabase open(@Nullable Path data, Consumer<String> written) {
        EmbeddedDynamoDb dynamo;
        try {
            dynamo = data == null ? EmbeddedDynamoDb.inMemory(written) : EmbeddedDynamoDb.in(data, written);
        } catch (EmbeddedDynamoDb.DirectoryInUse | UncheckedIOException | IllegalStateException e) {
            throw new LocalCloudException(String.valueOf(e.getMessage()), e);
        }
        return at(dynamo.endpoint(), dynamo);
    }

    /**
     * Loads the classes of the database and of its clients in the background, the first time that a process asks, while
     * templates are read. The database that counts is opened after them: a template that cannot be used creates nothing.
     */
    public static void loadAhead() {
        if (LOADED.compareAndSet(false, true)) {
            Thread.ofPlatform().daemon().name("database-load").start(() -> {
                try {
                    open(null).close();
                } catch (LocalCloudException e) {
                    // The database that counts is opened later and says what is wrong.
                    LOG.log(System.Logger.Level.DEBUG, "The classes of the database were not loaded ahead", e);
                }
            });
        }
    }

    private static LocalDatabase at(URI endpoint, EmbeddedDynamoDb dynamo) {
        SdkHttpClient http = new DirectHttpClient(dynamo);
        DynamoDbStreamsClient streams = DynamoDbStreamsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(Deployment.REGION))
                .credentialsProvider(credentials(FEEDS))
                .putAuthScheme(new CallerScheme())
                .httpClient(http)
                .build();
        return new LocalDatabase(
                endpoint, dynamo, http, client(endpoint, http, LOCAL), client(endpoint, http, FUNCTIONS), streams);
    }

    /** A client of tables and items, whose calls are counted under an access key. */
    public static DynamoDbClient client(URI endpoint, SdkHttpClient http, String accessKey) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(Deployment.REGION))
                .credentialsProvider(credentials(accessKey))
                .putAuthScheme(new CallerScheme())
                .httpClient(http)
                .build();
    }

    private static StaticCredentialsProvider credentials(String accessKey) {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, accessKey));
    }

    /**
     * Creates the tables that are missing.
     *
     * @throws LocalCloudException if a table exists with other keys, indexes or another stream
     */
    public void create(List<Deployment.Table> wanted) {
        Set<String> present = client.listTablesPaginator().tableNames().stream().collect(Collectors.toSet());
        for (Deployment.Table table : wanted) {
            if (present.contains(table.name())) {
                check(table);
            } else {
                client.createTable(request(table));
                client.waiter().waitUntilTableExists(request -> request.tableName(table.name()));
            }
        }
    }

    /** A table of an older template would cause errors later, in functions. */
    private void check(Deployment.Table table) {
        TableDescription present =
                client.describeTable(request -> request.tableName(table.name())).table();
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

    /** Says what a failed call means: who answered what, or that nobody answered. Only DynamoDB itself knows of damage. */
    public String whatWentWrong(SdkException e) {
        if (!(e instanceof AwsServiceException answer)) {
            return "DynamoDB Local at " + endpoint + " cannot be reached: " + e.getMessage();
        }
        AwsErrorDetails details = answer.awsErrorDetails();
        if (details == null || details.errorCode() == null) {
            return "Something else than DynamoDB Local answers at " + endpoint + ", with status " + answer.statusCode()
                    + ": " + e.getMessage();
        }
        return "DynamoDB Local at " + endpoint + " answers " + details.errorCode()
                + (answer.statusCode() >= 500 ? "; the data directory may be damaged: " : ": ") + e.getMessage();
    }

    /** The work of the embedded DynamoDB since its start, for each access key. */
    public Map<String, EmbeddedDynamoDb.Work> work() {
        return dynamo.work();
    }

    /** See {@link EmbeddedDynamoDb#occupied}. */
    public Duration occupied() {
        return dynamo.occupied();
    }

    @Override
    public void close() {
        client.close();
        functions.close();
        streams.close();
        http.close();
        dynamo.close();
    }
}
