package dev.storyline.projections;

import dev.storyline.common.Deadline;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Repairs what no delivery repairs: parked streams, and streams whose last delivery was lost. Work on many streams ends
 * before the time of the function is over, and its report says whether something is left.
 */
public final class Repair {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");

    /** How many streams whose retry is due are held in memory. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final int PART = 100;

    private final LiveGenerations generations;
    private final StreamApplier<?, ?> applier;
    private final StreamParking parking;
    private final ParkedRegister register;
    private final Function<StreamId, ApplyResult> redrive;
    private final Clock clock;
    private final Reconciliation reconciliation;
    private final StreamSkip<?, ?> skips;
    private final StatusLook status;

    Repair(
            LiveGenerations generations,
            StreamApplier<?, ?> applier,
            StreamParking parking,
            Function<StreamId, ApplyResult> redrive,
            Clock clock,
            Reconciliation reconciliation,
            StreamSkip<?, ?> skips,
            StatusLook status) {
        this.generations = generations;
        this.applier = applier;
        this.parking = parking;
        this.register = new ParkedRegister(generations);
        this.redrive = redrive;
        this.clock = clock;
        this.reconciliation = reconciliation;
        this.skips = skips;
        this.status = status;
    }

    /**
     * A parked stream.
     *
     * @param stream its name, {@code child#simo}
     * @param parked why it is parked
     */
    public record ParkedStream(String stream, Parked parked) {}

    /**
     * A part of the list of parked streams.
     *
     * @param parked the parked streams in the order of their names; during a rebuild first those of the new generation
     * @param next where the next part begins; null after the last one
     */
    public record ParkedPage(
            List<ParkedStream> parked, @Nullable String next) {}

    /**
     * The result of a repair of many streams.
     *
     * @param streams how many streams were examined
     * @param behind how many of them had missed events
     * @param healed how many of those are at their heads now
     * @param readUnits the read units of the event table that were used; each fold item costs half a unit on top
     * @param done whether nothing is left to do; otherwise the time was over
     * @param next where a redrive of all parked streams goes on; null where it is done, or a stored mark says it
     */
    public record Report(
            long streams,
            long behind,
            long healed,
            double readUnits,
            boolean done,
            @Nullable String next) {}

    /**
     * The result of the redrives that are due.
     *
     * @param redriven what was redriven
     * @param forOperator how many streams waited for an operator
     * @param forRetry how many streams waited for a retry
     * @param forNewerSlice how many of those that waited for an operator have an event that the slice does not know
     * @param oldest when the stream was parked that stands still for the longest time; null for none
     */
    public record Due(
            Report redriven,
            long forOperator,
            long forRetry,
            long forNewerSlice,
            @Nullable Instant oldest) {}

    /**
     * A part of the list of parked streams. About 20 of them cost 1 read unit.
     *
     * @param after where it begins: {@link ParkedPage#next} of the part before; empty to begin
     * @param most how many streams it has at most
     */
    public ParkedPage parked(String after, int most) {
        ParkedRegister.Part part = register.after(ParkedRegister.Place.read(after), most);
        return new ParkedPage(
                part.entries().stream()
                        .map(entry -> new ParkedStream(entry.stream(), entry.parked()))
                        .toList(),
                part.next() == null ? null : part.next().text());
    }

    /** Brings a stream up to its head, parked or not. If the cause is still there, the stream is parked again. */
    public ApplyResult redrive(StreamId stream) {
        return redrive.apply(stream);
    }

    /**
     * Redrives all parked streams.
     *
     * @param after where it goes on: {@link Report#next} of the last run; empty to begin
     */
    public Report redriveAll(String after) {
        List<StreamId> left = new ArrayList<>();
        ParkedRegister.Place place = ParkedRegister.Place.read(after);
        long streams = 0;
        long healed = 0;
        while (place != null) {
            ParkedRegister.Part part = register.after(place, PART);
            for (ParkedRegister.Entry entry : part.entries()) {
                if (Deadline.current().isNear()) {
                    complete(left);
                    return new Report(streams, streams, healed, 0, false, place.text());
                }
                healed += heal(StreamId.parse(entry.stream()), true, left) ? 1 : 0;
                streams++;
                place = entry.place();
            }
            place = part.next();
        }
        complete(left);
        return new Report(streams, streams, healed, 0, true, null);
    }

    /**
     * Redrives the streams whose retry is due or whose redrive was interrupted, those that have waited longest first.
     * Meant to run each minute. What is left when the time is over is due in the next run.
     */
    public Due redriveDue() {
        Instant now = clock.instant();
        Map<Integer, Waiting> waiting = new HashMap<>();
        PriorityQueue<ParkedRegister.Entry> due =
                new PriorityQueue<>(Comparator.comparing(Repair::dueAt).reversed());
        register.forEach(entry -> {
            waiting.merge(entry.place().generation(), Waiting.of(entry.parked()), Waiting::and);
            if (isDue(entry.parked(), now)) {
                due.add(entry);
                if (due.size() > MOST_AT_ONCE) {
                    due.remove();
                }
            }
        });
        List<String> streams = due.stream()
                .sorted(Comparator.comparing(Repair::dueAt))
                .map(ParkedRegister.Entry::stream)
                .distinct()
                .toList();
        Waiting most = waiting.values().stream().reduce(Waiting.NOBODY, Waiting::or);
        return new Due(redrive(streams), most.forOperator(), most.forRetry(), most.forNewerSlice(), most.oldest());
    }

    /** The parked streams of a generation. */
    private record Waiting(
            long forOperator,
            long forRetry,
            long forNewerSlice,
            @Nullable Instant oldest) {
        private static final Waiting NOBODY = new Waiting(0, 0, 0, null);

        static Waiting of(Parked parked) {
            boolean operator = parked.waitsForOperator();
            return new Waiting(
                    operator ? 1 : 0,
                    operator ? 0 : 1,
                    operator && EventCodec.SliceOutdated.isTheReason(parked.reason()) ? 1 : 0,
                    parked.at());
        }

        /** Of this generation and one more stream. */
        Waiting and(Waiting other) {
            return new Waiting(
                    forOperator + other.forOperator,
                    forRetry + other.forRetry,
                    forNewerSlice + other.forNewerSlice,
                    older(oldest, other.oldest));
        }

        /** The greatest of each: the streams of two generations are the same ones. */
        Waiting or(Waiting other) {
            return new Waiting(
                    Math.max(forOperator, other.forOperator),
                    Math.max(forRetry, other.forRetry),
                    Math.max(forNewerSlice, other.forNewerSlice),
                    older(oldest, other.oldest));
        }

        private static @Nullable Instant older(@Nullable Instant one, @Nullable Instant other) {
            return one == null || (other != null && other.isBefore(one)) ? other : one;
        }
    }

    private static boolean isDue(Parked parked, Instant now) {
        Instant retryAt = parked.retryAt();
        return parked.catchingUp() || (retryAt != null && !retryAt.isAfter(now));
    }

    private static Instant dueAt(ParkedRegister.Entry entry) {
        return Objects.requireNonNullElse(
                entry.parked().retryAt(), entry.parked().at());
    }

    private Report redrive(List<String> streams) {
        List<StreamId> left = new ArrayList<>();
        long redriven = 0;
        long healed = 0;
        for (String stream : streams) {
            if (Deadline.current().isNear()) {
                break;
            }
            healed += heal(StreamId.parse(stream), true, left) ? 1 : 0;
            redriven++;
        }
        complete(left);
        return new Report(redriven, redriven, healed, 0, redriven == streams.size(), null);
    }

    /** Brings one stream to its head. A stream that could not even be parked is added to {@code left}. */
    private boolean heal(StreamId stream, boolean parkedToo, List<StreamId> left) {
        boolean healed = true;
        for (Generation generation : generations.live()) {
            try {
                ApplyResult applied =
                        parkedToo ? applier.redrive(generation, stream) : applier.catchUp(generation, stream);
                healed &= applied instanceof ApplyResult.Reached;
            } catch (RuntimeException | Error e) {
                // No failure of one stream may keep the next ones from being repaired.
                LOG.log(
                        System.Logger.Level.WARNING,
                        () -> "The stream " + stream + " could not be repaired; it is parked and retried later",
                        e);
                healed = false;
                if (!parking.park(stream, List.of(generation), e)) {
                    left.add(stream);
                }
            }
        }
        return healed;
    }

    /** A repair that leaves streams neither healed nor parked must fail, so that it is run again. */
    private static void complete(List<StreamId> left) {
        if (!left.isEmpty()) {
            throw new TransientFailure(
                    left.size() + " streams could neither be healed nor parked, " + left.getFirst() + " among them",
                    null);
        }
    }

    /**
     * Compares the head of every stream with its position, and brings up the streams that have missed events: if the
     * last delivery of a stream is lost, no later one reveals the gap. Parked streams are left to their redrive.
     *
     * <p>A million streams cost 500,000 read units for their fold items, and half a unit for each 4 KB of the event
     * table. The scan may miss a commit of the last second; the next run sees it.
     *
     * @return the report; if it is not done, {@link #goOn} continues
     */
    public Report reconcile() {
        return reconcile(CapacityCeilings.NONE);
    }

    /** The same; the comparison consumes no more than these ceilings, and what is healed is not held back. */
    public Report reconcile(CapacityCeilings ceilings) {
        return looked(heal -> reconciliation.begin(ceilings, heal));
    }

    /** Continues a reconciliation that is not done; does nothing where there is none. */
    public Report goOn() {
        return goOn(CapacityCeilings.NONE);
    }

    /** The same below ceilings. */
    public Report goOn(CapacityCeilings ceilings) {
        return looked(heal -> reconciliation.goOn(ceilings, heal));
    }

    private Report looked(Function<Predicate<StreamId>, Report> round) {
        List<StreamId> left = Collections.synchronizedList(new ArrayList<>());
        Report report = round.apply(stream -> heal(stream, false, left));
        if (!left.isEmpty()) {
            reconciliation.ask();
        }
        complete(left);
        return report;
    }

    /**
     * Lets a parked stream step over one commit.
     *
     * @param version the version at which it is parked
     * @param actor who says so
     * @param reason why
     */
    public SkipResult skip(StreamId stream, long version, String actor, String reason) {
        return skips.skip(new StreamSkip.Order(stream, version, actor, reason));
    }

    /**
     * Why a stream is parked; null if it is not. Costs 1 read unit.
     *
     * @throws TransientFailure if DynamoDB does not answer
     */
    public @Nullable Parked standing(StreamId stream) {
        for (Generation generation : generations.live()) {
            FoldItem fold = generation.reader().fold(stream);
            if (fold != null && fold.standing() != null) {
                return fold.standing();
            }
        }
        return null;
    }

    /**
     * A part of the list of skipped commits.
     *
     * @param skipped in the order of their streams and versions
     * @param next where the next part begins; null after the last one
     */
    public record SkippedPage(
            List<Skipped> skipped, @Nullable String next) {}

    /**
     * A part of the list of commits that the served view, or the event handler, has stepped over.
     *
     * @param after where it begins: {@link SkippedPage#next} of the part before; empty to begin
     * @param most how many commits it has at most
     */
    public SkippedPage skipped(String after, int most) {
        GenerationReader.SkippedPage page = skips.served().reader().skipped(after, most);
        return new SkippedPage(page.skipped(), page.next());
    }

    /**
     * The streams that are parked, or have a position behind their head, in any generation. Half a read unit for each.
     *
     * @param heads the versions of the streams' last events
     */
    public Set<StreamId> behind(Map<StreamId, Long> heads) {
        List<Generation> live = generations.live();
        if (live.isEmpty()) {
            return Set.copyOf(heads.keySet());
        }
        Set<StreamId> behind = new HashSet<>();
        for (Generation generation : live) {
            Map<StreamId, FoldItem> folds = generation.reader().folds(heads.keySet(), true);
            heads.forEach((stream, head) -> {
                FoldItem fold = folds.get(stream);
                if (fold == null || fold.parked() != null || fold.pos() < head) {
                    behind.add(stream);
                }
            });
        }
        return behind;
    }

    /** How the view or the event handler does. */
    public SliceStatus status() {
        return status.look();
    }

    /** See {@link StatusLook#oldestBehind}. */
    public @Nullable Duration oldestBehind() {
        return status.oldestBehind();
    }

    /** Whether the view is of another version of the projection, so that this version writes nothing until a rebuild. */
    public boolean isOutdated() {
        return generations.live().isEmpty();
    }
}
