package dev.storyline.model;

import java.util.List;

/**
 * A rule of the business by which a gatekeeper or a command handler says no.
 *
 * @param name {@code too-many-wishes}: what clients and specifications know it by
 * @param says what a person is told; may be empty
 * @param reads the fields that decide it: of the command, of events of the stream, of views that a gatekeeper reads
 * @param place where it stands
 */
public record BusinessRule(String name, String says, List<Ref> reads, SourceLocation place) {
    public BusinessRule {
        reads = List.copyOf(reads);
    }
}
