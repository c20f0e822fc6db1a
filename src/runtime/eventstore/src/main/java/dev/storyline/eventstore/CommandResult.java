package dev.storyline.eventstore;

import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.time.Instant;

/** The result of a command. */
public sealed interface CommandResult {
    /** The command's events are in the stream, from this call or from an earlier one under the same id. */
    record Accepted(Commit commit) implements CommandResult {}

    /** Nothing was left to do. The stream's last event has this version. Every retry is decided again. */
    record AlreadySo(StreamId stream, long version) implements CommandResult {}

    /** A rule of the decider rejected the command, and nothing was recorded. Every retry is decided again. */
    record Rejected(Rule rule) implements CommandResult {}

    /** A rule of the decider rejected the command, and the rejection is in the stream. */
    record RejectedOnRecord(Commit commit, CommitMetadata.Rejection rejection) implements CommandResult {}

    /** The gatekeeper refused the request. Every retry is judged again. */
    record Refused(Rule rule) implements CommandResult {}

    /** The command's id was used for another command: the commit under it has other content. */
    record KeyReused(String commandId) implements CommandResult {}

    /** The stream's last event has another version than the client expects. */
    record VersionMismatch(StreamId stream, long version) implements CommandResult {}

    /** Too many others wrote to the stream at the same time; nothing was recorded. */
    record Contended(StreamId stream, int tries) implements CommandResult {}

    /** The stream holds an essential event that this slice does not know; it refuses to decide. */
    record Outdated(String reason) implements CommandResult {}

    /** The stream was closed for the archive at this time; nothing was recorded. */
    record Archived(StreamId stream, Instant at) implements CommandResult {}
}
