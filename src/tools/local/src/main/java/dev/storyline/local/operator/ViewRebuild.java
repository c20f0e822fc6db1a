package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The rebuild of one view, as its operator sees it. The maintenance function of the slice does the work; how far it has
 * come stands in its status row, which anybody may ask for from anywhere.
 */
public final class ViewRebuild {
    private static final long LOOK_EACH_MILLIS = 500;

    private final Installation installation;
    private final String slice;
    private final Function<String, ObjectNode> changes;

    /** @param changes makes the request of an operation that changes something, with who asks for it and why */
    ViewRebuild(Installation installation, String slice, Function<String, ObjectNode> changes) {
        this.installation = installation;
        this.slice = slice;
        this.changes = changes;
    }

    private JsonNode ask(ObjectNode request) {
        return installation.ask(slice, request);
    }

    private static ObjectNode request(String what) {
        return Json.mapper().createObjectNode().put("do", what);
    }

    /**
     * What a rebuild will read and write: the fields of {@code RebuildEstimate}. Changes nothing.
     *
     * @throws LocalCloudException if the slice has no view
     */
    public JsonNode estimate() {
        return ask(request("rebuild-plan"));
    }

    /**
     * The status of the last rebuild: the fields of {@code RebuildStatus}; a missing node if there was none.
     *
     * @throws LocalCloudException if the slice has no view
     */
    public JsonNode status() {
        JsonNode status = ask(request("rebuild-status")).path("rebuild");
        return status.isNull() ? status.path("none") : status;
    }

    /**
     * Changes ceilings of the rebuild under way.
     *
     * @param ceilings {@code readUnits} and {@code writeUnits}; null lifts one, and one that is missing stays as it is
     * @return the status
     * @throws LocalCloudException if no rebuild is under way
     */
    public JsonNode limit(ObjectNode ceilings) {
        return ask(changes.apply("rebuild-set").setAll(ceilings)).path("rebuild");
    }

    /**
     * Gives up a new view that was built and not served.
     *
     * @throws LocalCloudException if there is none
     */
    public JsonNode drop() {
        return untilDone(changes.apply("rebuild-drop"));
    }

    /**
     * Builds the view anew, or goes on with it.
     *
     * @param how the parameters of the operation {@code rebuild}
     * @param progress gets the status from time to time
     * @return the fields of {@code Rebuild.Built}, the figures of all calls together
     * @throws LocalCloudException if the new view cannot be served, or somebody rebuilds the view already
     */
    public JsonNode run(ObjectNode how, Consumer<JsonNode> progress) {
        long before = status().path("run").asLong();
        CountDownLatch over = new CountDownLatch(1);
        Thread watching = Thread.ofVirtual().start(() -> watch(before, over, progress));
        try {
            return untilDone(changes.apply("rebuild").setAll(how));
        } finally {
            over.countDown();
            joined(watching);
        }
    }

    private JsonNode untilDone(ObjectNode request) {
        ObjectNode all = null;
        while (true) {
            JsonNode answer = ask(request);
            all = all == null ? answer.deepCopy() : sum(all, answer);
            if (answer.path("done").asBoolean(true)) {
                return all;
            }
            request.put("continue", true);
        }
    }

    private static ObjectNode sum(ObjectNode before, JsonNode last) {
        ObjectNode sum = last.deepCopy();
        for (String count : new String[] {"events", "streams", "behind"}) {
            sum.put(count, before.path(count).asLong() + last.path(count).asLong());
        }
        for (String units : new String[] {"readUnits", "writeUnits"}) {
            sum.put(
                    units,
                    before.path(units).decimalValue().add(last.path(units).decimalValue()));
        }
        return sum;
    }

    /** Tells the status of any run after this one, whenever it has changed. */
    private void watch(long before, CountDownLatch over, Consumer<JsonNode> progress) {
        long told = 0;
        try {
            while (!over.await(LOOK_EACH_MILLIS, TimeUnit.MILLISECONDS)) {
                JsonNode status = statusOrNone();
                long rev = status.path("rev").asLong();
                if (status.path("run").asLong() > before && rev > told) {
                    told = rev;
                    progress.accept(status);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The function may be too busy to answer; then the next look tells. */
    private JsonNode statusOrNone() {
        try {
            return status();
        } catch (LocalCloudException e) {
            return Json.mapper().createObjectNode();
        }
    }

    private static void joined(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
