package dev.storyline.local.operator;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.S3ObjectStore;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.RunningCloud;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sts.StsClient;

/** Opens installations. */
public final class Installations {
    /** Longer than a function may run. */
    private static final Duration LONGEST = Duration.ofMinutes(16);

    private Installations() {}

    /**
     * Opens the local cloud that runs on a data directory, or the directory where none runs.
     *
     * @param root the repository; only needed where none runs
     * @param contexts the contexts that count; empty for all
     * @throws LocalCloudException if the data directory cannot be used, or the local cloud leaves a context out
     */
    public static Installation on(Path root, Path data, Set<String> contexts) {
        RunningCloud.Access running = RunningCloud.on(data);
        return running == null ? RestingCloud.open(root, data, contexts) : at(running, contexts);
    }

    /**
     * Opens a local cloud that runs.
     *
     * @param contexts the contexts that count; empty for all
     * @throws LocalCloudException if it leaves a context out
     */
    public static Installation at(RunningCloud.Access running, Set<String> contexts) {
        URI aws = running.aws();
        if (aws == null) {
            throw new LocalCloudException(
                    "An earlier version of the local cloud runs at " + running.gateway() + ": restart it.");
        }
        RunningSide side = new RunningSide(running);
        return new Installation(local("The local cloud", aws, running.key(), side, side::close), contexts);
    }

    /** How a local cloud is reached, whose services of AWS are at an address. */
    static Installation.Connection local(String place, URI aws, String key, LocalSide side, Runnable closing) {
        SdkHttpClient http = patient(Proxies.direct());
        AwsCredentialsProvider credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create(key, key));
        Region region = Region.of(Deployment.REGION);
        LambdaClient lambda = lambda(http, region, credentials, aws);
        DynamoDbClient dynamo = dynamo(http, region, credentials, aws);
        return new Installation.Connection(
                place,
                lambda,
                dynamo,
                new S3ObjectStore(Deployment.REGION, credentials, aws, () -> http),
                null,
                () -> System.getProperty("user.name"),
                new SdkFailures(place, true),
                side,
                () -> {
                    lambda.close();
                    dynamo.close();
                    http.close();
                    closing.run();
                });
    }

    /**
     * Opens a stage in an account of AWS. The credentials are found as every tool of AWS finds them: in the environment, in
     * profiles, in those of the machine.
     *
     * @param profile the profile; null for the usual credentials
     * @param contexts the contexts that count; empty for all
     * @throws LocalCloudException if AWS cannot be reached, refuses the credentials, or has no such stage
     */
    public static Installation onAws(String stage, String region, @Nullable String profile, Set<String> contexts) {
        AwsCredentialsProvider credentials = profile == null
                ? DefaultCredentialsProvider.builder().build()
                : ProfileCredentialsProvider.create(profile);
        String place = "The stage '" + stage + "' in " + region;
        SdkFailures failures = new SdkFailures(place, false);
        SdkHttpClient http = patient(ApacheHttpClient.builder());
        Region there = Region.of(region);
        LambdaClient lambda = lambda(http, there, credentials, null);
        DynamoDbClient dynamo = dynamo(http, there, credentials, null);
        return new Installation(
                new Installation.Connection(
                        place,
                        lambda,
                        dynamo,
                        new S3ObjectStore(region, credentials, objects(region), () -> http),
                        stage,
                        caller(http, there, credentials, failures),
                        failures,
                        null,
                        () -> {
                            lambda.close();
                            dynamo.close();
                            http.close();
                        }),
                contexts);
    }

    /** Where the settings of the SDK say that objects are, else S3. */
    private static URI objects(String region) {
        String told = System.getenv("AWS_ENDPOINT_URL_S3");
        return told == null ? S3ObjectStore.endpoint(region) : URI.create(told);
    }

    /** The identity behind the credentials, for which no permission is needed. */
    private static Supplier<String> caller(
            SdkHttpClient http, Region region, AwsCredentialsProvider credentials, SdkFailures failures) {
        return () -> {
            try (StsClient sts = StsClient.builder()
                    .httpClient(http)
                    .region(region)
                    .credentialsProvider(credentials)
                    .build()) {
                return sts.getCallerIdentity().arn();
            } catch (SdkException e) {
                throw failures.sentence(e);
            }
        };
    }

    /** A client that waits as long as a function may run, and whose connections stay alive meanwhile. */
    private static SdkHttpClient patient(ApacheHttpClient.Builder builder) {
        return builder.socketTimeout(LONGEST).tcpKeepAlive(true).build();
    }

    /** An invocation that fails is not repeated: whoever gave the command decides. */
    private static LambdaClient lambda(
            SdkHttpClient http, Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint) {
        return LambdaClient.builder()
                .httpClient(http)
                .region(region)
                .credentialsProvider(credentials)
                .endpointOverride(endpoint)
                .overrideConfiguration(once -> once.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    private static DynamoDbClient dynamo(
            SdkHttpClient http, Region region, AwsCredentialsProvider credentials, @Nullable URI endpoint) {
        return DynamoDbClient.builder()
                .httpClient(http)
                .region(region)
                .credentialsProvider(credentials)
                .endpointOverride(endpoint)
                .build();
    }
}
