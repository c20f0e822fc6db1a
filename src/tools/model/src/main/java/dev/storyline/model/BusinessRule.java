package dev.storyline.model;

import java.util.List;

/**
 * A business rule by which a gatekeeper or a command handler rejects a command.
 *
 * @param name {@code too-many-wishes}, the name that clients and specifications use
 * @param says the message for people; may be empty
 * @param reads the fields that decide the rule: of the command, of events of the stream, of views that a gatekeeper reads
 * @param place its location in the file
 */
public record BusinessRule(String name, String says, List<Ref> reads, SourceLocation place) {
    public BusinessRule {
        reads = List.copyOf(reads);
    }
}
