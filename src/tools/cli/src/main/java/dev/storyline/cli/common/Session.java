package dev.storyline.cli.common;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Json;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a command runs and where its output goes.
 *
 * @param root the root of the repository
 * @param out results
 * @param err errors, warnings and progress
 * @param terminal whether {@code out} is a terminal, which shows colours and progress bars
 * @param environment the environment variables
 * @param builds whether commands build what is stale; otherwise they use what is there
 */
public record Session(
        Path root,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Map<String, String> environment,
        boolean builds) {
    public Session {
        environment = Map.copyOf(environment);
    }

    /** Whether output is coloured: on a terminal only, and not where {@code NO_COLOR} is set or the terminal is dumb. */
    public boolean coloured() {
        return terminal
                && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "").equals("dumb");
    }

    /** Prints a value as JSON. */
    public void print(Object value) {
        try {
            out.println(Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
