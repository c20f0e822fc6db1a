package dev.storyline.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** One run of the command line in this process: its exit status and its output. */
record Ran(int status, String out, String err) {
    /** The repository that these tests belong to. */
    static final Path REPOSITORY = Path.of("../../..").toAbsolutePath().normalize();

    /** Runs a command on a repository, off a terminal, with an empty environment. */
    static Ran in(Path root, String... arguments) {
        return in(root, false, Map.of(), arguments);
    }

    static Ran in(Path root, boolean terminal, Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                root,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                environment,
                true);
        int status = Storyline.run(session, arguments);
        return new Ran(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The output as JSON; everything that was printed must be one JSON document. */
    JsonNode json() throws JsonProcessingException {
        return Json.mapper().readTree(out);
    }
}
