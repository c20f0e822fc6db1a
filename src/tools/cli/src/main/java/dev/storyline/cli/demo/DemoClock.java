package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.CouldNot;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.operator.Operator;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The clock of the local cloud, which lets the days of a demo pass. */
final class DemoClock {
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final @Nullable Path data;

    private DemoClock(@Nullable Path data) {
        this.data = data;
    }

    /** The clock of the cloud that runs on a data directory. */
    static DemoClock on(Path data) {
        return new DemoClock(data);
    }

    /** A clock that cannot be moved: that of this machine. */
    static DemoClock still() {
        return new DemoClock(null);
    }

    boolean moves() {
        return data != null;
    }

    Instant now() throws InterruptedException {
        return data == null ? Instant.now() : ask(data, operator -> tell(operator, ""));
    }

    /** Moves it forward, unless it is as late as that. Asked twice, it is moved once. */
    void moveTo(Instant later) throws InterruptedException {
        if (data != null) {
            ask(data, operator -> {
                Instant now = tell(operator, "");
                return now.isBefore(later) ? tell(operator, later.toString()) : now;
            });
        }
    }

    /** The time, after the clock was moved to an instant, if one is given. */
    private static Instant tell(Operator operator, String to) {
        ObjectNode request = Json.mapper().createObjectNode();
        return Instant.parse(operator.clock(to.isEmpty() ? request : request.put("to", to))
                .path("now")
                .asText());
    }

    /** Asks until there is an answer: the cloud may be starting again. */
    private static Instant ask(Path data, Function<Operator, Instant> question) throws InterruptedException {
        long begin = System.nanoTime();
        while (true) {
            try (Operator operator = Operator.onRunning(data)) {
                return question.apply(operator);
            } catch (LocalCloudException | UncheckedIOException e) {
                if (System.nanoTime() - begin > CloudClient.PATIENCE.toNanos()) {
                    throw new CouldNot("The clock of the local cloud cannot be moved: " + e.getMessage(), e);
                }
                Thread.sleep(PAUSE);
            }
        }
    }
}
