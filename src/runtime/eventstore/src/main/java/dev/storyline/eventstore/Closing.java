package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Watches the commits of a stream for its closing: a stream is closed unless it was opened again behind that. */
final class Closing implements Consumer<Commit> {
    private final Consumer<Commit> next;
    private @Nullable Instant at;

    Closing(Consumer<Commit> next) {
        this.next = next;
    }

    @Override
    public void accept(Commit commit) {
        if (closes(commit)) {
            at = commit.at();
        } else if (opens(commit)) {
            at = null;
        }
        next.accept(commit);
    }

    static boolean closes(Commit commit) {
        return commit.events().getFirst().type().equals(StoredEvent.CLOSED);
    }

    static boolean opens(Commit commit) {
        return commit.events().getFirst().type().equals(StoredEvent.REOPENED);
    }

    /** @throws StreamArchived if the stream is closed after the commits that were seen */
    void check(StreamId stream) {
        if (at != null) {
            throw new StreamArchived(stream, at);
        }
    }
}
