package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.eventstore.Json;
import dev.storyline.eventstore.LogLine;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP API of the local cloud, on loopback: routes to functions as API Gateway does, payload format 2.0. */
final class Gateway implements AutoCloseable {
    /** What a function can be handed at once. */
    static final int MAX_BODY = 6 * 1024 * 1024;

    private static final int MAX_DRAIN = 16 * 1024 * 1024;
    private static final int MAX_IN_FLIGHT = 1_000;
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.gateway");

    private final Deployment deployment;
    private final SliceHost host;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicLong requests = new AtomicLong();
    private final List<Matching> routes;

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "1000");
        System.setProperty("sun.net.httpserver.maxReqTime", "60");
        System.setProperty("sun.net.httpserver.maxRspTime", "60");
    }

    Gateway(Deployment deployment, SliceHost host, int port) {
        this.deployment = deployment;
        this.host = host;
        this.routes = deployment.routes().stream().map(Matching::of).toList();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_024);
        } catch (BindException e) {
            throw new LocalTrouble(
                    "Port " + port + " is in use: stop what runs there, or pass --port with another.", e);
        } catch (IOException e) {
            throw new LocalTrouble("The gateway cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Takes no more requests and lets those in flight finish, 5 seconds at most. */
    @Override
    public void close() {
        server.stop(5);
        executor.close();
    }

    /** What the gateway answers. */
    private record Answer(int status, Map<String, String> headers, String body) {
        static Answer problem(int status, String type, String title, String detail, String instance) {
            ObjectNode body = Json.mapper().createObjectNode();
            body.put("type", "urn:storyline:problem:" + type)
                    .put("title", title)
                    .put("status", status)
                    .put("detail", detail)
                    .put("instance", instance);
            return new Answer(status, Map.of("content-type", "application/problem+json"), body.toString());
        }

        Answer with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new Answer(status, more, body);
        }
    }

    /** A request that cannot be passed on. */
    private static final class Unservable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Answer answer;

        Unservable(Answer answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String id = Long.toString(requests.incrementAndGet(), 36) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        try (exchange) {
            Answer answer;
            if (!places.tryAcquire()) {
                answer = Answer.problem(
                                503,
                                "busy",
                                "Too many requests at once",
                                "The gateway serves " + MAX_IN_FLIGHT + " requests at once; try again after a second.",
                                exchange.getRequestURI().getRawPath())
                        .with("retry-after", "1");
            } else {
                try {
                    answer = answer(exchange, id);
                } finally {
                    places.release();
                }
            }
            send(exchange, answer.with("x-request-id", id));
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : body.length);
        if (!bodiless) {
            exchange.getResponseBody().write(body);
        }
    }

    private Answer answer(HttpExchange exchange, String id) {
        String path = exchange.getRequestURI().getRawPath();
        try {
            byte[] body = body(exchange, path);
            String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
            if (path.equals("/") && method.equals("GET")) {
                return index();
            }
            Match match = match(method, path);
            return invoke(match, event(exchange, match, method, path, body, id), path, id);
        } catch (Unservable e) {
            return e.answer;
        } catch (IOException e) {
            return Answer.problem(400, "malformed", "The request cannot be read", "The body broke off.", path);
        }
    }

    private Answer invoke(Match match, JsonNode event, String path, String id) {
        JsonNode reply;
        try {
            reply = host.invoke(match.route().route().function(), event);
        } catch (SliceHost.FunctionFailed | RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> LogLine.of("broken")
                            .with("request", id)
                            .with("path", path)
                            .text(),
                    e);
            return Answer.problem(
                    500,
                    "internal",
                    "Something is broken here",
                    "The function failed; the log has the cause under the request id " + id + ".",
                    path);
        }
        if (!reply.path("statusCode").isInt()) {
            return Answer.problem(
                    502, "bad-answer", "The function gave no answer", "It returned no status code.", path);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        reply.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        String text = reply.path("body").asText("");
        String body = reply.path("isBase64Encoded").asBoolean()
                ? new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8)
                : text;
        return new Answer(reply.path("statusCode").intValue(), headers, body);
    }

    private Answer index() {
        String text = deployment.slices().stream()
                        .map(slice -> "slice " + slice + "\n")
                        .collect(Collectors.joining())
                + deployment.routes().stream()
                        .map(route -> route.method() + " " + route.path() + "\n")
                        .collect(Collectors.joining());
        return new Answer(200, Map.of("content-type", "text/plain; charset=utf-8"), text);
    }

    private static byte[] body(HttpExchange exchange, String path) throws IOException, Unservable {
        String length = exchange.getRequestHeaders().getFirst("content-length");
        long announced = length == null ? -1 : Long.parseLong(length);
        InputStream in = exchange.getRequestBody();
        byte[] body = announced > MAX_BODY ? new byte[0] : in.readNBytes(MAX_BODY + 1);
        if (announced <= MAX_BODY && body.length <= MAX_BODY) {
            return body;
        }
        // The rest is read and dropped, within a bound, so that the client hears the answer instead of a reset.
        byte[] drain = new byte[64 * 1024];
        for (long drained = 0; drained < MAX_DRAIN; ) {
            int read = in.read(drain);
            if (read < 0) {
                break;
            }
            drained += read;
        }
        throw new Unservable(Answer.problem(
                413, "too-large", "The body is too large", "A request has at most " + MAX_BODY + " bytes.", path));
    }

    /** A route, cut at its slashes. */
    private record Matching(Deployment.Route route, List<String> segments) {
        static Matching of(Deployment.Route route) {
            return new Matching(route, cut(route.path()));
        }

        static List<String> cut(String path) {
            return List.of(path.substring(1).split("/", -1));
        }

        /** The decoded parameters, or null if the path is another. */
        @Nullable
        Map<String, String> parameters(List<String> path) throws CharacterCodingException {
            if (path.size() != segments.size()) {
                return null;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    if (path.get(i).isEmpty()) {
                        return null;
                    }
                    parameters.put(segment.substring(1, segment.length() - 1), decoded(path.get(i), false));
                } else if (!segment.equals(path.get(i))) {
                    return null;
                }
            }
            return parameters;
        }
    }

    private record Match(Matching route, Map<String, String> parameters) {}

    /** The best match: as on API Gateway, the route with the fewest parameters. */
    private Match match(String method, String path) throws Unservable {
        List<String> segments = Matching.cut(path);
        TreeSet<String> allowed = new TreeSet<>();
        Match best = null;
        try {
            for (Matching route : routes) {
                Map<String, String> parameters = route.parameters(segments);
                if (parameters == null) {
                    continue;
                }
                allowed.add(route.route().method());
                if (route.route().method().equals(method)
                        && (best == null
                                || parameters.size() < best.parameters().size())) {
                    best = new Match(route, parameters);
                }
            }
        } catch (CharacterCodingException e) {
            throw new Unservable(Answer.problem(
                    400, "malformed", "The request cannot be read", "The path is not percent-encoded UTF-8.", path));
        }
        if (best != null) {
            return best;
        }
        if (allowed.isEmpty()) {
            throw new Unservable(Answer.problem(
                    404,
                    "no-route",
                    "There is no such route",
                    "No slice serves this path; GET / lists the routes.",
                    path));
        }
        throw new Unservable(Answer.problem(
                        405,
                        "method",
                        "The path does not take this method",
                        "It takes " + String.join(", ", allowed) + ", not " + method + ".",
                        path)
                .with("allow", String.join(", ", allowed)));
    }

    private static ObjectNode event(
            HttpExchange exchange, Match match, String method, String path, byte[] body, String id) throws Unservable {
        ObjectNode event = Json.mapper().createObjectNode();
        String query = exchange.getRequestURI().getRawQuery();
        Deployment.Route route = match.route().route();
        event.put("version", "2.0")
                .put("routeKey", route.method() + " " + route.path())
                .put("rawPath", path)
                .put("rawQueryString", query == null ? "" : query);
        ObjectNode headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        if (query != null && !query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            parameters(query, path).forEach((name, values) -> parameters.put(name, String.join(",", values)));
        }
        if (!match.parameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", id).put("timeEpoch", System.currentTimeMillis());
        context.putObject("http").put("method", method).put("path", path).put("sourceIp", "127.0.0.1");
        content(event, body);
        return event;
    }

    /** Text goes as text; what is no UTF-8 goes in base64, as on API Gateway. */
    private static void content(ObjectNode event, byte[] body) {
        if (body.length == 0) {
            event.put("isBase64Encoded", false);
            return;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            event.put("body", text).put("isBase64Encoded", false);
        } catch (CharacterCodingException e) {
            event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
        }
    }

    private static Map<String, List<String>> parameters(String query, String path) throws Unservable {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
                parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            }
        } catch (CharacterCodingException e) {
            throw new Unservable(Answer.problem(
                    400, "malformed", "The request cannot be read", "The query is not percent-encoded UTF-8.", path));
        }
        return parameters;
    }

    private static String decoded(String text, boolean plusIsSpace) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put((byte) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    }
}
