package dev.storyline.local.lambda;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import dev.storyline.deployment.Policy;
import dev.storyline.edge.CloudEvent;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.common.LoopbackServer;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.identity.DynamoDbPermissions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.utils.IoUtils;

/**
 * The AWS services for functions in their own processes and for operators, on one endpoint on loopback: DynamoDB, which is
 * forwarded to the embedded DynamoDB, {@code Invoke} and {@code ListFunctions} of Lambda, {@code PutEvents} of EventBridge,
 * {@code PublishBatch} of SNS, {@code PutObject} and {@code GetObject} of S3, {@code CreateSchedule} and {@code DeleteSchedule} of EventBridge Scheduler, and {@code
 * GetCallerIdentity} of STS. The access key identifies the caller, whose policy is enforced.
 */
public final class LocalAws implements AutoCloseable {
    /** The largest request of DynamoDB, in bytes. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final int MAX_IN_FLIGHT = 500;

    /** The most functions in one answer of {@code ListFunctions}. */
    private static final int LISTED_AT_ONCE = 50;

    private static final Pattern CALLER = Pattern.compile("Credential=([A-Za-z0-9]{1,128})/");
    private static final Pattern TO_S3 = Pattern.compile("Credential=[^,]*/s3/aws4_request");
    private static final Pattern OBJECT = Pattern.compile("/([\\w.-]{1,255}(?:/[\\w.-]{1,255}){1,9})");
    private static final Pattern FUNCTIONS = Pattern.compile("/2015-03-31/functions/?");
    private static final Pattern INVOKE = Pattern.compile("/2015-03-31/functions/([^/]{1,200})/invocations");
    private static final Pattern SCHEDULE = Pattern.compile("/schedules/([0-9a-zA-Z_.-]{1,64})");
    private static final Pattern AT = Pattern.compile("at\\((.{1,40})\\)");
    private static final String DYNAMO = "DynamoDB_20120810.";
    private static final String JSON = "application/x-amz-json-1.0";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String ENTRY = "PublishBatchRequestEntries.member.";
    private static final String PUT_EVENTS = "AWSEvents.PutEvents";

    private static final String BUS = "arn:aws:events:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":event-bus/";

    /** DynamoDB Local does not check signatures. It counts the work for each access key. */
    private static final String OURS = "AWS4-HMAC-SHA256 Credential=" + LocalDatabase.FUNCTIONS + "/20260101/"
            + Deployment.REGION + "/dynamodb/aws4_request, SignedHeaders=host, Signature=0";

    private final Deployment deployment;
    private final Map<String, Caller> callers = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final URI dynamo;
    private final PointInTime pointInTime;
    private final SdkHttpClient http;
    private final OutboundCalls outgoing;
    private final Supplier<Duration> ahead;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);

    private record Caller(String name, Policy policy) {
        /** The refusal of a call that the policy does not allow; null where it is allowed. */
        @Nullable
        HttpAnswer denied(int status, List<Need> needs) throws JsonProcessingException {
            Need missing = policy.missing(needs);
            return missing == null ? null : error(status, "AccessDeniedException", missing.refusal(name));
        }
    }

    /**
     * Starts listening.
     *
     * @param dynamo the address of the embedded DynamoDB
     * @param http the client for it
     * @param outgoing the calls to functions and queues
     * @param ahead how far the clock of functions is ahead of that of the machine
     */
    public LocalAws(
            Deployment deployment, URI dynamo, SdkHttpClient http, OutboundCalls outgoing, Supplier<Duration> ahead) {
        for (Deployment.FunctionSpec function : deployment.functions()) {
            String key = "LOCAL%05d".formatted(callers.size());
            callers.put(key, new Caller(function.name(), function.policy()));
            keys.put(function.arn(), key);
        }
        this.deployment = deployment;
        this.dynamo = dynamo;
        this.pointInTime = new PointInTime(LocalDatabase.client(dynamo, http, LocalDatabase.OPERATORS));
        this.http = http;
        this.outgoing = outgoing;
        this.ahead = ahead;
        try {
            server = LoopbackServer.at(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Its address. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /**
     * Lets an operator call it, with the rights that the contexts give their operators.
     *
     * @param key the access key, letters and digits; nobody else may know it
     */
    public void admitOperator(String key) {
        callers.put(key, new Caller("operator", deployment.operators()));
    }

    /** The environment variables, most of them known to the AWS SDK, with which a function finds this endpoint and the time. */
    Map<String, String> environment(Deployment.FunctionSpec function) {
        String here = address().toString();
        Map<String, String> variables = new HashMap<>(Map.of(
                "AWS_ACCESS_KEY_ID", Objects.requireNonNull(keys.get(function.arn())),
                "AWS_SECRET_ACCESS_KEY", "local",
                "AWS_ENDPOINT_URL_DYNAMODB", here,
                "AWS_ENDPOINT_URL_LAMBDA", here,
                "AWS_ENDPOINT_URL_EVENTBRIDGE", here,
                "AWS_ENDPOINT_URL_SNS", here,
                "AWS_ENDPOINT_URL_S3", here,
                "AWS_ENDPOINT_URL_SCHEDULER", here));
        if (!ahead.get().isZero()) {
            variables.put("CLOCK_AHEAD", ahead.get().toString());
        }
        return variables;
    }

    /** A second time does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.stop(0);
            executor.shutdownNow();
        }
    }

    private static HttpAnswer answer(int status, JsonNode body) throws JsonProcessingException {
        return HttpAnswer.of(status, JSON, Json.mapper().writeValueAsString(body));
    }

    private static HttpAnswer error(int status, String type, String message) throws JsonProcessingException {
        return answer(
                status, Json.mapper().createObjectNode().put("__type", type).put("message", message));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpAnswer answer;
            if (places.tryAcquire()) {
                try {
                    answer = answer(exchange);
                } finally {
                    places.release();
                }
            } else {
                answer = error(503, "ServiceUnavailable", "Too many requests at once.")
                        .with("connection", "close");
            }
            answer.send(exchange);
        }
    }

    private HttpAnswer answer(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY + 1);
        if (body.length > MAX_BODY) {
            return error(413, "RequestTooLarge", "A request has at most " + MAX_BODY + " bytes.")
                    .with("connection", "close");
        }
        Caller caller = caller(exchange);
        if (caller == null) {
            return error(403, "UnrecognizedClientException", "The security token is of no function.");
        }
        if (TO_S3.matcher(String.valueOf(exchange.getRequestHeaders().getFirst("authorization")))
                .find()) {
            return object(
                    caller,
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    body);
        }
        if (String.valueOf(exchange.getRequestHeaders().getFirst("content-type"))
                .startsWith(FORM)) {
            Map<String, String> form = form(body);
            return "GetCallerIdentity".equals(form.get("Action")) ? identity(caller) : announce(caller, form);
        }
        if (FUNCTIONS.matcher(exchange.getRequestURI().getPath()).matches()
                && exchange.getRequestMethod().equals("GET")) {
            HttpAnswer denied = caller.denied(403, List.of(new Need("lambda:ListFunctions", "*")));
            return denied == null ? functions(exchange.getRequestURI().getRawQuery()) : denied;
        }
        Matcher schedule = SCHEDULE.matcher(exchange.getRequestURI().getPath());
        if (schedule.matches() && exchange.getRequestMethod().equals("DELETE")) {
            return unschedule(
                    caller, schedule.group(1), exchange.getRequestURI().getRawQuery());
        }
        String target = Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("x-amz-target"), "");
        Matcher invoke = INVOKE.matcher(exchange.getRequestURI().getPath());
        JsonNode request;
        try {
            request = Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            return error(400, "SerializationException", "The request is no JSON.");
        }
        if (target.startsWith(DYNAMO)) {
            HttpAnswer denied = caller.denied(400, DynamoDbPermissions.of(target, request));
            return denied == null ? dynamo(target, request, body) : denied;
        }
        if (target.equals(PUT_EVENTS)) {
            HttpAnswer denied = caller.denied(400, buses(request));
            return denied == null ? publish(request) : denied;
        }
        if (schedule.matches()) {
            return schedule(caller, schedule.group(1), request);
        }
        if (invoke.matches()) {
            String function = invoke.group(1);
            HttpAnswer denied = caller.denied(403, List.of(invocation(function)));
            return denied == null ? invoke(function, request) : denied;
        }
        return error(400, "UnknownOperationException", "The local cloud has no " + target + ".");
    }

    /** {@code PutObject} and {@code GetObject} of S3, with the bucket in the path. */
    private HttpAnswer object(Caller caller, String method, String path, byte[] body) throws JsonProcessingException {
        Matcher object = OBJECT.matcher(path);
        boolean put = method.equals("PUT");
        if (!object.matches() || !(put || method.equals("GET"))) {
            return s3Error(400, "InvalidRequest", "The local cloud puts and gets objects of S3.");
        }
        String name = object.group(1);
        HttpAnswer denied = caller.denied(403, List.of(Need.ofObject(put ? "s3:PutObject" : "s3:GetObject", name)));
        if (denied != null) {
            return denied;
        }
        try {
            if (put) {
                outgoing.objects().put(name, body);
                return HttpAnswer.of(200, "application/xml", "");
            }
            byte[] content = outgoing.objects().get(name);
            return content == null
                    ? s3Error(404, "NoSuchKey", "There is no object of this name.")
                    : new HttpAnswer(
                            200, Map.of("content-type", "application/x-ndjson"), ByteBuffer.wrap(content), false);
        } catch (TransientFailure e) {
            return s3Error(500, "InternalError", String.valueOf(e.getMessage()));
        }
    }

    private static HttpAnswer s3Error(int status, String code, String message) {
        return HttpAnswer.of(
                status,
                "application/xml",
                "<Error><Code>" + code + "</Code><Message>" + message + "</Message></Error>");
    }

    private HttpAnswer schedule(Caller caller, String name, JsonNode request) throws JsonProcessingException {
        JsonNode target = request.path("Target");
        String group = request.path("GroupName").asText("default");
        String role = target.path("RoleArn").asText();
        HttpAnswer denied = caller.denied(403, Need.ofNewSchedule(group, name, role));
        if (denied != null) {
            return denied;
        }
        Matcher at = AT.matcher(request.path("ScheduleExpression").asText());
        if (!at.matches()) {
            return error(400, "ValidationException", "The local cloud has schedules like at(2026-11-30T12:00:00).");
        }
        try {
            outgoing.schedule(new OneTimeSchedule(
                    group,
                    name,
                    LocalDateTime.parse(at.group(1)).toInstant(ZoneOffset.UTC),
                    target.path("Arn").asText(),
                    role,
                    target.path("DeadLetterConfig").path("Arn").asText(),
                    Json.mapper().readTree(target.path("Input").asText("{}"))));
            return answer(200, Json.mapper().createObjectNode().put("ScheduleArn", group + "/" + name));
        } catch (DateTimeParseException e) {
            return error(400, "ValidationException", "This is no time: " + at.group(1));
        } catch (TransientFailure e) {
            return error(500, "InternalServerException", String.valueOf(e.getMessage()));
        }
    }

    private HttpAnswer unschedule(Caller caller, String name, @Nullable String query) throws JsonProcessingException {
        String group =
                form(String.valueOf(query).getBytes(StandardCharsets.UTF_8)).getOrDefault("groupName", "default");
        HttpAnswer denied = caller.denied(403, Need.ofRemovedSchedule(group, name));
        if (denied != null) {
            return denied;
        }
        try {
            outgoing.unschedule(group, name);
            return answer(200, Json.mapper().createObjectNode());
        } catch (TransientFailure e) {
            return error(500, "InternalServerException", String.valueOf(e.getMessage()));
        }
    }

    /** The fields of a request to SNS, or of a query, by name. */
    private static Map<String, String> form(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(body, StandardCharsets.UTF_8).split("&")) {
            String[] parts = field.split("=", 2);
            fields.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    private HttpAnswer announce(Caller caller, Map<String, String> form) throws JsonProcessingException {
        String topic = form.getOrDefault("TopicArn", "");
        if (!"PublishBatch".equals(form.get("Action"))) {
            return error(400, "InvalidAction", "The local cloud has no " + form.get("Action") + ".");
        }
        HttpAnswer denied = caller.denied(403, List.of(new Need("sns:Publish", topic)));
        if (denied != null) {
            return denied;
        }
        List<String> ids = new ArrayList<>();
        List<String> messages = new ArrayList<>();
        for (int i = 1; form.containsKey(ENTRY + i + ".Id"); i++) {
            ids.add(form.get(ENTRY + i + ".Id"));
            messages.add(form.getOrDefault(ENTRY + i + ".Message", ""));
        }
        try {
            List<Integer> left = outgoing.announce(topic, messages);
            StringBuilder taken = new StringBuilder();
            for (int i = 0; i < ids.size(); i++) {
                if (!left.contains(i)) {
                    taken.append("<member><Id>").append(ids.get(i)).append("</Id></member>");
                }
            }
            return HttpAnswer.of(
                    200,
                    "text/xml",
                    "<PublishBatchResponse><PublishBatchResult><Successful>" + taken
                            + "</Successful></PublishBatchResult></PublishBatchResponse>");
        } catch (TransientFailure e) {
            return error(500, "InternalError", String.valueOf(e.getMessage()));
        }
    }

    private @Nullable Caller caller(HttpExchange exchange) {
        Matcher named = CALLER.matcher(
                Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("authorization"), ""));
        return named.find() ? callers.get(named.group(1)) : null;
    }

    /** What it takes to invoke a function; of one that does not exist, only its name is known. */
    private Need invocation(String arn) {
        return deployment.functions().stream()
                .filter(function -> function.arn().equals(arn))
                .findFirst()
                .map(Need::ofInvocation)
                .orElseGet(() -> new Need("lambda:InvokeFunction", arn));
    }

    /** One page of the functions with their settings. */
    private HttpAnswer functions(@Nullable String query) throws JsonProcessingException {
        String marker =
                form(String.valueOf(query).getBytes(StandardCharsets.UTF_8)).getOrDefault("Marker", "0");
        if (!marker.matches("\\d{1,6}")) {
            return error(400, "InvalidParameterValueException", "This is no marker: " + marker);
        }
        List<Deployment.FunctionSpec> all = deployment.functions();
        int from = Math.min(Integer.parseInt(marker), all.size());
        int to = Math.min(from + LISTED_AT_ONCE, all.size());
        ObjectNode page = Json.mapper().createObjectNode();
        ArrayNode functions = page.putArray("Functions");
        for (Deployment.FunctionSpec function : all.subList(from, to)) {
            ObjectNode one = functions
                    .addObject()
                    .put("FunctionName", function.name())
                    .put("FunctionArn", function.arn())
                    .put("Runtime", function.runtime())
                    .put("Handler", function.handler())
                    .put("MemorySize", function.memoryMegabytes())
                    .put("Timeout", function.timeout().toSeconds());
            one.putObject("Environment").set("Variables", Json.mapper().valueToTree(function.environment()));
        }
        return answer(200, to < all.size() ? page.put("NextMarker", String.valueOf(to)) : page);
    }

    private static HttpAnswer identity(Caller caller) {
        return HttpAnswer.of(
                200,
                "text/xml",
                "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:sts::" + Deployment.ACCOUNT
                        + ":assumed-role/" + caller.name() + "Role/" + caller.name() + "</Arn><UserId>" + caller.name()
                        + "</UserId><Account>" + Deployment.ACCOUNT
                        + "</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
    }

    private static List<Need> buses(JsonNode request) {
        return request.path("Entries")
                .valueStream()
                .map(entry -> new Need(
                        "events:PutEvents", BUS + entry.path("EventBusName").asText()))
                .distinct()
                .toList();
    }

    private HttpAnswer dynamo(String target, JsonNode asked, byte[] body) throws IOException {
        if (target.equals(PointInTime.TARGET)) {
            return pointInTime.restore(asked);
        }
        SdkHttpRequest request = SdkHttpRequest.builder()
                .method(SdkHttpMethod.POST)
                .uri(dynamo)
                .encodedPath("/")
                .putHeader("x-amz-target", target)
                .putHeader("content-type", JSON)
                .putHeader("content-length", Integer.toString(body.length))
                .putHeader("authorization", OURS)
                .build();
        try {
            HttpExecuteResponse response = http.prepareRequest(HttpExecuteRequest.builder()
                            .request(request)
                            .contentStreamProvider(() -> new ByteArrayInputStream(body))
                            .build())
                    .call();
            ByteBuffer content = ByteBuffer.allocate(0);
            if (response.responseBody().isPresent()) {
                try (InputStream in = response.responseBody().get()) {
                    content = ByteBuffer.wrap(IoUtils.toByteArray(in));
                }
            }
            Map<String, String> headers = new HashMap<>(Map.of("content-type", JSON));
            for (String name : List.of("x-amz-crc32", "x-amzn-requestid")) {
                response.httpResponse().firstMatchingHeader(name).ifPresent(value -> headers.put(name, value));
            }
            return new HttpAnswer(response.httpResponse().statusCode(), headers, content, false);
        } catch (IOException e) {
            return error(500, "com.amazonaws.dynamodb.v20120810#InternalServerError", "DynamoDB: " + e);
        }
    }

    private HttpAnswer invoke(String function, JsonNode event) throws IOException {
        try {
            return answer(200, outgoing.invoke(function, event));
        } catch (TransientFailure e) {
            Throwable thrown = thrown(e);
            return answer(
                            200,
                            Json.mapper()
                                    .createObjectNode()
                                    .put("errorMessage", String.valueOf(thrown.getMessage()))
                                    .put("errorType", thrown.getClass().getName()))
                    .with("x-amz-function-error", "Unhandled");
        }
    }

    /** What the function itself has thrown, if that is known. */
    private static Throwable thrown(TransientFailure e) {
        if (!(e.getCause() instanceof FunctionInvoker.FunctionFailed failed)) {
            return e;
        }
        Throwable thrown = failed.getCause();
        return thrown == null || thrown.getMessage() == null || failed instanceof FunctionInvoker.TookTooLong
                ? failed
                : thrown;
    }

    private HttpAnswer publish(JsonNode request) throws IOException {
        ObjectNode reply = Json.mapper().createObjectNode();
        ArrayNode entries = reply.putArray("Entries");
        int failed = 0;
        for (JsonNode entry : request.path("Entries")) {
            try {
                CloudEvent event = Json.mapper().readValue(entry.path("Detail").asText(), CloudEvent.class);
                if (!outgoing.publish(entry.path("EventBusName").asText(), List.of(event))
                        .isEmpty()) {
                    throw new TransientFailure("The local bus did not take it.", null);
                }
                entries.addObject().put("EventId", event.id());
            } catch (TransientFailure | JsonProcessingException e) {
                failed++;
                entries.addObject()
                        .put("ErrorCode", e instanceof TransientFailure ? "InternalFailure" : "MalformedDetail")
                        .put("ErrorMessage", e.getMessage());
            }
        }
        return answer(200, reply.put("FailedEntryCount", failed));
    }
}
