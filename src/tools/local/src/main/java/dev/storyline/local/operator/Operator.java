package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.database.RunningCloud;
import dev.storyline.local.feeds.LocalOutboundCalls;
import dev.storyline.local.feeds.LocalQueues;
import dev.storyline.local.lambda.FunctionInvoker;
import dev.storyline.local.lambda.InProcessHost;
import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The operator's commands: asks the upkeep functions of the slices, on the database of the local cloud that runs, or on a
 * data directory on which none does.
 */
public final class Operator implements AutoCloseable {
    private static final String UPKEEP = "-upkeep";
    private static final Duration LONGEST = Duration.ofDays(7);

    private final Set<String> contexts;
    private final Deployment deployment;
    private final LocalDatabase database;
    private final InProcessHost host;

    private Operator(Deployment deployment, LocalDatabase database, Set<String> contexts) {
        this.contexts = contexts;
        this.deployment = deployment;
        this.database = database;
        LocalOutboundCalls outgoing = new LocalOutboundCalls(deployment, new LocalQueues(database.client()));
        this.host = new InProcessHost(deployment, database.client(), outgoing);
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
        LocalDatabase database = running == null ? LocalDatabase.open(data) : LocalDatabase.at(running);
        try {
            if (running == null) {
                database.create(named.tables());
            }
            return new Operator(all, database, contexts);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    private List<Deployment.FunctionSpec> upkeeps() {
        return deployment.functions().stream()
                .filter(function -> function.export().endsWith(UPKEEP))
                .filter(function -> contexts.isEmpty() || contexts.contains(function.context()))
                .toList();
    }

    private Deployment.FunctionSpec upkeep(String slice) {
        return upkeeps().stream()
                .filter(function -> function.slice().equals(slice))
                .findFirst()
                .orElseThrow(() ->
                        new LocalCloudException("There is no view and no event handler '" + slice + "'. There are: "
                                + String.join(
                                        ", ",
                                        upkeeps().stream()
                                                .map(Deployment.FunctionSpec::slice)
                                                .toList())
                                + "."));
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

    /** Lists what is parked, of one slice or of all. */
    public void parked(@Nullable String slice) {
        int count = 0;
        for (Deployment.FunctionSpec function : slice == null ? upkeeps() : List.of(upkeep(slice))) {
            for (JsonNode one : ask(function, request("parked")).path("parked")) {
                count++;
                JsonNode parked = one.path("parked");
                String again = parked.path("catchingUp").asBoolean()
                        ? ", catching up"
                        : parked.hasNonNull("retryAt")
                                ? ", tries again at " + parked.path("retryAt").asText()
                                : "";
                System.out.println(function.slice() + "  " + one.path("stream").asText() + "  at version "
                        + parked.path("version").asLong() + " since "
                        + parked.path("at").asText() + "  "
                        + parked.path("kind").asText().toLowerCase(Locale.ROOT) + again + ": "
                        + parked.path("reason").asText());
            }
        }
        System.out.println(count == 0 ? "Nothing is parked." : count + " parked.");
    }

    /** Lets parked streams go on: one, or all of a slice. */
    public void redrive(String slice, @Nullable String stream) {
        ObjectNode request = request("redrive");
        if (stream != null) {
            request.put("stream", stream);
        }
        JsonNode answer = ask(upkeep(slice), request);
        if (stream == null) {
            System.out.println(answer.path("healed").asLong() + " of "
                    + answer.path("streams").asLong() + " parked streams are at their heads again.");
        } else if (answer.has("version")) {
            System.out.println(stream + " is at its head, version "
                    + answer.path("version").asLong() + ".");
        } else if (answer.has("outdated")) {
            System.out.println(answer.path("outdated").asText());
        } else {
            System.out.println(stream + " still stands at version "
                    + answer.path("parked").path("version").asLong() + ": "
                    + answer.path("parked").path("reason").asText());
        }
    }

    /** Compares heads with positions, of one slice or of all. */
    public void reconcile(@Nullable String slice) {
        for (Deployment.FunctionSpec function : slice == null ? upkeeps() : List.of(upkeep(slice))) {
            JsonNode answer = ask(function, request("reconcile"));
            System.out.println(function.slice() + "  " + answer.path("streams").asLong() + " streams, "
                    + answer.path("behind").asLong() + " behind, "
                    + answer.path("healed").asLong() + " healed, "
                    + answer.path("readUnits").decimalValue().toPlainString() + " read units of events");
        }
    }

    /** Builds a view anew. */
    public void rebuild(String slice, ObjectNode how) {
        Deployment.FunctionSpec function = upkeep(slice);
        Progress progress = new Progress();
        Logger log = Logger.getLogger("dev.storyline.edge");
        log.addHandler(progress);
        try {
            JsonNode answer = ask(function, request("rebuild").setAll(how));
            progress.endLine();
            System.out.println(slice + " is served from generation "
                    + answer.path("generation").asInt() + ", "
                    + answer.path("events").asLong() + " events read, "
                    + answer.path("readUnits").decimalValue().toPlainString() + " read units.");
        } finally {
            log.removeHandler(progress);
        }
    }

    /** Shows the progress of a rebuild: one bar on a terminal, lines elsewhere. */
    private static final class Progress extends Handler {
        private static final int WIDTH = 30;
        private final boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        private boolean open;

        Progress() {}

        @Override
        public synchronized void publish(LogRecord entry) {
            JsonNode line;
            try {
                line = Json.mapper().readTree(entry.getMessage());
            } catch (JsonProcessingException e) {
                return;
            }
            if (!line.path("what").asText().equals("rebuild")) {
                return;
            }
            String text = line.path("doing").asText();
            if (line.has("percent")) {
                int done = line.path("percent").asInt() * WIDTH / 100;
                text = "[" + "#".repeat(done) + ".".repeat(WIDTH - done) + "] "
                        + line.path("percent").asInt() + "%  ETA "
                        + line.path("etaSeconds").asLong() + " s  " + text;
            }
            text += "  " + line.path("events").asLong() + " events, "
                    + line.path("eventsPerSecond").asLong() + "/s";
            if (terminal) {
                System.out.print("\r\033[K" + text);
                System.out.flush();
                open = true;
            } else {
                System.out.println(text);
            }
        }

        synchronized void endLine() {
            if (open) {
                System.out.println();
            }
        }

        @Override
        public void flush() {
            System.out.flush();
        }

        @Override
        public void close() {
            endLine();
        }
    }

    @Override
    public void close() {
        host.close();
        database.close();
    }
}
