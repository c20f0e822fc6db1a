package dev.storyline.eventstore;

import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;

/** What came of a command. */
public sealed interface Outcome {
    /** The command's events are in the stream: from now, or from an earlier try under the same id. */
    record Accepted(Commit commit) implements Outcome {}

    /** It was already so; the stream's last event has this version. Evaluated again on every try. */
    record AlreadySo(StreamId stream, long version) implements Outcome {}

    /** A rule of the decider said no, and nothing was recorded. Evaluated again on every try. */
    record Rejected(Rule rule) implements Outcome {}

    /** A rule of the decider said no and the rejection is in the stream. */
    record RejectedOnRecord(Commit commit, Meta.Rejection rejection) implements Outcome {}

    /** The gatekeeper refused. Evaluated again on every try. */
    record Refused(Rule rule) implements Outcome {}

    /** The command's id was used for another request. */
    record KeyReused(String commandId) implements Outcome {}

    /** The stream's last event has another version than the client expects. */
    record Moved(StreamId stream, long version) implements Outcome {}

    /** Too many others wrote to the stream at the same time; nothing was recorded. */
    record Contended(StreamId stream, int tries) implements Outcome {}

    /** The stream holds an essential event that this slice does not know; it refuses to decide. */
    record Outdated(String reason) implements Outcome {}
}
