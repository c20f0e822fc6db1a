package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.Json;
import dev.storyline.common.Tally;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.StateAt;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The internal endpoint of a command, for the event handlers of the same system: a complete command with its id and
 * causation -> command handler. It has no gatekeeper. A repeated command is answered from its commit; another command
 * under the same id is {@code not-its-own}.
 *
 * @param <C> the complete command
 */
public final class InternalCommandEndpoint<C extends Record> {
    private final Edge edge;
    private final CommandHandler<C, ?, ?> handler;
    private final Class<C> type;
    private final Measured measured;
    private final Function<C, StreamId> stream;

    private InternalCommandEndpoint(
            Edge edge, CommandHandler<C, ?, ?> handler, Class<C> type, Function<C, StreamId> stream) {
        this.edge = edge;
        this.measured = new Measured(edge);
        this.handler = handler;
        this.type = type;
        this.stream = stream;
    }

    /** The endpoint of a command whose stream follows from the command. */
    public static <C extends Record> InternalCommandEndpoint<C> of(
            Edge edge, CommandHandler<C, ?, ?> handler, Class<C> command, Function<C, StreamId> stream) {
        return new InternalCommandEndpoint<>(edge, handler, command, stream);
    }

    /**
     * Handles one command.
     *
     * @throws TransientFailure if the command must be sent again: others write to the stream, or the slice is outdated
     * @throws IllegalStateException if nobody gets the answer, and the command was not carried out
     */
    public InternalCommandReply handle(InternalCommand message) {
        return measured.invocation(() -> heard(message));
    }

    private InternalCommandReply heard(InternalCommand message) {
        if (message.fold() != null) {
            return folded(message.fold());
        }
        InternalCommandReply reply = answer(message);
        if (message.unheard() && !reply.isCarriedOut()) {
            throw new IllegalStateException("The command " + message.commandId() + " of a deadline is not carried out, "
                    + reply.outcome() + ": " + reply.rule());
        }
        return reply;
    }

    /** Asks the decider's fold. Nothing is decided, and nothing is recorded. */
    private InternalCommandReply folded(InternalCommand.Fold fold) {
        StreamId asked = RedriveOperation.stream(fold.stream());
        StateAt<?> folded = handler.stateAt(asked, Objects.requireNonNullElse(fold.at(), Long.MAX_VALUE));
        return new InternalCommandReply(
                InternalCommandReply.FOLDED, null, asked.toString(), folded.version(), json(folded.state()));
    }

    /** The state is private to the decider. One that is no record of JSON types is told in its own words. */
    private static JsonNode json(@Nullable Object state) {
        try {
            return Json.mapper().valueToTree(state);
        } catch (IllegalArgumentException e) {
            return TextNode.valueOf(String.valueOf(state));
        }
    }

    private InternalCommandReply answer(InternalCommand message) {
        C command;
        if (!message.command().isObject()) {
            return unreadable("The command must be a JSON object.");
        }
        try {
            // Values that are stored passed the bounds of their time, so those of today are not asked again.
            command = StrictJson.mapper().convertValue(message.command(), type);
        } catch (IllegalArgumentException e) {
            return unreadable(String.valueOf(e.getMessage()));
        }
        Instant at =
                Objects.requireNonNullElseGet(message.at(), () -> edge.clock().instant());
        CommandEnvelope envelope = new CommandEnvelope(
                stream.apply(command),
                CommandId.dispatch(message.commandId()),
                RequestHash.of(edge.slice(), command),
                version -> true,
                message.actor(),
                message.correlation(),
                message.causation(),
                at.truncatedTo(ChronoUnit.MILLIS),
                message.followedUp(),
                message.traceparent());
        return InternalDispatch.handle(edge, handler, envelope, command);
    }

    private static InternalCommandReply unreadable(String why) {
        Tally.current().outcome(InternalCommandReply.UNREADABLE);
        return new InternalCommandReply(InternalCommandReply.UNREADABLE, why, "", 0);
    }
}
