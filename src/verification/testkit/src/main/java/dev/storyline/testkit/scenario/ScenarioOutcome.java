package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a slice did.
 *
 * @param rule by which it said no; empty if it did not
 * @param events what it recorded in all streams together, in order
 * @param sent what it published and dispatched, in order
 * @param shown the answers to the queries of the specification, in order; a missing node for nothing to see
 */
record ScenarioOutcome(String rule, List<Fact> events, List<Fact> sent, List<JsonNode> shown) {
    /**
     * Something with a name, and its fields.
     *
     * @param stream where it is recorded; null for what is sent
     */
    record Fact(@Nullable StreamId stream, String name, JsonNode data) {
        /** Something that is sent. */
        static Fact sent(String name, JsonNode data) {
            return new Fact(null, name, data);
        }

        @Override
        public String toString() {
            return name + " " + data + (stream == null ? "" : " in " + stream);
        }
    }

    ScenarioOutcome {
        events = List.copyOf(events);
        sent = List.copyOf(sent);
        shown = List.copyOf(shown);
    }

    /** One line for each thing. */
    @Override
    public String toString() {
        String all = Stream.of(
                        rule.isEmpty() ? Stream.<String>of() : Stream.of("rejected: " + rule),
                        events.stream().map(Fact::toString),
                        sent.stream().map(fact -> "sent " + fact),
                        shown.stream().map(answer -> answer.isMissingNode() ? "nothing to see" : "shown " + answer))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? "nothing" : all;
    }
}
