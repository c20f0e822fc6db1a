package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.AwsErrorCode;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * Lambda's {@code Invoke}, EventBridge's {@code PutEvents}, SNS's {@code PublishBatch}, and {@code CreateSchedule} and
 * {@code DeleteSchedule} of EventBridge Scheduler; for S3 see {@link S3ObjectStore}. Parts of the AWS SDK that
 * every function has for DynamoDB anyway sign and send the requests, so that outbound calls add nothing to a cold start.
 */
final class AwsOutboundCalls implements OutboundCalls {
    private static final Duration LONGEST = Duration.ofSeconds(15);

    /** The part of the XML answer of SNS that names the messages it has taken, and the ids in it. */
    private static final Pattern TAKEN = Pattern.compile("<Successful>(.*?)</Successful>", Pattern.DOTALL);

    private static final DateTimeFormatter MINUTES =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final Pattern CODE = Pattern.compile("<Code>(\\w+)</Code>");
    private static final Pattern ID = Pattern.compile("<Id>(\\d+)</Id>");

    private final String region;
    private final IdentityProvider<? extends AwsCredentialsIdentity> credentials;
    private final URI lambda;
    private final URI events;
    private final URI topics;
    private final URI schedules;
    private final ObjectStore objects;
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
                        "AWS_ENDPOINT_URL_EVENTBRIDGE", "https://events." + region + ".amazonaws.com")),
                URI.create(settings.getOrDefault("AWS_ENDPOINT_URL_SNS", "https://sns." + region + ".amazonaws.com")),
                URI.create(settings.getOrDefault(
                        "AWS_ENDPOINT_URL_SCHEDULER", "https://scheduler." + region + ".amazonaws.com")),
                URI.create(settings.getOrDefault(
                        "AWS_ENDPOINT_URL_S3", S3ObjectStore.endpoint(region).toString())));
    }

    AwsOutboundCalls(
            String region,
            IdentityProvider<? extends AwsCredentialsIdentity> credentials,
            URI lambda,
            URI events,
            URI topics,
            URI schedules,
            URI objects) {
        this.region = region;
        this.credentials = credentials;
        this.lambda = lambda;
        this.events = events;
        this.topics = topics;
        this.schedules = schedules;
        this.objects = new S3ObjectStore(region, credentials, objects, this::http);
    }

    @Override
    public JsonNode invoke(String function, JsonNode event) {
        String path = "/2015-03-31/functions/" + URLEncoder.encode(function, StandardCharsets.UTF_8) + "/invocations";
        AwsResponse answer = send("lambda", lambda, path, Map.of("x-amz-invocation-type", "RequestResponse"), event);
        if (answer.failed()) {
            throw new TransientFailure("The function " + function + " failed: " + shortened(answer.content()), null);
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
    public List<Integer> announce(String topic, List<String> messages) {
        StringBuilder form =
                new StringBuilder("Action=PublishBatch&Version=2010-03-31&TopicArn=").append(encoded(topic));
        for (int i = 0; i < messages.size(); i++) {
            String entry = "&PublishBatchRequestEntries.member." + (i + 1);
            form.append(entry).append(".Id=").append(i);
            form.append(entry).append(".Message=").append(encoded(messages.get(i)));
        }
        String answer = send(
                        "sns",
                        topics,
                        "/",
                        Map.of("content-type", "application/x-www-form-urlencoded"),
                        form.toString().getBytes(StandardCharsets.UTF_8))
                .content();
        Matcher taken = TAKEN.matcher(answer);
        Set<String> ids = taken.find()
                ? ID.matcher(taken.group(1)).results().map(id -> id.group(1)).collect(Collectors.toSet())
                : Set.of();
        return IntStream.range(0, messages.size())
                .filter(i -> !ids.contains(String.valueOf(i)))
                .boxed()
                .toList();
    }

    @Override
    public ObjectStore objects() {
        return objects;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void schedule(OneTimeSchedule schedule) {
        ObjectNode request = Json.mapper()
                .createObjectNode()
                .put("GroupName", schedule.group())
                .put("ScheduleExpression", "at(" + MINUTES.format(schedule.at()) + ")")
                .put("ScheduleExpressionTimezone", "UTC")
                .put("ActionAfterCompletion", "DELETE");
        request.putObject("FlexibleTimeWindow").put("Mode", "OFF");
        ObjectNode target = request.putObject("Target")
                .put("Arn", schedule.function())
                .put("RoleArn", schedule.role())
                .put("Input", Json.text(schedule.event()));
        target.putObject("DeadLetterConfig").put("Arn", schedule.missed());
        // A schedule that is there already has the same name because it is the same.
        send(
                "scheduler",
                request(schedules, SdkHttpMethod.POST, "/schedules/" + encoded(schedule.name()))
                        .putHeader("content-type", "application/json"),
                bytes(request),
                "ConflictException");
    }

    @Override
    public void unschedule(String group, String name) {
        send(
                "scheduler",
                request(schedules, SdkHttpMethod.DELETE, "/schedules/" + encoded(name))
                        .putRawQueryParameter("groupName", group),
                new byte[0],
                "ResourceNotFoundException");
    }

    @Override
    public JsonNode post(String url, String key, JsonNode request) {
        return post(url, key, null, request);
    }

    @Override
    public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
        return ports().post(url, key, traceparent, request);
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

    private record AwsResponse(boolean failed, String content) {
        JsonNode body() {
            return json(content);
        }
    }

    private AwsResponse send(String service, URI endpoint, String path, Map<String, String> headers, JsonNode body) {
        return send(service, endpoint, path, headers, bytes(body));
    }

    private AwsResponse send(String service, URI endpoint, String path, Map<String, String> headers, byte[] content) {
        SdkHttpRequest.Builder request = request(endpoint, SdkHttpMethod.POST, path);
        headers.forEach(request::putHeader);
        return send(service, request, content, "");
    }

    private static byte[] bytes(JsonNode body) {
        return Json.text(body).getBytes(StandardCharsets.UTF_8);
    }

    private static SdkHttpRequest.Builder request(URI endpoint, SdkHttpMethod method, String path) {
        return SdkHttpRequest.builder().method(method).uri(endpoint).encodedPath(path);
    }

    /**
     * Signs and sends a request.
     *
     * @param done the error code which says that all is done already; empty for none
     */
    private AwsResponse send(String service, SdkHttpRequest.Builder request, byte[] content, String done) {
        request.putHeader("content-length", Integer.toString(content.length));
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
            String answer = read(response);
            int status = response.httpResponse().statusCode();
            if (status >= 300) {
                String code = code(response.httpResponse(), answer);
                if (!code.isEmpty() && code.equals(done)) {
                    return new AwsResponse(false, "");
                }
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

    private static String code(SdkHttpResponse response, String answer) {
        return AwsErrorCode.bare(
                response.firstMatchingHeader("x-amzn-errortype").orElseGet(() -> code(answer)));
    }

    /** SNS answers in XML, the others in JSON. */
    private static String code(String answer) {
        Matcher code = CODE.matcher(answer);
        return code.find()
                ? code.group(1)
                : answer.startsWith("{") ? json(answer).path("__type").asText() : "";
    }

    private static String read(HttpExecuteResponse response) throws IOException {
        try (InputStream body =
                response.responseBody().orElseGet(() -> AbortableInputStream.create(InputStream.nullInputStream()))) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode json(String content) {
        try {
            return content.isEmpty() ? Json.mapper().nullNode() : Json.mapper().readTree(content);
        } catch (IOException e) {
            throw new TransientFailure("The answer is not JSON", e);
        }
    }

    private static String shortened(String all) {
        return all.length() <= 300 ? all : all.substring(0, 300);
    }
}
