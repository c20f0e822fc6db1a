package dev.storyline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.LogLine;
import dev.storyline.deployment.Cors;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.identity.DevelopmentIssuer;
import dev.storyline.local.identity.JwtAuthorizer;
import dev.storyline.local.identity.TrustedIssuer;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.metrics.MetricsRegistry;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The HTTP API of the local cloud on loopback: invokes the functions of routes as API Gateway does. */
public final class Gateway implements AutoCloseable {
    /** How many commands run at once: requests with a method other than {@code GET}. */
    public static final int COMMANDS_AT_ONCE = 16;

    /** How many queries run at once. */
    private static final int QUERIES_AT_ONCE = 32;

    /** How many requests wait for their turn, and how long each of them waits at most. */
    private static final int MAX_WAITING = 1_000;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger("dev.storyline.local.gateway");

    private final List<String> slices;
    private final Routes routes;
    private final FunctionInvoker functions;
    private final FrontPage page;
    private final ApiDocuments documents;
    private final DiskSpace disk;
    private final Supplier<String> metrics;
    private final RequestBodies bodies = new RequestBodies();
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final FairQueue queries = new FairQueue(() -> QUERIES_AT_ONCE, room, LONGEST_WAIT);
    private final FairQueue commands;
    private final GatewayServer server;
    private final @Nullable DevelopmentIssuer issuer;
    private final @Nullable IssuerEndpoints issuerEndpoints;
    private final @Nullable JwtAuthorizer authorizer;

    /**
     * Starts listening.
     *
     * @param functions invokes the functions of the routes
     * @param port the port; 0 for any free port
     * @param page the page that a browser gets at {@code /}
     * @param disk the disk of the data directory; commands are refused while it is full
     * @param metrics what {@code GET /metrics} answers, in the text format of Prometheus
     * @param auth the issuer whose tokens routes with an authorizer ask for; null where they ask for none
     * @param commandsAtOnce how many commands run at once, at least 1; it may change at any time
     * @throws LocalCloudException if the port is in use, or the issuer does not answer
     */
    public Gateway(
            Deployment deployment,
            FunctionInvoker functions,
            int port,
            FrontPage page,
            DiskSpace disk,
            Supplier<String> metrics,
            @Nullable TrustedIssuer auth,
            IntSupplier commandsAtOnce) {
        this.slices = deployment.slices();
        this.routes = new Routes(deployment.routes());
        this.functions = functions;
        this.page = page;
        this.documents = new ApiDocuments(page.root(), slices);
        this.disk = disk;
        this.metrics = metrics;
        boolean development = TrustedIssuer.DEVELOPMENT.equals(auth);
        JwtAuthorizer external = auth == null || development ? null : JwtAuthorizer.of(auth);
        this.commands = new FairQueue(commandsAtOnce, room, LONGEST_WAIT);
        this.server = new GatewayServer(port, GatewayServer.LONGEST_TRANSFER, this::answer);
        this.issuer = development ? new DevelopmentIssuer(baseUri()) : null;
        this.issuerEndpoints = issuer == null ? null : new IssuerEndpoints(issuer);
        this.authorizer = issuer == null ? external : issuer.authorizer();
        server.start();
    }

    /** Loads the classes of the HTTP server in the background, which is done when the database has started. */
    public static void loadAhead() {
        Thread.ofPlatform().daemon().name("gateway-load").start(GatewayServer::loadAhead);
    }

    /** The development issuer; null where there is none. */
    @Nullable
    public DevelopmentIssuer issuer() {
        return issuer;
    }

    /** The address that it listens on. */
    public URI baseUri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Takes no more requests and lets those in flight finish, 5 seconds at most. */
    @Override
    public void close() {
        server.close();
    }

    private HttpAnswer answer(IncomingRequest request, String id, Runnable arrived) {
        String path = request.path();
        try {
            check(request);
        } catch (RequestRefused e) {
            return early(request, e.answer());
        }
        String origin = BrowserPolicy.foreignOrigin(request);
        if (origin == null) {
            return serve(request, id, arrived);
        }
        Cors cors = routes.cors(path);
        if (cors == null || !cors.allows(origin)) {
            return early(request, BrowserPolicy.refusal(path));
        }
        HttpAnswer answer = BrowserPolicy.isPreflight(request)
                ? early(request, BrowserPolicy.preflight(cors))
                : serve(request, id, arrived);
        return BrowserPolicy.readable(answer, origin, cors);
    }

    private HttpAnswer serve(IncomingRequest request, String id, Runnable arrived) {
        String path = request.path();
        String method = request.method();
        try {
            if (path.equals("/") && (method.equals("GET") || method.equals("HEAD"))) {
                return accepts(request, "text/html") ? page.answer() : index();
            }
            if (issuerEndpoints != null && issuerEndpoints.serves(method, path)) {
                return issuerEndpoints.answer(request, path);
            }
            if (path.equals("/metrics") && (method.equals("GET") || method.equals("HEAD"))) {
                return HttpAnswer.of(200, MetricsRegistry.CONTENT_TYPE, metrics.get());
            }
            HttpAnswer document = method.equals("GET") ? documents.answer(path) : null;
            if (document != null) {
                return document;
            }
            Routes.Match match = routes.match(method, path);
            JwtAuthorizer.Checked token = token(request, match.route());
            return bodies.read(request, path, body -> {
                arrived.run();
                JsonNode event = PayloadFormat.event(request, match, body, id, token);
                return inTurn(method, path, () -> invoke(match.route().function(), event, path, id));
            });
        } catch (RequestRefused e) {
            return early(request, e.answer());
        } catch (IOException e) {
            return Problem.malformed("The body did not arrive whole, or its chunks are malformed.", path)
                    .beforeTheEnd();
        }
    }

    /** An answer that does not wait for the body of its request. */
    private static HttpAnswer early(IncomingRequest request, HttpAnswer answer) {
        return request.hasBody() ? answer.beforeTheEnd() : answer;
    }

    /** A request takes its place when it has arrived whole, and leaves it before the answer is sent. */
    private HttpAnswer inTurn(String method, String path, FairQueue.Call<HttpAnswer> call) throws RequestRefused {
        boolean isQuery = method.equals("GET");
        if (!isQuery && disk.isShort()) {
            throw new RequestRefused(Problem.diskFull(path));
        }
        try {
            return (isQuery ? queries : commands).run(call);
        } catch (FairQueue.Busy e) {
            throw new RequestRefused(Problem.busy(String.valueOf(e.getMessage()), path));
        }
    }

    private static void check(IncomingRequest request) throws RequestRefused {
        if (request.headerBytes() > Problem.MAX_HEADERS) {
            throw new RequestRefused(Problem.headersTooLarge(request.path()));
        }
        BrowserPolicy.checkHost(request);
    }

    private static boolean accepts(IncomingRequest request, String type) {
        return request.values("accept").stream().anyMatch(value -> value.contains(type));
    }

    private HttpAnswer index() {
        return HttpAnswer.of(
                200,
                "text/plain; charset=utf-8",
                slices.stream().map(slice -> "slice " + slice + "\n").collect(Collectors.joining()) + routes.text());
    }

    /** Checks the token of a request before its body is read; null where the route asks for none. */
    private JwtAuthorizer.@Nullable Checked token(IncomingRequest request, Deployment.Route route)
            throws RequestRefused {
        if (authorizer == null || !route.authorized()) {
            return null;
        }
        try {
            return authorizer.check(request.values("authorization"), route.scopes());
        } catch (JwtAuthorizer.TokenRejected e) {
            String path = request.path();
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

    private HttpAnswer invoke(String function, JsonNode event, String path, String id) {
        try {
            return Problem.linked(PayloadFormat.answer(functions.invoke(function, event)));
        } catch (FunctionInvoker.TookTooLong e) {
            log(id, path, e);
            return Problem.of(
                    503,
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
                    500,
                    "bad-answer",
                    "The function gave no answer that can be sent",
                    "It must return a status code, headers and a text as its body; the log has the cause under the request id "
                            + id + ".",
                    path);
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
