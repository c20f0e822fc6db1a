package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.feeds.DeliveryStore;
import dev.storyline.local.feeds.LocalOutboundCalls;
import dev.storyline.local.feeds.LocalQueues;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.InProcessHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Does what an operator asks for: calls the maintenance functions of the slices, on the database of the running local
 * cloud, or on a data directory on which none runs.
 */
public final class Operator implements AutoCloseable {
    private static final String MAINTENANCE = "-upkeep";
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Set<String> contexts;
    private final Deployment deployment;
    private final LocalDatabase database;
    private final DeliveryStore deliveries;
    private final InProcessHost host;

    private Operator(Deployment deployment, LocalDatabase database, DeliveryStore deliveries, Set<String> contexts) {
        this.contexts = contexts;
        this.deployment = deployment;
        this.database = database;
        this.deliveries = deliveries;
        LocalOutboundCalls outgoing = new LocalOutboundCalls(deployment, new LocalQueues(deliveries));
        this.host = new InProcessHost(deployment, database.functions(), outgoing);
        outgoing.reach(host);
    }

    /**
     * Opens the data directory, or the database of the local cloud that runs on it.
     *
     * @param root the repository
     * @param contexts the contexts whose slices the commands look at; empty for all
     * @throws LocalCloudException if the data directory cannot be used
     */
    public static Operator on(Path root, Path data, Set<String> contexts) {
        Deployment named = Deployment.read(root, contexts);
        // A redriven event handler may publish to any context.
        Deployment all = contexts.isEmpty() ? named : Deployment.read(root);
        URI running = RunningCloud.where(data);
        Set<String> looked = running == null ? contexts : running(RunningCloud.contexts(data), contexts);
        LocalDatabase database = running == null ? LocalDatabase.open(data) : LocalDatabase.at(running);
        try {
            if (running == null) {
                database.create(named.tables());
            }
            return new Operator(all, database, DeliveryStore.open(data), looked);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The tables of contexts that the running cloud leaves out may not exist. */
    private static Set<String> running(Set<String> running, Set<String> asked) {
        for (String context : asked) {
            if (!running.contains(context)) {
                throw new LocalCloudException("The running local cloud leaves the context '" + context
                        + "' out: it runs " + String.join(", ", running) + ".");
            }
        }
        return asked.isEmpty() ? running : asked;
    }

    /** The slices that have a view or an event handler, {@code wishes/child-wishes}. */
    public List<String> slices() {
        return maintenance().stream().map(Deployment.FunctionSpec::slice).toList();
    }

    private List<Deployment.FunctionSpec> maintenance() {
        return deployment.functions().stream()
                .filter(function -> function.export().endsWith(MAINTENANCE))
                .filter(function -> contexts.isEmpty() || contexts.contains(function.context()))
                .toList();
    }

    /** The maintenance functions of one slice, or of all. */
    private List<Deployment.FunctionSpec> maintenance(@Nullable String slice) {
        return slice == null
                ? maintenance()
                : maintenance().stream()
                        .filter(function -> function.slice().equals(slice))
                        .toList();
    }

    private JsonNode ask(String slice, ObjectNode request) {
        List<Deployment.FunctionSpec> functions = maintenance(slice);
        if (functions.isEmpty()) {
            throw new LocalCloudException("There is no view and no event handler '" + slice + "'. There are: "
                    + String.join(", ", slices()) + ".");
        }
        return ask(functions.getFirst(), request);
    }

    private JsonNode ask(Deployment.FunctionSpec function, ObjectNode request) {
        try {
            return host.invoke(function.arn(), request, LONGEST);
        } catch (FunctionInvoker.FunctionFailed e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LocalCloudException(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()), e);
        }
    }

    private static ObjectNode request(String what) {
        return Json.mapper().createObjectNode().put("do", what);
    }

    /**
     * The parked streams of one slice, or of all: {@code slice}, {@code stream}, {@code version} (the last one that was
     * applied), {@code since}, {@code kind}, {@code reason}, {@code catchingUp}, and {@code retryAt} if the stream is
     * redriven by itself.
     */
    public List<ObjectNode> parked(@Nullable String slice) {
        List<ObjectNode> all = new ArrayList<>();
        for (Deployment.FunctionSpec function : maintenance(slice)) {
            for (JsonNode one : ask(function, request("parked")).path("parked")) {
                JsonNode parked = one.path("parked");
                ObjectNode line = Json.mapper()
                        .createObjectNode()
                        .put("slice", function.slice())
                        .put("stream", one.path("stream").asText())
                        .put("version", parked.path("version").asLong())
                        .put("since", parked.path("at").asText())
                        .put("kind", parked.path("kind").asText().toLowerCase(Locale.ROOT))
                        .put("reason", parked.path("reason").asText())
                        .put("catchingUp", parked.path("catchingUp").asBoolean());
                if (parked.hasNonNull("retryAt")) {
                    line.put("retryAt", parked.path("retryAt").asText());
                }
                all.add(line);
            }
        }
        return all;
    }

    /**
     * Redrives all parked streams of a slice.
     *
     * @return {@code streams}, how many were parked, and {@code healed}, how many of them have caught up
     */
    public JsonNode redrive(String slice) {
        return ask(slice, request("redrive"));
    }

    /**
     * Redrives one parked stream of a slice.
     *
     * @return {@code version} if the stream has caught up, {@code parked} if it is parked again, {@code outdated} if the
     *     slice is too old for its events, {@code unfinished} if the time was over before
     */
    public JsonNode redrive(String slice, String stream) {
        return ask(slice, request("redrive").put("stream", stream));
    }

    /**
     * Compares the head of each stream with the position of one slice, or of all, and delivers what is missing.
     *
     * @return for each slice: {@code slice}, {@code streams}, {@code behind}, {@code healed} and {@code readUnits}
     */
    public List<ObjectNode> reconcile(@Nullable String slice) {
        List<ObjectNode> all = new ArrayList<>();
        for (Deployment.FunctionSpec function : maintenance(slice)) {
            JsonNode answer = ask(function, request("reconcile"));
            ObjectNode line = Json.mapper().createObjectNode().put("slice", function.slice());
            for (String figure : List.of("streams", "behind", "healed")) {
                line.put(figure, answer.path(figure).asLong());
            }
            all.add(line.put("readUnits", answer.path("readUnits").decimalValue()));
        }
        return all;
    }

    /**
     * Builds a view anew.
     *
     * @param how {@code segments}, {@code readUnits}, {@code keep} and {@code back}
     * @param progress gets each step: {@code doing}, {@code events}, {@code eventsPerSecond}, and {@code percent} with
     *     {@code etaSeconds} as soon as the size of the event table is known
     * @return {@code generation}, {@code events} and {@code readUnits}
     */
    public JsonNode rebuild(String slice, ObjectNode how, Consumer<JsonNode> progress) {
        RebuildLog steps = new RebuildLog(progress);
        Logger log = Logger.getLogger("dev.storyline.edge");
        log.addHandler(steps);
        try {
            return ask(slice, request("rebuild").setAll(how));
        } finally {
            log.removeHandler(steps);
        }
    }

    /** Picks the steps of a rebuild from the log of the functions. */
    private static final class RebuildLog extends Handler {
        private final Consumer<JsonNode> progress;

        RebuildLog(Consumer<JsonNode> progress) {
            this.progress = progress;
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            try {
                JsonNode line = Json.mapper().readTree(entry.getMessage());
                if (line.path("what").asText().equals("rebuild")) {
                    progress.accept(line);
                }
            } catch (JsonProcessingException e) {
                // Other lines of the log are not JSON.
            }
        }

        @Override
        public void flush() {
            // Each step has been handed over already.
        }

        @Override
        public void close() {
            // The handler holds no resources.
        }
    }

    @Override
    public void close() {
        host.close();
        deliveries.close();
        database.close();
    }
}
