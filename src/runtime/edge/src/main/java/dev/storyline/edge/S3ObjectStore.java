package dev.storyline.edge;

import dev.storyline.common.AwsErrorCode;
import dev.storyline.common.Checksum;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * {@code PutObject} and {@code GetObject} of S3, or of any server that speaks its protocol. Parts of the AWS SDK that every
 * function has for DynamoDB anyway sign and send the requests.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
    private static final int NOT_FOUND = 404;
    private static final int LONGEST_REASON = 300;

    private final String region;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final URI endpoint;
    private final Supplier<SdkHttpClient> http;

    /**
     * A client of one region.
     *
     * @param endpoint the address of the service; buckets are the first part of the path
     * @param http the HTTP client, asked for at the first call
     */
    public S3ObjectStore(
            String region,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            URI endpoint,
            Supplier<SdkHttpClient> http) {
        this.region = region;
        this.credentials = credentials;
        this.endpoint = endpoint;
        this.http = http;
    }

    /** The address of S3 in a region. */
    public static URI endpoint(String region) {
        return URI.create("https://s3." + region + ".amazonaws.com");
    }

    @Override
    public void put(String name, byte[] content) {
        SdkHttpRequest.Builder request = request(SdkHttpMethod.PUT, name)
                .putHeader("content-length", Integer.toString(content.length))
                .putHeader("content-type", "application/x-ndjson")
                // S3 refuses what was damaged on its way.
                .putHeader("x-amz-checksum-sha256", checksum(content));
        S3Answer answer = send(request, content);
        if (answer.status() >= 300) {
            throw refused(name, answer);
        }
    }

    @Override
    public byte @Nullable [] get(String name) {
        S3Answer answer = send(request(SdkHttpMethod.GET, name), new byte[0]);
        if (answer.status() == NOT_FOUND && answer.code().equals("NoSuchKey")) {
            return null;
        }
        if (answer.status() >= 300) {
            throw refused(name, answer);
        }
        return answer.content();
    }

    private static String checksum(byte[] content) {
        return Base64.getEncoder().encodeToString(Checksum.of(content));
    }

    private SdkHttpRequest.Builder request(SdkHttpMethod method, String name) {
        return SdkHttpRequest.builder().method(method).uri(endpoint).encodedPath("/" + name);
    }

    private static RuntimeException refused(String name, S3Answer answer) {
        if (AwsErrorCode.isPassing(answer.code(), answer.status())) {
            return new TransientFailure("S3 answered " + answer.status() + " " + answer.code() + " for " + name, null);
        }
        String reason = new String(answer.content(), StandardCharsets.UTF_8);
        return new IllegalStateException("S3 refuses the request for " + name + ": " + answer.status() + " "
                + (reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON)));
    }

    @SuppressWarnings("ArrayRecordComponent") // It is read once, and never compared.
    private record S3Answer(int status, byte[] content) {
        /** The error code; empty if there is none. */
        String code() {
            Matcher code = CODE.matcher(new String(content, StandardCharsets.UTF_8));
            return status >= 300 && code.find() ? code.group(1) : "";
        }
    }

    private S3Answer send(SdkHttpRequest.Builder request, byte[] content) {
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(to -> to.identity(credentials.resolveIdentity().join())
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(content))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                        .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                        .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false));
        HttpExecuteRequest.Builder call = HttpExecuteRequest.builder().request(signed.request());
        if (content.length > 0) {
            call.contentStreamProvider(signed.payload().orElseThrow());
        }
        try {
            HttpExecuteResponse response =
                    http.get().prepareRequest(call.build()).call();
            try (InputStream body = response.responseBody()
                    .orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))) {
                return new S3Answer(response.httpResponse().statusCode(), body.readAllBytes());
            }
        } catch (IOException e) {
            throw new TransientFailure("S3 did not answer", e);
        }
    }
}
