package dev.storyline.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A proxy that can cut all its connections. */
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final URI target;
    private final AtomicInteger accepted = new AtomicInteger();

    CuttingProxy(URI target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /** The number of connections since the start. */
    int accepted() {
        return accepted.get();
    }

    /** Cuts all connections. New ones are accepted. */
    void cut() {
        open.forEach(CuttingProxy::end);
        open.clear();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Socket dynamo = new Socket(target.getHost(), target.getPort());
                open.addAll(List.of(client, dynamo));
                accepted.incrementAndGet();
                Thread.ofVirtual().start(() -> pass(client, dynamo));
                Thread.ofVirtual().start(() -> pass(dynamo, client));
            } catch (IOException e) {
                // The connection is closed on one side.
                return;
            }
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The proxy cut the connection.
            return;
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        cut();
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
