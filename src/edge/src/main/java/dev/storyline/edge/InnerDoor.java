package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.Envelope;
import dev.storyline.eventstore.LogLine;
import dev.storyline.eventstore.Meta;
import dev.storyline.eventstore.Outcome;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The door of a command slice to the event handlers of its own system: a complete command with its id and causation ->
 * handler. No gatekeeper stands here, and the first commit under an id wins.
 *
 * @param <C> the complete command
 */
public final class InnerDoor<C extends Record> {
    private final Edge edge;
    private final String slice;
    private final CommandHandler<C, ?, ?> handler;
    private final RequestReader<C> reader;
    private final Function<C, StreamId> stream;

    private InnerDoor(
            Edge edge, CommandHandler<C, ?, ?> handler, RequestReader<C> reader, Function<C, StreamId> stream) {
        this.edge = edge;
        this.slice = edge.slice();
        this.handler = handler;
        this.reader = reader;
        this.stream = stream;
    }

    /** A door for a command whose stream follows from the command. */
    public static <C extends Record> InnerDoor<C> of(
            Edge edge, CommandHandler<C, ?, ?> handler, Class<C> command, Function<C, StreamId> stream) {
        return new InnerDoor<>(edge, handler, new RequestReader<>(command), stream);
    }

    /**
     * Handles one command.
     *
     * @throws Problem if the command cannot be read
     * @throws IllegalStateException if it must be sent again: others write to the stream, or the slice is outdated
     */
    public InnerReply handle(InnerCommand message) {
        if (!(message.command() instanceof ObjectNode fields)) {
            throw Problem.malformed("body", "command", "must be a JSON object");
        }
        C command = reader.read(Map.of(), "body", fields);
        StreamId target = stream.apply(command);
        Instant at =
                Objects.requireNonNullElseGet(message.at(), () -> edge.clock().instant());
        Envelope envelope = new Envelope(
                target,
                message.commandId(),
                null,
                version -> true,
                message.actor(),
                message.correlation(),
                message.causation(),
                at.truncatedTo(ChronoUnit.MILLIS));
        return switch (handler.handle(envelope, command)) {
            case Outcome.Accepted(Commit commit) -> new InnerReply("accepted", null, target.toString(), commit.last());
            case Outcome.AlreadySo(StreamId _, long version) ->
                new InnerReply("already-so", null, target.toString(), version);
            case Outcome.RejectedOnRecord(Commit commit, Meta.Rejection(String rule, String _)) ->
                rejected(message, target, rule, commit.last());
            case Outcome.Rejected(Rule rule) -> rejected(message, target, rule.name(), 0);
            case Outcome.Contended(StreamId _, int tries) ->
                throw new IllegalStateException("Others wrote to " + target + " in all of " + tries + " tries");
            case Outcome.Outdated(String reason) -> throw new IllegalStateException(reason);
            case Outcome.Refused _, Outcome.KeyReused _, Outcome.Moved _ ->
                throw new IllegalStateException("The inner door has no gatekeeper, no request hash and no If-Match");
        };
    }

    private InnerReply rejected(InnerCommand message, StreamId target, @Nullable String rule, long version) {
        Doors.log(LogLine.of("rejected")
                .with("slice", slice)
                .with("actor", message.actor())
                .with("rule", rule)
                .with("command", message.commandId()));
        return new InnerReply("rejected", rule, target.toString(), version);
    }
}
