package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.MetricLog;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.common.LoopbackServer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Runs each function in its own processes, as Lambda does. A process starts when it is needed and handles one event at a
 * time. It is stopped when it is idle, replaced when it ends, and killed when it exceeds the time-out of its template.
 * After a new build of a slice, running invocations finish on the old code and new ones run on the new code.
 */
public final class ProcessHost implements FunctionInvoker {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.function");
    private static final String STOPPING = "The local cloud is stopping.";

    /**
     * Limits of processes.
     *
     * @param each the most processes of one function; fewer where its template reserves fewer
     * @param all the most processes of all functions
     * @param idle how long a process may be idle; less than {@link LoopbackServer} lets an answer wait
     * @param start how long a process may take to start; as on Lambda, the time-out of its first invocation is added
     */
    public record Limits(int each, int all, Duration idle, Duration start) {
        public static final Limits USUAL = new Limits(4, 40, Duration.ofSeconds(90), Duration.ofSeconds(10));
    }

    private final Map<String, Pool> pools = new HashMap<>();
    private final LocalAws aws;
    private final Path folder;
    private final Limits limits;
    private final MetricLog metrics;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition change = lock.newCondition();
    private final ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("idle functions").factory());
    private final ScheduledFuture<?> sweeping;
    private final Set<FunctionProcess> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** The number of processes of all functions, including those that are starting. */
    private int count;

    /** The processes of one function. */
    private static final class Pool {
        private final Deployment.FunctionSpec function;
        private final SliceCode code;
        private final int most;

        /** The idle processes, most recently used last. */
        private final Deque<Environment> idle = new ArrayDeque<>();

        /** The number of processes, including those that are starting. */
        private int count;

        Pool(Deployment.FunctionSpec function, SliceCode code, int most) {
            this.function = function;
            this.code = code;
            this.most = most;
        }
    }

    private record Environment(FunctionProcess process, DeployedCode code, Map<String, String> variables, long since) {
        Environment now() {
            return new Environment(process, code, variables, System.nanoTime());
        }
    }

    /**
     * Finds the code of all slices; starts no process.
     *
     * @param executables true for native executables, false for zips
     * @param aws the services that functions call; closed with this
     * @param metrics where the functions tell what they measured
     * @throws LocalCloudException if a slice is not built
     */
    public ProcessHost(Deployment deployment, boolean executables, LocalAws aws, Limits limits, MetricLog metrics) {
        this.aws = aws;
        this.metrics = metrics;
        this.limits = limits;
        List<String> missing = deployment.functions().stream()
                .filter(function ->
                        executables && DeployedCode.executable(target(function)).isEmpty())
                .map(Deployment.FunctionSpec::slice)
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new LocalCloudException("No native executable of " + String.join(", ", missing)
                    + ": build them with './storyline native " + String.join(" ", missing)
                    + "', or name other --contexts.");
        }
        this.folder = DeployedCode.place();
        Map<Path, SliceCode> codes = new HashMap<>();
        for (Deployment.FunctionSpec function : deployment.functions()) {
            SliceCode code = codes.computeIfAbsent(
                    target(function), target -> new SliceCode(function.slice(), target, executables, folder));
            int most = function.concurrency() > 0 ? Math.min(function.concurrency(), limits.each()) : limits.each();
            pools.put(function.arn(), new Pool(function, code, most));
        }
        long look = Math.max(50, Math.min(1_000, limits.idle().toMillis() / 2));
        this.sweeping = sweeper.scheduleWithFixedDelay(this::sweep, look, look, TimeUnit.MILLISECONDS);
    }

    private static Path target(Deployment.FunctionSpec function) {
        return function.folder().resolve("target");
    }

    /** Does nothing: processes start when they are needed, and the constructor has found the code. */
    @Override
    public void startAll() {}

    @Override
    public JsonNode invoke(String arn, JsonNode event) throws FunctionFailed {
        Pool pool = pools.get(arn);
        if (pool == null) {
            throw new FunctionFailed("No template has the function " + arn + ".", null);
        }
        Environment environment;
        try {
            environment = acquire(pool);
        } catch (LocalCloudException | UncheckedIOException e) {
            throw new FunctionFailed(String.valueOf(e.getMessage()), e);
        }
        try {
            return environment.process().invoke(event, pool.function.timeout());
        } finally {
            release(pool, environment);
        }
    }

    /** Takes an idle process, starts a new one, or waits for the next process that becomes idle. */
    private Environment acquire(Pool pool) throws FunctionFailed {
        Duration start = limits.start().plus(pool.function.timeout());
        long until = System.nanoTime() + start.toNanos();
        pool.code.look();
        lock.lock();
        try {
            while (true) {
                if (closed) {
                    throw new FunctionFailed(STOPPING, null);
                }
                Environment idle = idle(pool);
                if (idle != null) {
                    return idle;
                }
                if (pool.count < pool.most && (count < limits.all() || stopLongestIdle())) {
                    pool.count++;
                    count++;
                    break;
                }
                long left = until - System.nanoTime();
                if (left <= 0) {
                    throw new FunctionFailed(
                            "All processes of " + pool.function.export() + " are busy: it has at most " + pool.most
                                    + ", and all functions " + limits.all() + ".",
                            null);
                }
                long _ = change.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FunctionFailed(e);
        } finally {
            lock.unlock();
        }
        return started(pool, start);
    }

    private @Nullable Environment idle(Pool pool) {
        while (!pool.idle.isEmpty()) {
            Environment last = pool.idle.removeLast();
            if (usable(pool, last)) {
                return last;
            }
            stop(pool, last);
        }
        return null;
    }

    /** The variables change when the clock is moved. */
    private boolean usable(Pool pool, Environment environment) {
        return environment.process().isAlive()
                && environment.code().equals(pool.code.newest())
                && environment.variables().equals(aws.environment(pool.function));
    }

    private boolean stopLongestIdle() {
        Pool longest = pools.values().stream()
                .filter(pool -> !pool.idle.isEmpty())
                .min(Comparator.comparingLong(pool -> pool.idle.getFirst().since()))
                .orElse(null);
        if (longest == null) {
            return false;
        }
        stop(longest, longest.idle.removeFirst());
        return true;
    }

    private void stop(Pool pool, Environment environment) {
        environment.process().close();
        running.remove(environment.process());
        forget(pool);
    }

    private void forget(Pool pool) {
        pool.count--;
        count--;
        change.signalAll();
    }

    /** Starts a process that is counted already. */
    private Environment started(Pool pool, Duration start) throws FunctionFailed {
        FunctionProcess process = null;
        boolean done = false;
        try {
            DeployedCode code = pool.code.newest();
            Map<String, String> variables = aws.environment(pool.function);
            process = FunctionProcess.start(pool.function, code, variables, metrics);
            running.add(process);
            process.await(start);
            if (closed) {
                throw new FunctionFailed(STOPPING, null);
            }
            done = true;
            return new Environment(process, code, variables, System.nanoTime());
        } finally {
            if (!done) {
                if (process != null) {
                    process.close();
                    running.remove(process);
                }
                lock.lock();
                try {
                    forget(pool);
                } finally {
                    lock.unlock();
                }
            }
        }
    }

    private void release(Pool pool, Environment environment) {
        lock.lock();
        try {
            if (!closed && usable(pool, environment)) {
                pool.idle.addLast(environment.now());
                change.signalAll();
            } else {
                stop(pool, environment);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops processes that have been idle for too long, and idle processes of older code. */
    private void sweep() {
        try {
            for (Pool pool : pools.values()) {
                sweep(pool);
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "Idle processes could not be stopped; the next attempt follows", e);
        }
    }

    private void sweep(Pool pool) {
        if (processes(pool) == 0) {
            return;
        }
        pool.code.look();
        lock.lock();
        try {
            long now = System.nanoTime();
            for (Environment one : List.copyOf(pool.idle)) {
                if (!usable(pool, one) || now - one.since() > limits.idle().toNanos()) {
                    pool.idle.remove(one);
                    stop(pool, one);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private int processes(Pool pool) {
        lock.lock();
        try {
            return pool.count;
        } finally {
            lock.unlock();
        }
    }

    /** The process ids of a function. */
    List<Long> processes(String arn) {
        return running.stream()
                .filter(process -> process.arn().equals(arn))
                .map(FunctionProcess::pid)
                .toList();
    }

    /** Ends all processes. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            change.signalAll();
        } finally {
            lock.unlock();
        }
        sweeping.cancel(false);
        sweeper.shutdown();
        try {
            // Waits for a sweep that may be unpacking code into the folder that is deleted below.
            if (!sweeper.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "Code is still being unpacked: " + folder + " may remain");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        running.forEach(FunctionProcess::close);
        running.clear();
        aws.close();
        DeployedCode.delete(folder);
    }
}
