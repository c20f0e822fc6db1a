package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.AwsErrorCode;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;

/**
 * Lambda's {@code Invoke} and EventBridge's {@code PutEvents}. Parts of the AWS SDK that every function has for
 * DynamoDB anyway sign and send both requests, so that outbound calls add nothing to a cold start.
 */
final class AwsOutboundCalls implements OutboundCalls {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    private final String region;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final URI lambda;
    private final URI events;
    private @Nullable SdkHttpClient http;
    private @Nullable HttpPort ports;

    /** Calls the endpoints that the SDK's standard settings name, else those of AWS. */
    static AwsOutboundCalls of(
            String region,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            Map<String, String> settings) {
        return new AwsOutboundCalls(
                region,
                credentials,
                URI.create(settings.getOrDefault(
                        "AWS_ENDPOINT_URL_LAMBDA", "https://lambda." + region + ".amazonaws.com")),
                URI.create(settings.getOrDefault(
                        "AWS_ENDPOINT_URL_EVENTBRIDGE", "https://events." + region + ".amazonaws.com")));
    }

    AwsOutboundCalls(
            String region, IdentityProvider<? extends AwsCredentialsIdentity> credentials, URI lambda, URI events) {
        this.region = region;
        this.credentials = credentials;
        this.lambda = lambda;
        this.events = events;
    }

    @Override
    public JsonNode invoke(String function, JsonNode event) {
        String path = "/2015-03-31/functions/" + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations";
        AwsResponse answer = send("lambda", lambda, path, Map.of("x-amz-invocation-type", "RequestResponse"), event);
        if (answer.failed()) {
            throw new TransientFailure("The function " + function + " failed: " + shortened(answer.body()), null);
        }
        return answer.body();
    }

    @Override
    public List<Integer> publish(String bus, List<CloudEvent> published) {
        ObjectNode request = Json.mapper().createObjectNode();
        ArrayNode entries = request.putArray("Entries");
        for (CloudEvent event : published) {
            entries.addObject()
                    .put("EventBusName", bus)
                    .put("Source", event.source())
                    .put("DetailType", event.type())
                    .put("Detail", Json.text(Json.mapper().valueToTree(event)));
        }
        Map<String, String> headers =
                Map.of("x-amz-target", "AWSEvents.PutEvents", "content-type", "application/x-amz-json-1.1");
        AwsResponse answer = send("events", events, "/", headers, request);
        List<Integer> left = new ArrayList<>();
        JsonNode results = answer.body().path("Entries");
        for (int i = 0; i < published.size(); i++) {
            JsonNode result = results.path(i);
            if (!result.hasNonNull("EventId")) {
                String code = result.path("ErrorCode").asText();
                if (!code.isEmpty() && !AwsErrorCode.isPassing(code, 0)) {
                    throw new IllegalStateException("The bus " + bus + " refuses the event "
                            + published.get(i).id() + ": " + code);
                }
                left.add(i);
            }
        }
        return left;
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        return ports().post(url, key, request);
    }

    /** Created by the first call, because most functions call nobody. */
    private synchronized SdkHttpClient http() {
        SdkHttpClient made = http;
        if (made == null) {
            made = ApacheHttpClient.builder()
                    .socketTimeout(LONGEST)
                    .connectionTimeout(Duration.ofSeconds(3))
                    .build();
            http = made;
        }
        return made;
    }

    private synchronized HttpPort ports() {
        HttpPort made = ports;
        if (made == null) {
            made = new HttpPort();
            ports = made;
        }
        return made;
    }

    private record AwsResponse(boolean failed, JsonNode body) {}

    private AwsResponse send(String service, URI endpoint, String path, Map<String, String> headers, JsonNode body) {
        byte[] content = Json.text(body).getBytes(StandardCharsets.UTF_8);
        SdkHttpRequest.Builder request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(endpoint)
                .encodedPath(path)
                .putHeader("content-length", Integer.toString(content.length));
        headers.forEach(request::putHeader);
        SignedRequest signed = AwsV4HttpSigner.create()
                .sign(to -> to.identity(credentials.resolveIdentity().join())
                        .request(request.build())
                        .payload(ContentStreamProvider.fromByteArray(content))
                        .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, service)
                        .putProperty(AwsV4HttpSigner.REGION_NAME, region));
        try {
            HttpExecuteResponse response = http().prepareRequest(HttpExecuteRequest.builder()
                            .request(signed.request())
                            .contentStreamProvider(signed.payload().orElseThrow())
                            .build())
                    .call();
            JsonNode answer = read(response);
            int status = response.httpResponse().statusCode();
            if (status >= 300) {
                String code = code(response.httpResponse(), answer);
                if (AwsErrorCode.isPassing(code, status)) {
                    throw new TransientFailure("The service " + service + " answered " + status + " " + code, null);
                }
                throw new IllegalStateException(
                        "The service " + service + " refuses the request: " + status + " " + shortened(answer));
            }
            return new AwsResponse(
                    response.httpResponse()
                            .firstMatchingHeader("x-amz-function-error")
                            .isPresent(),
                    answer);
        } catch (IOException e) {
            throw new TransientFailure("The service " + service + " did not answer", e);
        }
    }

    private static String code(SdkHttpResponse response, JsonNode answer) {
        return AwsErrorCode.bare(response.firstMatchingHeader("x-amzn-errortype")
                .orElseGet(() -> answer.path("__type").asText()));
    }

    private static JsonNode read(HttpExecuteResponse response) throws IOException {
        try (InputStream body =
                response.responseBody().orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))) {
            byte[] content = body.readAllBytes();
            return content.length == 0
                    ? Json.mapper().nullNode()
                    : Json.mapper().readTree(content);
        }
    }

    private static String shortened(JsonNode text) {
        String all = text.toString();
        return all.length() <= 300 ? all : all.substring(0, 300);
    }
}
