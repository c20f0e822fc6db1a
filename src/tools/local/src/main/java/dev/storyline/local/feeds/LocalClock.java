package dev.storyline.local.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The time of functions, deadlines and schedules: that of the machine, until somebody moves it forward. It never goes back.
 * How far it was moved is stored, so that a restart does not move it back either.
 */
public final class LocalClock extends Clock {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.clock");

    private final DeliveryStore store;
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private volatile Duration ahead;

    public LocalClock(DeliveryStore store) {
        this.store = store;
        this.ahead = store.ahead();
    }

    /** How far it is ahead of the machine. */
    public Duration ahead() {
        return ahead;
    }

    /**
     * Moves it forward to an instant. What is due by then happens soon after.
     *
     * @throws IllegalArgumentException if the instant is not later than now
     */
    public synchronized void moveTo(Instant later) {
        Instant now = instant();
        if (!later.isAfter(now)) {
            throw new IllegalArgumentException("The clock says " + now + " and never goes back to " + later + ".");
        }
        move(Duration.between(Instant.now(), later));
    }

    /**
     * Moves it forward by an amount of time.
     *
     * @throws IllegalArgumentException if the amount is not more than zero
     */
    public synchronized void moveBy(Duration amount) {
        if (!amount.isPositive()) {
            throw new IllegalArgumentException("The clock never goes back, so it is not moved by " + amount + ".");
        }
        move(ahead.plus(amount));
    }

    private void move(Duration next) {
        store.ahead(next);
        ahead = next;
        LOG.log(
                System.Logger.Level.INFO,
                () -> LogLine.of("clock-moved").with("to", instant().toString()).text());
        watchers.forEach(Runnable::run);
    }

    /**
     * Does what an operator asks for.
     *
     * @param request {@code to}, an instant, or {@code by}, a duration like {@code PT48H}; without both it is only read
     * @return {@code now} and {@code ahead}, or {@code failed} with the reason
     */
    public JsonNode asked(JsonNode request) {
        ObjectNode answer = Json.mapper().createObjectNode();
        try {
            if (request.has("to")) {
                moveTo(Instant.parse(request.path("to").asText()));
            } else if (request.has("by")) {
                moveBy(Duration.parse(request.path("by").asText()));
            }
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            answer.put("failed", e.getMessage());
        }
        return answer.put("now", instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("ahead", ahead.truncatedTo(ChronoUnit.SECONDS).toString());
    }

    /** Runs something after each move. */
    void watch(Runnable watcher) {
        watchers.add(watcher);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("The clock of the local cloud has no zone but UTC");
    }
}
