package dev.storyline.infra;

import dev.storyline.common.Json;
import dev.storyline.edge.InternalCommand;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.util.Map;

/** Answers with what arrives: the command of an event, as text. */
@Singleton
public class EchoFunction {
    @Funq("echo")
    public Map<String, String> echo(InternalCommand message) {
        return Map.of("command", Json.text(message.command()));
    }
}
