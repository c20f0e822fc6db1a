package dev.storyline.contexts.accounting;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Invariant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the books know of one job. */
public sealed interface JobEvent extends AccountingEvent {
    /** The job. */
    JobId jobId();

    /**
     * The books took in what the job was billed, paid or written off, perhaps nothing.
     *
     * @param kind one of {@link EntryKind}
     * @param bill the number of the bill; null for what is no bill
     * @param on the day of the fact, in UTC
     * @param postings those of the entry; none if nothing had to be posted
     * @param reverses the entry that is taken back; null for an entry of its own
     */
    @EventType("JobEntryPosted")
    record JobEntryPosted(
            JobId jobId,
            EntryId entryId,
            String kind,
            @Nullable Integer bill,
            LocalDate on,
            List<Posting> postings,
            @Nullable EntryId reverses)
            implements JobEvent, Invariant {
        public JobEntryPosted {
            postings = List.copyOf(postings);
        }

        @Override
        public @Nullable String broken() {
            return Postings.broken(postings);
        }
    }

    /** Nobody expects any more that the job is paid. What is billed later is written off as well. */
    @EventType("JobGivenUp")
    record JobGivenUp(JobId jobId) implements JobEvent {}
}
