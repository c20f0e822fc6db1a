package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Deadline;
import dev.storyline.common.ParallelTasks;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.edge.MetricLog;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.edge.Settings;
import dev.storyline.local.identity.Permissions;
import java.lang.reflect.InvocationTargetException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Runs the functions of all slices in this process. Each slice has its own class loader over a copy of its classes; each
 * function is an instance with its own settings.
 */
public final class InProcessHost implements FunctionInvoker {
    private final BuildCopy copy = new BuildCopy();
    private final SliceLoader slices = SliceLoader.from(copy);
    private final Map<String, SliceLoader.Function> functions = new ConcurrentHashMap<>();
    private final Deployment deployment;
    private final DynamoDbClient dynamo;
    private final OutboundCalls outgoing;
    private final Clock clock;
    private final MetricLog metrics;
    private final ExecutorService invocations = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * A host without functions yet.
     *
     * @param metrics where the functions tell what they measured
     */
    public InProcessHost(
            Deployment deployment, DynamoDbClient dynamo, OutboundCalls outgoing, Clock clock, MetricLog metrics) {
        this.deployment = deployment;
        this.dynamo = dynamo;
        this.outgoing = outgoing;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** Starts all functions, so that errors appear at the start of the cloud and not at the first request. */
    @Override
    public void startAll() {
        deployment.functions().parallelStream().forEach(function -> started(function.arn()));
    }

    private SliceLoader.Function started(String arn) {
        return functions.computeIfAbsent(arn, name -> {
            Deployment.FunctionSpec function = deployment.function(name);
            Edge edge = new Edge(
                    new Settings(function.environment()),
                    dynamo,
                    outgoing,
                    clock,
                    Backoff.REAL,
                    ParallelTasks.REAL,
                    metrics);
            return slices.start(function, Permissions.held(edge, function));
        });
    }

    @Override
    public JsonNode invoke(String arn, JsonNode event) throws FunctionFailed {
        Duration timeout = deployment.function(arn).timeout();
        return invoke(arn, event, timeout.compareTo(LONGEST) < 0 ? LONGEST : timeout);
    }

    private JsonNode invoke(String arn, JsonNode event, Duration longest) throws FunctionFailed {
        SliceLoader.Function function = started(arn);
        long end = System.nanoTime() + longest.toNanos();
        Deadline deadline = Deadline.of(() -> Duration.ofNanos(end - System.nanoTime()));
        Future<JsonNode> reply = invocations.submit(() -> deadline.during(() -> function.call(event)));
        try {
            return reply.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new TookTooLong(longest, e);
        } catch (ExecutionException e) {
            throw new FunctionFailed(
                    e.getCause() instanceof InvocationTargetException thrown ? thrown.getCause() : e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed(e);
        } finally {
            reply.cancel(true);
        }
    }

    @Override
    public void close() {
        invocations.shutdownNow();
        slices.close();
        copy.close();
    }
}
