package dev.storyline.local.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.LoopbackServer;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.feeds.LocalClock;
import dev.storyline.local.lambda.LocalAws;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Lets an operator into a running local cloud: to the services of AWS with the rights of an operator, and to what only a
 * local cloud has, on an endpoint on loopback. Whoever can read the file with its key may use both.
 *
 * <p>{@code POST /clock} answers with the time, see {@link LocalClock#asked}. {@code POST /restore} restores an event table
 * from a copy of a data directory, see {@link DataCopy#restore}.
 */
public final class OperatorEndpoint implements AutoCloseable {
    static final String BEARER = "Bearer ";
    static final String CLOCK = "/clock";
    static final String RESTORE = "/restore";
    private static final int KEY_BYTES = 32;

    private final LocalClock clock;
    private final DynamoDbClient dynamo;
    private final HttpServer server;
    private final RunningCloud.Access access;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts listening on any free port.
     *
     * @param aws the services of AWS
     * @param gateway the address of the gateway, which is told to operators
     * @param dynamo the tables
     */
    public OperatorEndpoint(LocalAws aws, LocalClock clock, URI gateway, DynamoDbClient dynamo) {
        this.clock = clock;
        this.dynamo = dynamo;
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String key = HexFormat.of().formatHex(random);
        aws.admitOperator(key);
        try {
            this.server = LoopbackServer.at(0);
        } catch (IOException e) {
            throw new LocalCloudException("The endpoint for operators cannot listen: " + e.getMessage(), e);
        }
        this.access = new RunningCloud.Access(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"), key, gateway, aws.address());
        server.setExecutor(threads);
        server.createContext(CLOCK, exchange -> answer(exchange, this::clock));
        server.createContext(RESTORE, exchange -> answer(exchange, this::restore));
        server.start();
    }

    /** What an operator needs to use it. */
    public RunningCloud.Access access() {
        return access;
    }

    private interface Answer {
        String to(HttpExchange exchange) throws IOException;
    }

    private void answer(HttpExchange exchange, Answer answer) throws IOException {
        try (exchange) {
            String given = String.valueOf(exchange.getRequestHeaders().getFirst("authorization"));
            if (!MessageDigest.isEqual(bytes(given), bytes(BEARER + access.key()))) {
                exchange.sendResponseHeaders(403, -1);
                return;
            }
            byte[] text = bytes(answer.to(exchange));
            exchange.sendResponseHeaders(200, text.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(text);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String clock(HttpExchange exchange) throws IOException {
        return clock.asked(Json.mapper().readTree(exchange.getRequestBody())).toString();
    }

    private String restore(HttpExchange exchange) throws IOException {
        return DataCopy.restore(Json.mapper().readTree(exchange.getRequestBody()), dynamo)
                .toString();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        server.stop(0);
    }
}
