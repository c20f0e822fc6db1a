package dev.storyline.accounting.explainentry;

import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.contexts.accounting.EntryId;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.kernel.Recorded;
import org.jspecify.annotations.Nullable;

/** Reads the stream of an entry, strongly consistent. It has two events at most. */
final class ExplainEntryQuery {
    private final EventStore store;
    private final EventCodec codec = new EventCodec(Accounting.LANGUAGE);

    ExplainEntryQuery(EventStore store) {
        this.store = store;
    }

    /** The entry, or null if there is none. */
    @Nullable
    ExplainedEntry answer(ExplainedEntry.Query query) {
        Story story = new Story();
        store.read(Accounting.stream(query.entryId()), 0, Long.MAX_VALUE, story::add);
        return story.told();
    }

    /** What the commits of the stream say. */
    private final class Story {
        private @Nullable Commit commit;
        private @Nullable EntryPosted posted;
        private @Nullable EntryId reversedBy;

        void add(Commit next) {
            for (Recorded<EntryEvent> recorded : codec.decode(next, EntryEvent.class)) {
                switch (recorded.event()) {
                    case EntryPosted entry -> {
                        commit = next;
                        posted = entry;
                    }
                    case EntryReversed reversed -> reversedBy = reversed.reversedBy();
                }
            }
        }

        @Nullable
        ExplainedEntry told() {
            if (commit == null || posted == null) {
                return null;
            }
            CommitMetadata meta = commit.meta();
            return new ExplainedEntry(
                    posted.entryId(),
                    posted.kind(),
                    posted.source(),
                    posted.effectiveOn(),
                    posted.bookedOn(),
                    commit.at(),
                    posted.postings(),
                    posted.about(),
                    posted.reverses(),
                    reversedBy,
                    posted.reason(),
                    meta.causation(),
                    commit.id(),
                    meta.actor(),
                    meta.correlation());
        }
    }
}
