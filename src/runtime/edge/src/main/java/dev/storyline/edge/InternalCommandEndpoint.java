package dev.storyline.edge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The internal endpoint of a command, for the event handlers of the same system: a complete command with its id and
 * causation -> command handler. It has no gatekeeper, and the first commit under an id wins.
 *
 * @param <C> the complete command
 */
public final class InternalCommandEndpoint<C extends Record> {
    private final Edge edge;
    private final CommandHandler<C, ?, ?> handler;
    private final RequestReader<C> reader;
    private final Function<C, StreamId> stream;

    private InternalCommandEndpoint(
            Edge edge, CommandHandler<C, ?, ?> handler, RequestReader<C> reader, Function<C, StreamId> stream) {
        this.edge = edge;
        this.handler = handler;
        this.reader = reader;
        this.stream = stream;
    }

    /** The endpoint of a command whose stream follows from the command. */
    public static <C extends Record> InternalCommandEndpoint<C> of(
            Edge edge, CommandHandler<C, ?, ?> handler, Class<C> command, Function<C, StreamId> stream) {
        return new InternalCommandEndpoint<>(edge, handler, new RequestReader<>(command), stream);
    }

    /**
     * Handles one command.
     *
     * @throws TransientFailure if the command must be sent again: others write to the stream, or the slice is outdated
     */
    public InternalCommandReply handle(InternalCommand message) {
        C command;
        try {
            if (!(message.command() instanceof ObjectNode fields)) {
                throw Problem.malformed("body", "command", "must be a JSON object");
            }
            command = reader.read(Map.of(), "body", fields);
        } catch (Problem problem) {
            return new InternalCommandReply(InternalCommandReply.UNREADABLE, problem.getMessage(), "", 0);
        }
        Instant at =
                Objects.requireNonNullElseGet(message.at(), () -> edge.clock().instant());
        CommandEnvelope envelope = new CommandEnvelope(
                stream.apply(command),
                message.commandId(),
                null,
                version -> true,
                message.actor(),
                message.correlation(),
                message.causation(),
                at.truncatedTo(ChronoUnit.MILLIS),
                message.followedUp());
        return InternalDispatch.handle(edge.slice(), handler, envelope, command);
    }
}
