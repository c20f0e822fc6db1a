package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.kernel.StreamId;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The behavior of a slice in a scenario.
 *
 * @param rejections the rejections of its commands, in order
 * @param events the events that the slice recorded in all streams together, in order
 * @param sent the messages that the slice published and dispatched, in order
 * @param shown the answers to the queries of the specification, in order; a missing node for an empty answer
 */
record ScenarioOutcome(List<Rejection> rejections, List<Fact> events, List<Fact> sent, List<JsonNode> shown) {
    /**
     * An event or a message, with its name and fields.
     *
     * @param stream the stream that holds the event; null for a message
     */
    record Fact(@Nullable StreamId stream, String name, JsonNode data) {
        /** Creates a fact for a sent message. */
        static Fact sent(String name, JsonNode data) {
            return new Fact(null, name, data);
        }

        @Override
        public String toString() {
            return name + " " + data + (stream == null ? "" : " in " + stream);
        }
    }

    /**
     * A command that was rejected.
     *
     * @param rule the name of the rule
     * @param says what people are told; empty at an endpoint that tells programs only
     */
    record Rejection(String rule, String says) {
        @Override
        public String toString() {
            return "the rejection '" + rule + "'" + (says.isEmpty() ? "" : ", '" + says + "'");
        }
    }

    ScenarioOutcome {
        rejections = List.copyOf(rejections);
        events = List.copyOf(events);
        sent = List.copyOf(sent);
        shown = List.copyOf(shown);
    }

    /** Returns one line for each fact. */
    @Override
    public String toString() {
        String all = Stream.of(
                        rejections.stream().map(Rejection::toString),
                        events.stream().map(Fact::toString),
                        sent.stream().map(fact -> "sent " + fact),
                        shown.stream().map(answer -> answer.isMissingNode() ? "nothing to see" : "shown " + answer))
                .flatMap(lines -> lines)
                .collect(Collectors.joining("\n"));
        return all.isEmpty() ? "nothing" : all;
    }
}
