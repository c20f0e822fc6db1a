package dev.storyline.journeys;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.storyline.common.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stand-in for the accounting system of another company. It accepts each revenue entry once, by its key, and is
 * unavailable at first.
 */
final class AccountingStandIn implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, JsonNode> entries = new ConcurrentHashMap<>();
    private final AtomicInteger withoutKey = new AtomicInteger();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int down;

    private AccountingStandIn(HttpServer server) {
        this.server = server;
    }

    static AccountingStandIn start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        AccountingStandIn accounting = new AccountingStandIn(server);
        server.createContext("/revenue", accounting::take);
        server.start();
        return accounting;
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonNode entry = Json.mapper().readTree(exchange.getRequestBody());
        String key = exchange.getRequestHeaders().getFirst("idempotency-key");
        int status = down > 0 ? down : asked.incrementAndGet() == 1 ? 503 : 200;
        if (key == null) {
            withoutKey.incrementAndGet();
        } else if (status == 200) {
            entries.putIfAbsent(key, entry);
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** Answers with this status until it comes back. */
    void goDown(int status) {
        down = status;
    }

    void comeBack() {
        down = 0;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/revenue";
    }

    Collection<JsonNode> entries() {
        return List.copyOf(entries.values());
    }

    int entriesWithoutKey() {
        return withoutKey.get();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
