package dev.storyline.embedded;

import java.io.File;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local behind a connector on loopback, since its own connector listens on every interface, and without a
 * connection for callers in this process. The class is loaded by
 * the isolated class loader, so its callers see JDK types only. Without the runner of DynamoDB Local there is no telemetry.
 */
public final class LoopbackServer
        implements IntSupplier,
                LongSupplier,
                Supplier<Map<String, long[]>>,
                BiFunction<Map<String, String>, byte[], Future<Object[]>>,
                AutoCloseable {
    private static final System.Logger LOG = System.getLogger("dev.storyline.embedded");

    /** The name under which DynamoDB Local looks for the one database of all regions and credentials. */
    private static final String SHARED = "shared-local-instance";

    private static final int JOB_THREADS = 10;
    private static final int CALL_THREADS = 64;
    private static final int MINUTES_BETWEEN_REMOVALS = 10;

    private final CallMeter meter = new CallMeter();
    private final SqliteStore store;
    private final Server server;
    private final ServerConnector connector;
    private final LocalDynamoDBServerHandler handler;
    private final ThreadPoolExecutor calls = new ThreadPoolExecutor(
            CALL_THREADS, CALL_THREADS, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(), LoopbackServer::thread);
    private final ScheduledExecutorService removals = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("dynamodb-removals").factory());

    /**
     * Starts listening.
     *
     * @param port the port, or 0 for any free one
     * @param directory the directory of the database file; null to keep everything in memory
     * @param written gets the name of a table after each write to it
     */
    public LoopbackServer(int port, @Nullable String directory, Consumer<String> written) throws Exception {
        store = new SqliteStore(directory == null ? null : new File(directory, SHARED + ".db"), meter, written);
        LocalDynamoDBRequestHandler requests =
                new LocalDynamoDBRequestHandler(0, directory == null, directory, true, false);
        databases(requests).put(SHARED, new LocalDBClient(store, jobs()));
        handler = new MeteredHandler(requests, meter);
        calls.allowCoreThreadTimeOut(true);
        QueuedThreadPool threads = new QueuedThreadPool(CALL_THREADS, 4);
        threads.setDaemon(true);
        threads.setName("dynamodb");
        server = new Server(threads);
        connector = new ServerConnector(server, 1, 1);
        connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
        connector.setPort(port);
        server.addConnector(connector);
        server.setHandler(new ContextHandler(handler, "/"));
        server.start();
        ScheduledFuture<?> _ = removals.scheduleWithFixedDelay(
                this::removeOld, MINUTES_BETWEEN_REMOVALS, MINUTES_BETWEEN_REMOVALS, TimeUnit.MINUTES);
    }

    /** DynamoDB Local finds its classes by the loader of the thread. */
    private static Thread thread(Runnable work) {
        Thread thread = Thread.ofPlatform().daemon().name("dynamodb-calls").unstarted(work);
        thread.setContextClassLoader(LoopbackServer.class.getClassLoader());
        return thread;
    }

    private void removeOld() {
        try {
            store.removeOld();
        } catch (RuntimeException e) {
            // An exception would end the schedule; the next run tries again.
            LOG.log(System.Logger.Level.WARNING, "Old stream records could not be removed", e);
        }
    }

    private static JobsRegister jobs() {
        return new JobsRegister(
                Executors.newFixedThreadPool(
                        JOB_THREADS,
                        Thread.ofPlatform().daemon().name("dynamodb-jobs").factory()),
                false);
    }

    /** DynamoDB Local makes its store itself, at the first call, unless there is one. */
    @SuppressWarnings("unchecked")
    private static Map<String, AmazonDynamoDBLocal> databases(LocalDynamoDBRequestHandler requests)
            throws ReflectiveOperationException {
        Field databases = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
        databases.setAccessible(true);
        return (Map<String, AmazonDynamoDBLocal>) databases.get(requests);
    }

    /** Tells the meter who calls: the access key. DynamoDB Local takes any. */
    private static final class MeteredHandler extends LocalDynamoDBServerHandler {
        private static final Pattern CALLER = Pattern.compile("Credential=([A-Za-z0-9]{1,128})/");
        private final CallMeter meter;

        MeteredHandler(LocalDynamoDBRequestHandler requests, CallMeter meter) {
            super(requests, null);
            this.meter = meter;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            String authorization = request.getHeaders().get("authorization");
            Matcher named = CALLER.matcher(authorization == null ? "" : authorization);
            String caller = named.find() ? named.group(1) : CallMeter.NOBODY;
            return meter.call(caller, () -> super.handle(request, response, callback));
        }
    }

    /**
     * Makes a call without a connection. It has a thread of its own: a caller that is interrupted must not interrupt the
     * store.
     *
     * @return in future the status, the headers of the answer, and its body
     */
    @Override
    public Future<Object[]> apply(Map<String, String> headers, byte[] body) {
        return calls.submit(() -> {
            DirectCall call = new DirectCall(headers, body);
            handler.handle(call.request(), call.response(), Callback.NOOP);
            return call.answer();
        });
    }

    @Override
    public int getAsInt() {
        return connector.getLocalPort();
    }

    /** For each access key: the number of calls, and the nanoseconds that the store worked for them. */
    @Override
    public Map<String, long[]> get() {
        return meter.totals();
    }

    /** The nanoseconds in which there was work. */
    @Override
    public long getAsLong() {
        return meter.occupied();
    }

    @Override
    public void close() throws Exception {
        removals.shutdownNow();
        calls.shutdown();
        server.stop();
        handler.close();
    }
}
