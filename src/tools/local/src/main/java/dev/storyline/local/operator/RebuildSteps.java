package dev.storyline.local.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.storyline.common.Json;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Picks the steps of rebuilds from the log of the functions, also of those in processes of their own. */
final class RebuildSteps extends Handler {
    private static final String STEP = "{\"what\":\"rebuild\"";

    private final Logger log = Logger.getLogger("dev.storyline");
    private final Map<String, JsonNode> last = new ConcurrentHashMap<>();

    RebuildSteps() {
        log.addHandler(this);
    }

    /** The last step of a rebuild of a slice; missing if there was none. */
    JsonNode last(String slice) {
        return last.getOrDefault(slice, MissingNode.getInstance());
    }

    @Override
    public void publish(LogRecord entry) {
        String message = String.valueOf(entry.getMessage());
        int begin = message.indexOf(STEP);
        if (begin < 0) {
            return;
        }
        try {
            JsonNode line = Json.mapper().readTree(message.substring(begin));
            last.put(line.path("slice").asText(), line);
        } catch (JsonProcessingException e) {
            // Other lines of the log are not JSON.
        }
    }

    @Override
    public void flush() {
        // Each step has been kept already.
    }

    @Override
    public void close() {
        log.removeHandler(this);
    }
}
