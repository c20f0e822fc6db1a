package dev.storyline.eventstore;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Commits for tests. */
final class Commits {
    private Commits() {}

    static Commit of(StreamId stream, long version, String id, int events) {
        return of(stream, version, id, Collections.nCopies(events, "{\"text\":\"\u00e4 \ud83c\udf81\"}"));
    }

    static Commit of(StreamId stream, long version, String id, List<String> data) {
        return new Commit(
                stream,
                version,
                id,
                Instant.parse("2026-01-01T00:00:00.123Z"),
                data.stream()
                        .map(json -> new StoredEvent("Happened", 1, false, json))
                        .toList(),
                new CommitMetadata(
                        "tester",
                        "conversation",
                        "cause",
                        "hash",
                        new CommitMetadata.Rejection("a-rule", "A sentence.")));
    }

    static List<Commit> all(EventStore store, StreamId stream) {
        List<Commit> commits = new ArrayList<>();
        store.read(stream, 0, Long.MAX_VALUE, commits::add);
        return commits;
    }
}
