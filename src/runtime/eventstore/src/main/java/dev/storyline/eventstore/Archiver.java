package dev.storyline.eventstore;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Backoff;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Moves streams whose story has ended from the event table to an object store, and brings them back. Only its role may
 * overwrite and delete in an event table.
 *
 * <p>A stream is archived in steps. Each is repeatable, several archivers may be at the same stream, and what a crash
 * leaves, the next run finishes:
 *
 * <ol>
 *   <li>When no position is behind, a commit {@code storyline.Closed} is appended at the head by the conditional put of
 *       every append. It stays for ever: a writer that holds the head conflicts, and meets it. One with an older head reads
 *       again within an hour.
 *   <li>Two hours later, when every position is at the head, the object is written, read back and compared with the
 *       stream.
 *   <li>A tombstone takes the place of version 1, if that is still the commit that was read.
 *   <li>The other commits are deleted, each only while the tombstone stands.
 * </ol>
 *
 * <p>A stream is brought back in the opposite order: the tombstone is marked, which ends all deleting; the commits are put
 * back as they were recorded; the first one takes the place of the tombstone; a commit {@code storyline.Reopened} is
 * appended. The closing commit is not removed: positions stand behind it, and would pass over a commit in its place.
 */
public final class Archiver {
    /** The most bytes of a stream that is archived: more is not held in memory. */
    public static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int MOST_TRIES = 8;

    /**
     * How long a stream is closed before its commits are deleted. Until then, whoever has an older head than the closing
     * commit has read again, see {@link StreamStateCache#FRESH_FOR}: a put in the place of a deleted commit would succeed.
     */
    public static final Duration SETTLED = Duration.ofHours(2);

    private static final long FIRST_PAUSE_NANOS = 50_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;

    private final Stores place;
    private final Map<String, Duration> keep;
    private final Positions positions;
    private final Clock clock;
    private final Backoff backoff;
    private final DynamoDbEventStore events;
    private final ArchiveSteps steps;

    /**
     * What an archiver works on.
     *
     * @param dynamo may put into the event table and delete from it
     * @param table the event table
     * @param archive gets the objects
     * @param bucket the bucket of the objects, the first part of their names
     */
    public record Stores(DynamoDbClient dynamo, String table, ObjectStore archive, String bucket) {}

    /** Knows the positions of all views and event handlers of the context. */
    @FunctionalInterface
    public interface Positions {
        /** The streams for which some position is behind the head, or which are parked. */
        Set<StreamId> behind(Map<StreamId, Long> heads);
    }

    /**
     * Who gave the command.
     *
     * @param actor who
     * @param dryRun whether nothing is changed, and the report says what would be
     * @param most the most streams that are closed or archived
     */
    public record Order(String actor, boolean dryRun, long most) {}

    /**
     * What became of one part of the table.
     *
     * @param commits how many commits were looked at
     * @param closed how many streams were closed, or would be: two hours later they can be archived
     * @param archived how many streams were archived, or would be
     * @param waiting the streams that are due and wait, because a view or an event handler is behind their head
     * @param tooLarge the streams that are larger than {@link #MOST_BYTES}, and stay
     * @param foreign the streams with items that no event store wrote, which stay
     * @param units the read units of the scan
     * @param next where the next part begins; null after the last one
     */
    public record Part(
            long commits,
            long closed,
            long archived,
            List<StreamId> waiting,
            List<StreamId> tooLarge,
            List<StreamId> foreign,
            double units,
            EventScan.@Nullable After next) {}

    /**
     * An archiver of one context.
     *
     * @param keep how long a stream stays after its last event, by the stored name of the event that ends it
     * @param backoff how it waits for others that write the same record of operators
     */
    public Archiver(Stores place, Map<String, Duration> keep, Positions positions, Clock clock, Backoff backoff) {
        this.place = place;
        this.keep = Map.copyOf(keep);
        this.positions = positions;
        this.clock = clock;
        this.backoff = backoff;
        this.events = new DynamoDbEventStore(place.dynamo(), place.table(), place.archive());
        this.steps = new ArchiveSteps(place);
    }

    /** What a stream needs next. */
    private enum Need {
        NOTHING,
        CLOSE,
        ARCHIVE,
        DELETE,
        RESTORE,
        TOO_LARGE
    }

    /**
     * Archives what is due in one part of the event table.
     *
     * @param after where it begins: {@link Part#next} of the part before; null to begin
     */
    public Part run(Order order, EventScan.@Nullable After after) {
        EventScan.MatchPage page =
                new EventScan(place.dynamo(), place.table()).matching(0, 1, after, new EventScan.Wanted(null, null));
        Map<StreamId, StoredStream> due = new LinkedHashMap<>();
        Progress progress = new Progress(order.most());
        for (StreamId stream : candidates(page.items())) {
            consider(stream, order, due, progress);
        }
        archive(due, order, progress);
        return new Part(
                page.scanned(),
                progress.closed,
                progress.archived,
                progress.waiting,
                progress.tooLarge,
                progress.foreign,
                page.units(),
                progress.closed + progress.archived >= order.most() ? null : page.next());
    }

    private static final class Progress {
        private final long most;
        private final List<StreamId> waiting = new ArrayList<>();
        private final List<StreamId> tooLarge = new ArrayList<>();
        private final List<StreamId> foreign = new ArrayList<>();
        private long closed;
        private long archived;

        Progress(long most) {
            this.most = most;
        }
    }

    private void consider(StreamId stream, Order order, Map<StreamId, StoredStream> due, Progress progress) {
        StoredStream stored;
        try {
            stored = steps.stored(stream);
            switch (need(stored)) {
                case CLOSE, ARCHIVE -> {
                    if (due.size() < progress.most) {
                        due.put(stream, stored);
                    }
                }
                case DELETE -> {
                    if (!order.dryRun()) {
                        steps.deleteCovered(Objects.requireNonNull(stored.tombstone()), stored);
                    }
                    progress.archived++;
                }
                case RESTORE -> {
                    if (!order.dryRun()) {
                        boolean _ = steps.goOnRestoring(stored, clock.instant());
                    }
                }
                case TOO_LARGE -> progress.tooLarge.add(stream);
                case NOTHING -> {}
            }
        } catch (StoreFailure.Corrupted e) {
            progress.foreign.add(stream);
        }
    }

    /** Closes what is due, and archives what is closed, unless a position is behind the head. */
    private void archive(Map<StreamId, StoredStream> due, Order order, Progress progress) {
        Set<StreamId> behind = behind(due);
        progress.waiting.addAll(behind);
        for (StoredStream stored : due.values()) {
            if (behind.contains(stored.stream())) {
                continue;
            }
            if (!stored.isClosed()) {
                progress.closed += order.dryRun() || close(stored, order.actor(), progress) ? 1 : 0;
            } else if (order.dryRun()) {
                progress.archived++;
            } else {
                archive(stored, progress);
            }
        }
    }

    private Set<StreamId> behind(Map<StreamId, StoredStream> streams) {
        if (streams.isEmpty()) {
            return Set.of();
        }
        Map<StreamId, Long> heads = new LinkedHashMap<>();
        streams.forEach((stream, stored) -> heads.put(stream, stored.head()));
        return positions.behind(heads);
    }

    /** The streams on a page that may need something. Whether they do, a consistent read says. */
    private Set<StreamId> candidates(List<Map<String, AttributeValue>> items) {
        Set<StreamId> streams = new LinkedHashSet<>();
        Map<StreamId, Long> covered = new HashMap<>();
        for (Map<String, AttributeValue> item : items) {
            EventScan.After at = EventScan.place(item);
            if (at == null) {
                continue;
            }
            try {
                Tombstone tombstone = Tombstone.in(item);
                if (tombstone != null) {
                    covered.put(at.stream(), tombstone.last());
                    if (tombstone.restoredBy() != null) {
                        streams.add(at.stream());
                    }
                }
                if (Tombstone.is(item)) {
                    continue;
                }
                Commit commit = CommitItem.read(item);
                long archived = covered.getOrDefault(at.stream(), 0L);
                boolean ends = commit.events().stream().anyMatch(event -> keep.containsKey(event.type()));
                boolean left = commit.version() <= archived;
                if (ends || left || (Closing.closes(commit) && commit.version() != archived + 1)) {
                    streams.add(at.stream());
                }
            } catch (StoreFailure.Corrupted _) {
                // No event store wrote it. Whoever reads the stream is told.
            }
        }
        return streams;
    }

    private Need need(StoredStream stored) {
        if (stored.commits().isEmpty()) {
            return Need.NOTHING;
        }
        Tombstone tombstone = stored.tombstone();
        if (isBeingRestored(stored, tombstone)) {
            return Need.RESTORE;
        }
        if (stored.isArchived()) {
            return stored.items().size() > 2 ? Need.DELETE : Need.NOTHING;
        }
        if (!stored.isClosed() && !isDue(stored.commits())) {
            return Need.NOTHING;
        }
        if (stored.bytes() > MOST_BYTES) {
            return Need.TOO_LARGE;
        }
        if (!stored.isClosed()) {
            return Need.CLOSE;
        }
        Instant closedAt = stored.commits().getLast().at();
        return closedAt.plus(SETTLED).isAfter(clock.instant()) ? Need.NOTHING : Need.ARCHIVE;
    }

    /** A restored stream keeps the mark, so it is being restored only while nothing stands behind its closing commit. */
    private static boolean isBeingRestored(StoredStream stored, @Nullable Tombstone tombstone) {
        return tombstone != null && tombstone.restoredBy() != null && stored.head() == tombstone.last() + 1;
    }

    /** Whether the stream has ended, and nothing was recorded since for as long as it stays. */
    private boolean isDue(List<Commit> commits) {
        Duration stays = null;
        for (Commit commit : commits) {
            for (StoredEvent event : commit.events()) {
                stays = keep.getOrDefault(event.type(), stays);
            }
        }
        return stays != null && !commits.getLast().at().plus(stays).isAfter(clock.instant());
    }

    /** Appends the closing commit; false if somebody else has written to the stream, or it must stay. */
    private boolean close(StoredStream stored, String actor, Progress progress) {
        try {
            stored.requireWhole();
        } catch (StoreFailure.Corrupted e) {
            progress.foreign.add(stored.stream());
            return false;
        }
        if (ArchivedEvents.bytes(stored.commits()).length > MOST_BYTES) {
            progress.tooLarge.add(stored.stream());
            return false;
        }
        long version = stored.head() + 1;
        Commit closing = ArchiveSteps.commit(stored.stream(), version, StoredEvent.CLOSED, actor, clock.instant());
        return events.append(closing) instanceof EventStore.AppendResult.Appended;
    }

    private void archive(StoredStream stored, Progress progress) {
        try {
            stored.requireWhole();
            Commit closing = stored.commits().getLast();
            List<Commit> commits = stored.commits().subList(0, stored.commits().size() - 1);
            Tombstone tombstone = steps.written(commits, closing);
            if (steps.bury(tombstone, stored)) {
                steps.deleteCovered(tombstone, stored);
                progress.archived++;
            }
        } catch (StoreFailure.Corrupted e) {
            progress.foreign.add(stored.stream());
        }
    }

    /**
     * Records what an operator does to the archive, in the stream {@code operator#archive} of the context.
     *
     * @param what what is done: {@code action} and its details
     */
    public void record(String actor, ObjectNode what) {
        StreamId stream = new StreamId("operator", "archive");
        String id = StoredEvent.OPERATED + "→" + UUID.randomUUID();
        List<StoredEvent> event = List.of(new StoredEvent(StoredEvent.OPERATED, 1, false, Json.text(what)));
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            CommitMetadata meta = new CommitMetadata(actor, id, null, null, null);
            Commit commit = new Commit(stream, events.head(stream) + 1, id, clock.instant(), event, meta);
            if (events.append(commit) instanceof EventStore.AppendResult.Appended) {
                return;
            }
            backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw new StoreFailure.Unavailable(new IllegalStateException(
                "Others wrote to the stream " + stream + " in each of " + MOST_TRIES + " tries"));
    }

    /** Whether a stream is closed, so that it can be brought back. */
    public boolean isClosed(StreamId stream) {
        StoredStream stored = steps.stored(stream);
        return stored.isArchived() || stored.isClosed();
    }

    /** What came of bringing a stream back. */
    public enum Restored {
        /** The stream is in the table again, and takes commands. */
        RESTORED,
        /** The stream is not archived. */
        NOT_ARCHIVED
    }

    /**
     * Brings a stream back.
     *
     * @throws StoreFailure.Corrupted if the object is missing or was altered; nothing is changed
     */
    public Restored restore(StreamId stream, String actor) {
        for (int tries = 1; tries <= MOST_TRIES; tries++) {
            StoredStream stored = steps.stored(stream);
            Tombstone tombstone = stored.tombstone();
            if (stored.isArchived() && tombstone != null) {
                steps.requireIntact(tombstone);
                if (tombstone.restoredBy() == null) {
                    steps.mark(tombstone, actor);
                } else if (steps.goOnRestoring(stored, clock.instant())) {
                    return Restored.RESTORED;
                }
            } else if (!stored.isClosed()) {
                return tries > 1 ? Restored.RESTORED : Restored.NOT_ARCHIVED;
            } else if (steps.reopen(stored, actor, clock.instant())) {
                return Restored.RESTORED;
            }
        }
        throw new StoreFailure.Unavailable(new IllegalStateException(
                "Others worked on the stream " + stream + " in each of " + MOST_TRIES + " tries"));
    }
}
