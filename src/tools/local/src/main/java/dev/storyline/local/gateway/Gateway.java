package dev.storyline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.LoopbackServer;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.JwtAuthorizer;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.model.ModelException;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP API of the local cloud, on loopback: routes to functions as API Gateway does, payload format 2.0. */
public final class Gateway implements AutoCloseable {
    /** What a function can be handed at once. */
    static final int MAX_BODY = 6 * 1024 * 1024;

    /** How much of a refused body is read and dropped, so that the client hears the answer instead of a reset. */
    private static final int MAX_DRAIN = 16 * 1024 * 1024;

    /** What API Gateway takes of request line and headers. */
    private static final int MAX_HEADERS = 10_240;

    private static final int MAX_IN_FLIGHT = 1_000;

    /** A body up to this size is small; few larger ones are held at once, or a thousand would fill the memory. */
    private static final int SMALL_BODY = 64 * 1024;

    private static final int MAX_LARGE_BODIES = 8;

    private static final int LARGEST_FORM = 4 * 1024;

    private static final Set<String> ISSUING = Set.of(
            "GET " + DevelopmentIssuer.CONFIGURATION,
            "GET " + DevelopmentIssuer.KEYS,
            "POST " + DevelopmentIssuer.TOKEN);
    private static final Set<String> SET_BY_THE_SERVER = Set.of("content-length", "transfer-encoding", "connection");
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.gateway");

    private final Deployment deployment;
    private final FunctionInvoker host;
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Consumer<String> written;
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
    private final Semaphore largeBodies = new Semaphore(MAX_LARGE_BODIES);
    private final AtomicLong requests = new AtomicLong();
    private final List<Matching> routes;
    private final FrontPage page;
    private final @Nullable DevelopmentIssuer issuer;
    private final @Nullable JwtAuthorizer tokens;

    /**
     * Starts listening.
     *
     * @param port 0 for any free one
     * @param page what a browser sees at {@code /}
     * @param written told the function after each request that may have written something
     * @param auth whose tokens are asked for; null for nobody's
     * @throws LocalCloudException if the port is in use, or the issuer cannot be asked
     */
    public Gateway(
            Deployment deployment,
            FunctionInvoker host,
            int port,
            FrontPage page,
            Consumer<String> written,
            @Nullable TrustedIssuer auth) {
        this.page = page;
        this.deployment = deployment;
        this.host = host;
        this.written = written;
        this.routes = deployment.routes().stream().map(Matching::of).toList();
        JwtAuthorizer others = auth == null || auth.equals(TrustedIssuer.DEVELOPMENT) ? null : JwtAuthorizer.of(auth);
        try {
            server = LoopbackServer.at(port);
        } catch (BindException e) {
            throw new LocalCloudException(
                    "Port " + port + " is in use: stop what runs there, or pass --port with another.", e);
        } catch (IOException e) {
            throw new LocalCloudException("The gateway cannot listen on port " + port + ": " + e.getMessage(), e);
        }
        issuer = TrustedIssuer.DEVELOPMENT.equals(auth) ? new DevelopmentIssuer(baseUri()) : null;
        tokens = issuer == null ? others : issuer.tokens();
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    @Nullable
    public DevelopmentIssuer issuer() {
        return issuer;
    }

    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Takes no more requests and lets those in flight finish, 5 seconds at most. */
    @Override
    public void close() {
        server.stop(5);
        executor.shutdownNow();
    }

    /** What the gateway answers; {@code unread} where the client may still be sending its body. */
    private record GatewayResponse(int status, Map<String, String> headers, ByteBuffer body, boolean unread) {
        static GatewayResponse problem(int status, String type, String title, String detail, String instance) {
            ObjectNode body = Json.mapper().createObjectNode();
            body.put("type", "urn:storyline:problem:" + type)
                    .put("title", title)
                    .put("status", status)
                    .put("detail", detail)
                    .put("instance", instance);
            return new GatewayResponse(
                    status,
                    Map.of("content-type", "application/problem+json"),
                    StandardCharsets.UTF_8.encode(body.toString()),
                    false);
        }

        static GatewayResponse busy(String detail, String instance) {
            return problem(503, "busy", "Too many requests at once", detail + " Try again after a second.", instance)
                    .with("retry-after", "1");
        }

        /** An answer before the whole body was read: the connection ends with it. */
        GatewayResponse early() {
            return new GatewayResponse(status, headers, body, true).with("connection", "close");
        }

        GatewayResponse with(String header, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(header, value);
            return new GatewayResponse(status, more, body, unread);
        }
    }

    /** A request that cannot be passed on. */
    private static final class Unservable extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient GatewayResponse answer;

        Unservable(GatewayResponse answer) {
            super(null, null, false, false);
            this.answer = answer;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        String id = Long.toString(requests.incrementAndGet(), 36) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        try (exchange) {
            String path = Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "");
            GatewayResponse answer;
            if (places.tryAcquire()) {
                try {
                    answer = answer(exchange, path, id);
                } finally {
                    places.release();
                }
            } else {
                answer = GatewayResponse.busy("The gateway serves " + MAX_IN_FLIGHT + " requests at once.", path)
                        .early();
            }
            send(exchange, answer.with("x-request-id", id));
        }
    }

    private static void send(HttpExchange exchange, GatewayResponse answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        int length = answer.body().remaining();
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("content-length", Integer.toString(length));
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        boolean bodiless = length == 0 || answer.status() == 204 || answer.status() == 304;
        exchange.sendResponseHeaders(answer.status(), bodiless ? -1 : length);
        if (!bodiless) {
            exchange.getResponseBody().write(answer.body().array(), 0, length);
            exchange.getResponseBody().flush();
        }
        if (answer.unread()) {
            drain(exchange.getRequestBody());
        }
    }

    private static boolean hasBody(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        return headers.containsKey("transfer-encoding")
                || !Objects.requireNonNullElse(headers.getFirst("content-length"), "0")
                        .equals("0");
    }

    private static void drain(InputStream in) throws IOException {
        byte[] dropped = new byte[SMALL_BODY];
        int read = in.read(dropped);
        for (long drained = 0; read >= 0 && drained < MAX_DRAIN; drained += read) {
            read = in.read(dropped);
        }
    }

    private GatewayResponse answer(HttpExchange exchange, String path, String id) {
        try {
            checkHeaders(exchange, path);
            String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
            if (path.equals("/") && method.equals("GET")) {
                return accepts(exchange, "text/html") ? page() : index();
            }
            if (issuer != null && ISSUING.contains(method + " " + path)) {
                return issued(issuer, exchange, path);
            }
            Match match = match(method, path);
            JwtAuthorizer.Checked token = token(exchange, match.route().route(), path);
            return withBody(
                    exchange,
                    path,
                    body -> invoke(match, event(exchange, match, method, path, body, id, token), method, path, id));
        } catch (Unservable e) {
            return hasBody(exchange) ? e.answer.early() : e.answer;
        } catch (IOException e) {
            return GatewayResponse.problem(400, "malformed", "The request cannot be read", "The body broke off.", path)
                    .early();
        }
    }

    /** The token of a request, checked before its body is read; null where none is asked for. */
    private JwtAuthorizer.@Nullable Checked token(HttpExchange exchange, Deployment.Route route, String path)
            throws Unservable {
        if (tokens == null || !route.authorized()) {
            return null;
        }
        try {
            List<String> headers = exchange.getRequestHeaders().get("authorization");
            return tokens.check(headers == null ? List.of() : headers, route.scopes());
        } catch (JwtAuthorizer.TokenRejected e) {
            GatewayResponse answer = switch (e.status()) {
                case 401 -> GatewayResponse.problem(401, "unauthorized", "A good token is missing", e.detail(), path);
                case 403 ->
                    GatewayResponse.problem(403, "forbidden", "The token is not good for this", e.detail(), path);
                default ->
                    GatewayResponse.problem(
                                    e.status(), "issuer-unavailable", "The token cannot be checked", e.detail(), path)
                            .with("retry-after", "10");
            };
            throw new Unservable(answer.with("www-authenticate", e.challenge()));
        }
    }

    /** What the issuer of the local cloud answers. */
    private GatewayResponse issued(DevelopmentIssuer own, HttpExchange exchange, String path)
            throws IOException, Unservable {
        String document = switch (path) {
            case DevelopmentIssuer.CONFIGURATION -> own.configuration();
            case DevelopmentIssuer.KEYS -> own.keys();
            default -> {
                String form =
                        new String(exchange.getRequestBody().readNBytes(LARGEST_FORM), StandardCharsets.ISO_8859_1);
                Map<String, List<String>> fields = parameters(form, path);
                String scope = String.join(" ", fields.getOrDefault("scope", List.of()));
                String subject = String.join(" ", fields.getOrDefault("subject", List.of()));
                if (scope.isBlank() || subject.isBlank()) {
                    throw new Unservable(GatewayResponse.problem(
                            400,
                            "malformed",
                            "The request cannot be read",
                            "A token has a scope and a subject: -d scope=wishes/child -d subject=simo",
                            path));
                }
                yield own.answer(subject, scope);
            }
        };
        return new GatewayResponse(
                200,
                Map.of("content-type", "application/json", "cache-control", "no-store"),
                StandardCharsets.UTF_8.encode(document),
                false);
    }

    private GatewayResponse invoke(Match match, JsonNode event, String method, String path, String id) {
        try {
            return answer(host.invoke(match.route().route().function(), event));
        } catch (FunctionInvoker.TookTooLong e) {
            broken(id, path, e);
            return GatewayResponse.problem(
                    504,
                    "time-out",
                    "The function took too long",
                    "It had " + e.longest().toSeconds() + " seconds; whether it recorded anything is not known.",
                    path);
        } catch (FunctionInvoker.FunctionFailed e) {
            broken(id, path, e);
            return GatewayResponse.problem(
                    500,
                    "internal",
                    "Something is broken here",
                    "The function failed; the log has the cause under the request id " + id + ".",
                    path);
        } catch (IllegalArgumentException e) {
            broken(id, path, e);
            return GatewayResponse.problem(
                    502,
                    "bad-answer",
                    "The function gave no answer that can be sent",
                    "It must return a status code, headers and a body; the log has the cause under the request id " + id
                            + ".",
                    path);
        } finally {
            if (!method.equals("GET")) {
                written.accept(match.route().route().function());
            }
        }
    }

    private static void broken(String id, String path, Exception cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> LogLine.of("broken")
                        .with("request", id)
                        .with("path", path)
                        .text(),
                cause);
    }

    /** Reads what a function returned; whatever is not of the payload format is an IllegalArgumentException. */
    private static GatewayResponse answer(JsonNode reply) {
        int status = reply.path("statusCode").asInt();
        if (!reply.path("statusCode").isInt() || status < 200 || status > 599) {
            throw new IllegalArgumentException("The status code is " + reply.path("statusCode"));
        }
        JsonNode text = reply.path("body");
        if (!text.isTextual() && !text.isNull() && !text.isMissingNode()) {
            throw new IllegalArgumentException("The body is no text");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> header : reply.path("headers").properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue().asText();
            if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+") || !value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
                throw new IllegalArgumentException("The header " + name + " cannot be sent");
            }
            if (!SET_BY_THE_SERVER.contains(name)) {
                headers.put(name, value);
            }
        }
        ByteBuffer body = reply.path("isBase64Encoded").asBoolean()
                ? ByteBuffer.wrap(Base64.getDecoder().decode(text.asText("")))
                : StandardCharsets.UTF_8.encode(text.asText(""));
        return new GatewayResponse(status, headers, body, false);
    }

    private static boolean accepts(HttpExchange exchange, String type) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("accept"), "")
                .contains(type);
    }

    private GatewayResponse page() {
        try {
            return new GatewayResponse(200, FrontPage.headers(), StandardCharsets.UTF_8.encode(page.html()), false);
        } catch (ModelException e) {
            return GatewayResponse.problem(500, "model", "A model cannot be read", String.valueOf(e.getMessage()), "/");
        }
    }

    private GatewayResponse index() {
        String text = deployment.slices().stream()
                        .map(slice -> "slice " + slice + "\n")
                        .collect(Collectors.joining())
                + deployment.routes().stream()
                        .map(route -> route.method() + " " + route.path() + "\n")
                        .collect(Collectors.joining());
        return new GatewayResponse(
                200, Map.of("content-type", "text/plain; charset=utf-8"), StandardCharsets.UTF_8.encode(text), false);
    }

    private static void checkHeaders(HttpExchange exchange, String path) throws Unservable {
        long size = exchange.getRequestURI().toString().length();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        if (size > MAX_HEADERS) {
            throw new Unservable(GatewayResponse.problem(
                    431,
                    "headers-too-large",
                    "The headers are too large",
                    "Address and headers have at most " + MAX_HEADERS + " bytes together.",
                    path.substring(0, Math.min(path.length(), 200))));
        }
    }

    /** What is done with a body. */
    private interface BodyReader {
        GatewayResponse read(byte[] body) throws Unservable;
    }

    private GatewayResponse withBody(HttpExchange exchange, String path, BodyReader reader)
            throws IOException, Unservable {
        String length = exchange.getRequestHeaders().getFirst("content-length");
        if (length != null && Long.parseLong(length) > MAX_BODY) {
            throw tooLarge(path);
        }
        byte[] start = exchange.getRequestBody().readNBytes(SMALL_BODY);
        if (start.length < SMALL_BODY) {
            return reader.read(start);
        }
        if (!largeBodies.tryAcquire()) {
            throw new Unservable(
                    GatewayResponse.busy("The gateway takes " + MAX_LARGE_BODIES + " large bodies at once.", path));
        }
        try {
            byte[] rest = exchange.getRequestBody().readNBytes(MAX_BODY - SMALL_BODY + 1);
            if (start.length + rest.length > MAX_BODY) {
                throw tooLarge(path);
            }
            byte[] whole = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, whole, start.length, rest.length);
            return reader.read(whole);
        } finally {
            largeBodies.release();
        }
    }

    private static Unservable tooLarge(String path) {
        return new Unservable(GatewayResponse.problem(
                413, "too-large", "The body is too large", "A request has at most " + MAX_BODY + " bytes.", path));
    }

    /** A route, cut at its slashes. */
    private record Matching(Deployment.Route route, List<String> segments) {
        static Matching of(Deployment.Route route) {
            return new Matching(route, cut(route.path()));
        }

        static List<String> cut(String path) {
            return List.of(path.split("/", -1));
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
                if (route.route().method().equals("GET")) {
                    allowed.add("HEAD");
                }
                if (route.route().method().equals(method)
                        && (best == null
                                || parameters.size() < best.parameters().size())) {
                    best = new Match(route, parameters);
                }
            }
        } catch (CharacterCodingException e) {
            throw new Unservable(GatewayResponse.problem(
                    400, "malformed", "The request cannot be read", "The path is not percent-encoded UTF-8.", path));
        }
        if (best != null) {
            return best;
        }
        if (allowed.isEmpty()) {
            throw new Unservable(GatewayResponse.problem(
                    404, "no-route", "There is no such route", "No slice serves this path; " + near(segments), path));
        }
        throw new Unservable(GatewayResponse.problem(
                        405,
                        "method",
                        "The path does not take this method",
                        "It takes " + String.join(", ", allowed) + ", not " + method + ".",
                        path)
                .with("allow", String.join(", ", allowed)));
    }

    /** What there is under the first segment of the path. */
    private String near(List<String> segments) {
        String routes = deployment.routes().stream()
                .filter(route ->
                        segments.size() > 1 && Matching.cut(route.path()).get(1).equals(segments.get(1)))
                .map(route -> route.method() + " " + route.path())
                .collect(Collectors.joining(", "));
        return routes.isEmpty() ? "GET / lists the routes." : "near it are: " + routes + ".";
    }

    private static ObjectNode event(
            HttpExchange exchange,
            Match match,
            String method,
            String path,
            byte[] body,
            String id,
            JwtAuthorizer.@Nullable Checked token)
            throws Unservable {
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
        if (token != null) {
            ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
            jwt.set("claims", Json.mapper().valueToTree(token.claims()));
            jwt.set("scopes", Json.mapper().valueToTree(route.scopes()));
        }
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
            throw new Unservable(GatewayResponse.problem(
                    400, "malformed", "The request cannot be read", "The query is not percent-encoded UTF-8.", path));
        }
        return parameters;
    }

    private static String decoded(String text, boolean plusIsSpace) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.put(octet(text, i + 1));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                // The server reads the request line byte by byte, so a character here is one byte of UTF-8.
                bytes.put((byte) c);
            }
        }
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    }

    /** The byte that two hexadecimal digits stand for. */
    private static byte octet(String text, int at) throws CharacterCodingException {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
        if (low < 0) {
            throw new CharacterCodingException();
        }
        return (byte) (high << 4 | low);
    }
}
