package dev.storyline.local.gateway;

import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP server of the gateway, on loopback: strict about framing (RFC 9112), and with a problem document for every
 * request that it cannot read. Each request has a virtual thread.
 */
final class GatewayServer implements AutoCloseable {
    /** How long a request may take to arrive whole, and how long an answer may take to be read. */
    static final Duration LONGEST_TRANSFER = Duration.ofSeconds(30);

    /** The most connections; further ones wait in the operating system. */
    private static final int MAX_CONNECTIONS = 2_000;

    /** The most bytes of a request line and headers that are read, to answer that they are too many. */
    private static final int MAX_READ_HEADERS = 64 * 1024;

    /** The most bytes of an unread body that are read and dropped, so that the client gets the answer and no reset. */
    private static final int MAX_DRAIN = 16 * 1024 * 1024;

    private static final int DRAINED_AT_ONCE = 64 * 1024;
    private static final int BACKLOG = 1_024;
    private static final long GRACE_SECONDS = 5;

    /** The gateway decodes paths itself and refuses what it cannot decode. */
    private static final UriCompliance URIS = new UriCompliance(
            "gateway",
            EnumSet.complementOf(EnumSet.of(UriCompliance.Violation.FRAGMENT, UriCompliance.Violation.USER_INFO)));

    /** Characters that an address must percent-encode. The last one stands for bytes that are no UTF-8. */
    private static final Pattern ILLEGAL = Pattern.compile("[\\x00-\\x20\"<>\\\\^`{|}\\x7f\\ufffd]");

    private static final System.Logger LOG = System.getLogger("dev.storyline.local.gateway");

    private final Responder responder;
    private final Server server;
    private final ServerConnector connector;
    private final ReceiveDeadline deadline;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong requests = new AtomicLong();

    /** Answers requests. */
    @FunctionalInterface
    interface Responder {
        /**
         * The answer to a request.
         *
         * @param id the id of the request
         * @param arrived to be run when the body has arrived whole
         */
        HttpAnswer answer(IncomingRequest request, String id, Runnable arrived);
    }

    /**
     * Binds the port. Requests are taken after {@link #start}.
     *
     * @param port the port; 0 for any free port
     * @param longest how long a request may take to arrive whole
     * @throws LocalCloudException if the port is in use
     */
    GatewayServer(int port, Duration longest, Responder responder) {
        this.responder = responder;
        QueuedThreadPool threads = new QueuedThreadPool(16, 2);
        threads.setName("gateway");
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setHttpCompliance(HttpCompliance.STRICT);
        http.setUriCompliance(URIS);
        http.setRequestHeaderSize(MAX_READ_HEADERS);
        http.setResponseHeaderSize(MAX_READ_HEADERS);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        connector.setAcceptQueueSize(BACKLOG);
        // Longer than any request and its deadlines, which come first.
        connector.setIdleTimeout(Duration.ofMinutes(5).toMillis());
        deadline = new ReceiveDeadline(connector.getScheduler(), longest.toMillis());
        connector.addBean(deadline);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        server.setHandler(new Requests());
        server.setErrorHandler(this::refuse);
        open(port);
    }

    /** Starts and stops a server without a port, which loads most classes. */
    static void loadAhead() {
        try {
            Server server = new Server(new QueuedThreadPool(4, 1));
            server.start();
            server.stop();
        } catch (Exception e) {
            // The server that counts starts later and says what is wrong.
            LOG.log(System.Logger.Level.DEBUG, "The classes of the HTTP server were not loaded ahead", e);
        }
    }

    private void open(int port) {
        try {
            connector.open();
        } catch (IOException e) {
            throw new LocalCloudException(
                    e.getCause() instanceof BindException
                            ? "Port " + port + " is in use: stop what runs there, or pass --port with another."
                            : "The gateway cannot listen on port " + port + ": " + e.getMessage(),
                    e);
        }
    }

    /** Takes requests from now on. */
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new LocalCloudException("The gateway cannot start: " + e.getMessage(), e);
        }
    }

    /** The port that it listens on. */
    int port() {
        return connector.getLocalPort();
    }

    /** Takes no more requests and lets those in flight finish, 5 seconds at most. */
    @Override
    public void close() {
        connector.close();
        executor.shutdown();
        try {
            if (!executor.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            server.stop();
        } catch (Exception e) {
            throw new LocalCloudException("The gateway did not stop cleanly: " + e.getMessage(), e);
        }
    }

    private final class Requests extends Handler.Abstract.NonBlocking {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            try {
                executor.execute(() -> serve(request, response, callback));
            } catch (RejectedExecutionException e) {
                response.getHeaders().put("connection", "close");
                Response.writeError(request, response, callback, 503);
            }
            return true;
        }
    }

    private void serve(Request request, Response response, Callback callback) {
        try {
            Connection connection = request.getConnectionMetaData().getConnection();
            String id = nextId();
            InputStream body = Request.asInputStream(request);
            String path = request.getHttpURI().getPath();
            HttpAnswer answer = flaw(request);
            if (answer == null) {
                answer = responder.answer(incoming(request, path, body), id, () -> deadline.stop(connection));
            }
            deadline.restart(connection);
            send(answer, id, request.getMethod(), response);
            if (answer.early()) {
                drain(body);
            }
            deadline.restart(connection);
            callback.succeeded();
        } catch (IOException | RuntimeException e) {
            callback.failed(e);
        }
    }

    /** What Jetty passes on although it cannot be read: unknown codings, chunks of HTTP/1.0, and illegal characters. */
    private static @Nullable HttpAnswer flaw(Request request) {
        String coding = request.getHeaders().get("transfer-encoding");
        boolean chunked = "chunked".equalsIgnoreCase(coding)
                && request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_1;
        if (coding != null && !chunked) {
            return Problem.unreadable(501, "The only transfer coding is 'chunked' of HTTP/1.1", "")
                    .beforeTheEnd();
        }
        return ILLEGAL.matcher(request.getHttpURI().getPathQuery()).find()
                ? Problem.unreadable(400, "The address has a character that must be percent-encoded", "")
                        .beforeTheEnd()
                : null;
    }

    private String nextId() {
        return Long.toString(requests.incrementAndGet(), 36) + "-"
                + UUID.randomUUID().toString().substring(0, 8);
    }

    private static IncomingRequest incoming(Request request, String path, InputStream body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            headers.computeIfAbsent(field.getName().toLowerCase(Locale.ROOT), any -> new ArrayList<>())
                    .add(field.getValue() == null ? "" : field.getValue());
        }
        return new IncomingRequest(
                request.getMethod(), path, request.getHttpURI().getQuery(), headers, body);
    }

    /** Sends an answer; an answer to {@code HEAD} has the length of the body and no body. */
    private static void send(HttpAnswer answer, String id, String method, Response response) throws IOException {
        Content.Sink.write(response, true, prepare(answer, id, method, response));
    }

    private static ByteBuffer prepare(HttpAnswer answer, String id, String method, Response response) {
        response.setStatus(answer.status());
        answer.headers().forEach((name, value) -> response.getHeaders().put(name, value));
        response.getHeaders().put("x-request-id", id);
        // As API Gateway calls it.
        response.getHeaders().put("apigw-requestid", id);
        response.getHeaders().put("x-content-type-options", "nosniff");
        boolean bodiless = answer.status() == 204 || answer.status() == 304;
        if (!bodiless) {
            response.getHeaders().put("content-length", answer.body().remaining());
        }
        return bodiless || method.equals("HEAD")
                ? BufferUtil.EMPTY_BUFFER
                : answer.body().duplicate();
    }

    private static void drain(InputStream in) throws IOException {
        byte[] dropped = new byte[DRAINED_AT_ONCE];
        int read = in.read(dropped);
        for (long drained = 0; read >= 0 && drained < MAX_DRAIN; drained += read) {
            read = in.read(dropped);
        }
    }

    /** The answer to a request that never got to the gateway, since it cannot be read. */
    private boolean refuse(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String reason = null;
        if (request.getAttribute("org.eclipse.jetty.server.error_exception") instanceof HttpException e) {
            status = e.getCode();
            reason = e.getReason();
        }
        if (status == 505 && reason != null && reason.startsWith("HTTP/0.9")) {
            // A line of fewer than three words counts as HTTP/0.9.
            status = 400;
            reason = "A request line has a method, a target and a version";
        }
        HttpAnswer answer = Problem.unreadable(status, reason, "").with("connection", "close");
        response.write(true, prepare(answer, nextId(), request.getMethod(), response), callback);
        return true;
    }
}
