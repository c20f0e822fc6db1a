package dev.storyline.embedded;

import java.net.InetAddress;
import java.util.function.IntSupplier;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local behind a connector on loopback, since its own connector listens on every interface. The class is loaded by
 * the isolated class loader, so its callers see JDK types only. Without the runner of DynamoDB Local there is no telemetry.
 */
public final class LoopbackServer implements IntSupplier, AutoCloseable {
    private final Server server;
    private final ServerConnector connector;
    private final LocalDynamoDBServerHandler handler;

    /**
     * Starts listening.
     *
     * @param port the port, or 0 for any free one
     * @param directory the directory of the database file; null to keep everything in memory
     */
    public LoopbackServer(int port, @Nullable String directory) throws Exception {
        LocalDynamoDBRequestHandler requests =
                new LocalDynamoDBRequestHandler(0, directory == null, directory, true, false);
        handler = new LocalDynamoDBServerHandler(requests, null);
        QueuedThreadPool threads = new QueuedThreadPool(64, 4);
        threads.setDaemon(true);
        threads.setName("dynamodb");
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(handler, "/"));
        server.start();
    }

    @Override
    public int getAsInt() {
        return connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
        server.stop();
        handler.close();
    }
}
