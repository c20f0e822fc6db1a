package dev.storyline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.LoopbackServer;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.JwtAuthorizer;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.local.lambda.FunctionInvoker;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP API of the local cloud on loopback: invokes the functions of routes as API Gateway does. */
public final class Gateway implements AutoCloseable {
    /** The largest request line and headers that API Gateway takes, in bytes. */
    private static final int MAX_HEADERS = 10_240;

    private static final int MAX_IN_FLIGHT = 1_000;
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.gateway");

    private final List<String> slices;
    private final Routes routes;
    private final FunctionInvoker functions;
    private final FrontPage page;
    private final Consumer<String> written;
    private final RequestBodies bodies = new RequestBodies();
    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places = new Semaphore(MAX_IN_FLIGHT);
    private final AtomicLong requests = new AtomicLong();
    private final @Nullable DevelopmentIssuer issuer;
    private final @Nullable IssuerEndpoints issuerEndpoints;
    private final @Nullable JwtAuthorizer authorizer;

    /**
     * Starts listening.
     *
     * @param functions invokes the functions of the routes
     * @param port the port; 0 for any free port
     * @param page the page that a browser gets at {@code /}
     * @param written gets the ARN of the function after each request that may have written something
     * @param auth the issuer whose tokens routes with an authorizer ask for; null where they ask for none
     * @throws LocalCloudException if the port is in use, or the issuer does not answer
     */
    public Gateway(
            Deployment deployment,
            FunctionInvoker functions,
            int port,
            FrontPage page,
            Consumer<String> written,
            @Nullable TrustedIssuer auth) {
        this.slices = deployment.slices();
        this.routes = new Routes(deployment.routes());
        this.functions = functions;
        this.page = page;
        this.written = written;
        boolean development = TrustedIssuer.DEVELOPMENT.equals(auth);
        JwtAuthorizer external = auth == null || development ? null : JwtAuthorizer.of(auth);
        this.server = listen(port);
        this.issuer = development ? new DevelopmentIssuer(baseUri()) : null;
        this.issuerEndpoints = issuer == null ? null : new IssuerEndpoints(issuer);
        this.authorizer = issuer == null ? external : issuer.authorizer();
        server.setExecutor(executor);
        server.createContext("/", this::serve);
        server.start();
    }

    private static HttpServer listen(int port) {
        try {
            return LoopbackServer.at(port);
        } catch (BindException e) {
            throw new LocalCloudException(
                    "Port " + port + " is in use: stop what runs there, or pass --port with another.", e);
        } catch (IOException e) {
            throw new LocalCloudException("The gateway cannot listen on port " + port + ": " + e.getMessage(), e);
        }
    }

    /** The development issuer; null where there is none. */
    @Nullable
    public DevelopmentIssuer issuer() {
        return issuer;
    }

    /** The address that it listens on. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Takes no more requests and lets those in flight finish, 5 seconds at most. */
    @Override
    public void close() {
        server.stop(5);
        executor.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String id = Long.toString(requests.incrementAndGet(), 36) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        try (exchange) {
            String path = Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), "");
            HttpAnswer answer;
            if (places.tryAcquire()) {
                try {
                    answer = answer(exchange, path, id);
                } finally {
                    places.release();
                }
            } else {
                answer = Problem.busy("The gateway serves " + MAX_IN_FLIGHT + " requests at once.", path)
                        .beforeTheEnd();
            }
            answer.with("x-request-id", id).send(exchange);
        }
    }

    private HttpAnswer answer(HttpExchange exchange, String path, String id) {
        try {
            checkHeaders(exchange, path);
            String method = exchange.getRequestMethod().equals("HEAD") ? "GET" : exchange.getRequestMethod();
            if (path.equals("/") && method.equals("GET")) {
                return accepts(exchange, "text/html") ? page.answer() : index();
            }
            if (issuerEndpoints != null && issuerEndpoints.serves(method, path)) {
                return issuerEndpoints.answer(exchange, path);
            }
            Routes.Match match = routes.match(method, path);
            JwtAuthorizer.Checked token = token(exchange, match.route(), path);
            return bodies.read(exchange, path, body -> {
                JsonNode event = PayloadFormat.event(exchange, match, method, path, body, id, token);
                return invoke(match.route().function(), event, method, path, id);
            });
        } catch (RequestRefused e) {
            return hasBody(exchange) ? e.answer().beforeTheEnd() : e.answer();
        } catch (IOException e) {
            return Problem.malformed("The body broke off.", path).beforeTheEnd();
        }
    }

    private static void checkHeaders(HttpExchange exchange, String path) throws RequestRefused {
        long size = exchange.getRequestURI().toString().length();
        for (Map.Entry<String, List<String>> header :
                exchange.getRequestHeaders().entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        if (size > MAX_HEADERS) {
            throw new RequestRefused(Problem.of(
                    431,
                    "headers-too-large",
                    "The headers are too large",
                    "Address and headers have at most " + MAX_HEADERS + " bytes together.",
                    path.substring(0, Math.min(path.length(), 200))));
        }
    }

    private static boolean hasBody(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        return headers.containsKey("transfer-encoding")
                || !Objects.requireNonNullElse(headers.getFirst("content-length"), "0")
                        .equals("0");
    }

    private static boolean accepts(HttpExchange exchange, String type) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("accept"), "")
                .contains(type);
    }

    private HttpAnswer index() {
        return HttpAnswer.of(
                200,
                "text/plain; charset=utf-8",
                slices.stream().map(slice -> "slice " + slice + "\n").collect(Collectors.joining()) + routes.text());
    }

    /** Checks the token of a request before its body is read; null where the route asks for none. */
    private JwtAuthorizer.@Nullable Checked token(HttpExchange exchange, Deployment.Route route, String path)
            throws RequestRefused {
        if (authorizer == null || !route.authorized()) {
            return null;
        }
        try {
            List<String> headers = exchange.getRequestHeaders().get("authorization");
            return authorizer.check(headers == null ? List.of() : headers, route.scopes());
        } catch (JwtAuthorizer.TokenRejected e) {
            HttpAnswer answer = switch (e.status()) {
                case 401 -> Problem.of(401, "unauthorized", "A good token is missing", e.detail(), path);
                case 403 -> Problem.of(403, "forbidden", "The token is not good for this", e.detail(), path);
                default ->
                    Problem.of(e.status(), "issuer-unavailable", "The token cannot be checked", e.detail(), path)
                            .with("retry-after", "10");
            };
            throw new RequestRefused(answer.with("www-authenticate", e.challenge()));
        }
    }

    private HttpAnswer invoke(String function, JsonNode event, String method, String path, String id) {
        try {
            return PayloadFormat.answer(functions.invoke(function, event));
        } catch (FunctionInvoker.TookTooLong e) {
            log(id, path, e);
            return Problem.of(
                    504,
                    "time-out",
                    "The function took too long",
                    "It had " + e.longest().toSeconds() + " seconds; whether it recorded anything is not known.",
                    path);
        } catch (FunctionInvoker.FunctionFailed e) {
            log(id, path, e);
            return Problem.of(
                    500,
                    "internal",
                    "Something is broken here",
                    "The function failed; the log has the cause under the request id " + id + ".",
                    path);
        } catch (IllegalArgumentException e) {
            log(id, path, e);
            return Problem.of(
                    502,
                    "bad-answer",
                    "The function gave no answer that can be sent",
                    "It must return a status code, headers and a body; the log has the cause under the request id " + id
                            + ".",
                    path);
        } finally {
            if (!method.equals("GET")) {
                written.accept(function);
            }
        }
    }

    private static void log(String id, String path, Exception cause) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> LogLine.of("broken")
                        .with("request", id)
                        .with("path", path)
                        .text(),
                cause);
    }
}
