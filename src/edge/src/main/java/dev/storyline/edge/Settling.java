package dev.storyline.edge;

import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.Envelope;
import dev.storyline.eventstore.LogLine;
import dev.storyline.eventstore.Meta;
import dev.storyline.eventstore.Outcome;
import dev.storyline.eventstore.TryAgain;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;

/** Handles commands that no client waits for: whatever comes of them is an answer, or must be tried again. */
final class Settling {
    private Settling() {}

    /**
     * Handles one command.
     *
     * @throws TryAgain if others write to the stream, or the slice is older than the story
     */
    static <C> InnerReply handle(String slice, CommandHandler<C, ?, ?> handler, Envelope envelope, C command) {
        String stream = envelope.stream().toString();
        return switch (handler.handle(envelope, command)) {
            case Outcome.Accepted(Commit commit) -> new InnerReply(InnerReply.ACCEPTED, null, stream, commit.last());
            case Outcome.AlreadySo(StreamId _, long version) ->
                new InnerReply(InnerReply.ALREADY_SO, null, stream, version);
            case Outcome.RejectedOnRecord(Commit commit, Meta.Rejection(String rule, String _)) ->
                rejected(slice, envelope, rule, commit.last());
            case Outcome.Rejected(Rule rule) -> rejected(slice, envelope, rule.name(), 0);
            case Outcome.Contended(StreamId _, int tries) ->
                throw new TryAgain("Others wrote to " + stream + " in all of " + tries + " tries", null);
            case Outcome.Outdated(String reason) -> throw new TryAgain(reason, null);
            case Outcome.Refused _, Outcome.KeyReused _, Outcome.Moved _ ->
                throw new IllegalStateException("There is no gatekeeper here, no request hash and no If-Match");
        };
    }

    private static InnerReply rejected(String slice, Envelope envelope, String rule, long version) {
        Doors.log(LogLine.of("rejected")
                .with("slice", slice)
                .with("actor", envelope.actor())
                .with("rule", rule)
                .with("command", envelope.commandId()));
        return new InnerReply(InnerReply.REJECTED, rule, envelope.stream().toString(), version);
    }
}
