package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.lambda.FunctionInvoker;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * The maintenance functions of the slices that have a view or an event handler.
 *
 * @param deployment the functions, with their settings
 * @param host invokes them
 */
record MaintenanceFunctions(Deployment deployment, FunctionInvoker host) {
    private static final String MAINTENANCE = "-upkeep";

    /** The slices, {@code wishes/child-wishes}. */
    List<String> slices() {
        return deployment.functions().stream()
                .filter(function -> function.export().endsWith(MAINTENANCE))
                .map(Deployment.FunctionSpec::slice)
                .toList();
    }

    /**
     * Asks the maintenance function of a slice.
     *
     * @param request the operation and its parameters
     * @param steps gets the steps of a rebuild that are logged meanwhile
     * @throws LocalCloudException if there is no such slice, or the function fails
     */
    JsonNode ask(String slice, JsonNode request, Consumer<JsonNode> steps) {
        Deployment.FunctionSpec function = deployment.functions().stream()
                .filter(one -> one.slice().equals(slice) && one.export().endsWith(MAINTENANCE))
                .findFirst()
                .orElseThrow(() -> new LocalCloudException("There is no view and no event handler '" + slice
                        + "'. There are: " + String.join(", ", slices()) + "."));
        Logger log = Logger.getLogger("dev.storyline");
        StepLog listening = new StepLog(slice, steps);
        log.addHandler(listening);
        try {
            return host.invoke(function.arn(), request);
        } catch (FunctionInvoker.FunctionFailed e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new LocalCloudException(String.valueOf(cause.getMessage() == null ? cause : cause.getMessage()), e);
        } finally {
            log.removeHandler(listening);
        }
    }

    /** Picks the steps of a rebuild from the log of the functions, also of those in processes of their own. */
    private static final class StepLog extends Handler {
        private final String slice;
        private final Consumer<JsonNode> steps;

        StepLog(String slice, Consumer<JsonNode> steps) {
            this.slice = slice;
            this.steps = steps;
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            int begin = String.valueOf(entry.getMessage()).indexOf("{\"what\":\"rebuild\"");
            if (begin < 0) {
                return;
            }
            try {
                JsonNode line = Json.mapper().readTree(entry.getMessage().substring(begin));
                if (line.path("slice").asText().equals(slice)) {
                    steps.accept(line);
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
}
