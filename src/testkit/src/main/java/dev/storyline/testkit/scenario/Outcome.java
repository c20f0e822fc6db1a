package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a slice did.
 *
 * @param rule by which it said no; empty if it did not
 * @param events what it recorded, in order
 * @param sent what it published and dispatched, in order
 * @param shown the answers to the queries of the specification, in order; a missing node for nothing to see
 */
record Outcome(String rule, List<Fact> events, List<Fact> sent, List<JsonNode> shown) {
    /** Something with a name, and its fields. */
    record Fact(String name, JsonNode data) {
        @Override
        public String toString() {
            return name + " " + data;
        }
    }

    Outcome {
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
