package dev.storyline.edge;

import dev.storyline.common.Deadline;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.CookieHandler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The deadline of an event in a native executable. There Quarkus itself fetches the events from the Runtime API, over the
 * JDK's HTTP connection, and keeps the header with the deadline to itself. The JDK shows the headers of each answer to its
 * cookie handler, so this is one. It knows no cookies; no other client of a function uses that connection.
 *
 * @see LambdaEntryPoint for the JVM
 */
@Singleton
final class EventDeadline extends CookieHandler {
    private static final String HEADER = "Lambda-Runtime-Deadline-Ms";

    /** Quarkus fetches the first event after this. */
    void start(@Observes StartupEvent started) {
        CookieHandler.setDefault(this);
    }

    @Override
    public Map<String, List<String>> get(URI uri, Map<String, List<String>> request) {
        return Map.of();
    }

    @Override
    public void put(URI uri, Map<String, List<String>> answer) {
        answer.forEach((name, values) -> {
            // The name of the status line is null.
            if (HEADER.equalsIgnoreCase(name)) {
                long until = Long.parseLong(values.getFirst());
                Deadline.begin(Deadline.of(() -> Duration.ofMillis(until - System.currentTimeMillis())));
            }
        });
    }
}
