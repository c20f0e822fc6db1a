package dev.storyline.edge;

import dev.storyline.common.LogLine;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;

/** Handles commands that no client waits for. Each ends in a reply or is tried again. */
final class InternalDispatch {
    private InternalDispatch() {}

    /**
     * Handles one command.
     *
     * @throws TransientFailure if others write to the stream, or the slice is outdated
     */
    static <C> InternalCommandReply handle(
            Edge edge, CommandHandler<C, ?, ?> handler, CommandEnvelope envelope, C command) {
        String stream = envelope.stream().toString();
        return switch (Measured.command(() -> Measured.noted(handler.handle(envelope, command)))) {
            case CommandResult.Accepted(Commit commit) ->
                new InternalCommandReply(InternalCommandReply.ACCEPTED, null, stream, commit.last());
            case CommandResult.AlreadySo(StreamId _, long version) ->
                new InternalCommandReply(InternalCommandReply.ALREADY_SO, null, stream, version);
            case CommandResult.RejectedOnRecord(Commit commit, CommitMetadata.Rejection(String rule, String _)) ->
                rejected(edge.slice(), envelope, rule, commit.last());
            case CommandResult.Rejected(Rule rule) -> rejected(edge.slice(), envelope, rule.name(), 0);
            case CommandResult.Contended(StreamId _, int tries) ->
                throw new TransientFailure("Other writers changed " + stream + " in each of " + tries + " tries", null);
            case CommandResult.Outdated(String reason) -> throw new TransientFailure(reason, null);
            // Nothing is recorded in a closed stream, not even a refusal. Each retry gets this answer until it is
            // restored.
            case CommandResult.Archived _ -> rejected(edge.slice(), envelope, Problem.STREAM_ARCHIVED, 0);
            case CommandResult.KeyReused _ -> notItsOwn(edge.slice(), envelope);
            case CommandResult.Refused _, CommandResult.VersionMismatch _ ->
                throw new IllegalStateException("An internal command has no gatekeeper and no If-Match");
        };
    }

    /** A command that was not carried out although its id is recorded. It must not pass for a repetition. */
    private static InternalCommandReply notItsOwn(String slice, CommandEnvelope envelope) {
        String id = envelope.commandId().stored();
        String stream = envelope.stream().toString();
        HttpErrors.log(LogLine.of("not-its-own")
                .with("slice", slice)
                .with("actor", envelope.actor())
                .with("stream", stream)
                .with("command", id));
        return new InternalCommandReply(
                InternalCommandReply.NOT_ITS_OWN,
                "the stream " + stream + " has a commit of another command under the id " + id,
                stream,
                0);
    }

    private static InternalCommandReply rejected(String slice, CommandEnvelope envelope, String rule, long version) {
        HttpErrors.log(LogLine.of("rejected")
                .with("slice", slice)
                .with("actor", envelope.actor())
                .with("rule", rule)
                .with("command", envelope.commandId().stored()));
        return new InternalCommandReply(
                InternalCommandReply.REJECTED, rule, envelope.stream().toString(), version);
    }
}
