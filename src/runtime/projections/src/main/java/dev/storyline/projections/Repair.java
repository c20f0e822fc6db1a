package dev.storyline.projections;

import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Repairs what no delivery repairs: parked streams, and streams whose last delivery was lost. */
public final class Repair {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int MOST_AT_ONCE = 1_000;

    private final LiveGenerations generations;
    private final StreamApplier<?, ?> applier;
    private final StreamParking parking;
    private final Function<StreamId, ApplyResult> redrive;
    private final Clock clock;
    private final EventScan scan;

    Repair(
            LiveGenerations generations,
            StreamApplier<?, ?> applier,
            StreamParking parking,
            Function<StreamId, ApplyResult> redrive,
            Clock clock,
            EventScan scan) {
        this.generations = generations;
        this.applier = applier;
        this.parking = parking;
        this.redrive = redrive;
        this.clock = clock;
        this.scan = scan;
    }

    /**
     * A parked stream.
     *
     * @param stream its name, {@code child#simo}
     * @param parked why it is parked
     */
    public record ParkedStream(String stream, Parked parked) {}

    /**
     * The result of a repair of many streams.
     *
     * @param streams how many streams were examined
     * @param behind how many of them had missed events
     * @param healed how many of those are at their heads now
     * @param readUnits the read units of the event table that were used; each fold item costs half a unit on top
     */
    public record Report(long streams, long behind, long healed, double readUnits) {}

    /** The parked streams, the longest-parked first. About 20 of them cost 1 read unit. */
    public List<ParkedStream> parked() {
        Map<String, Parked> all = new HashMap<>();
        for (Generation generation : generations.live()) {
            for (GenerationReader.ParkedEntry entry : generation.reader().parked()) {
                all.put(entry.stream(), entry.parked());
            }
        }
        return all.entrySet().stream()
                .map(one -> new ParkedStream(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing((ParkedStream one) -> one.parked().at())
                        .thenComparing(ParkedStream::stream))
                .toList();
    }

    /** Brings a stream up to its head, parked or not. If the cause is still there, the stream is parked again. */
    public ApplyResult redrive(StreamId stream) {
        return redrive.apply(stream);
    }

    /** Redrives all parked streams. */
    public Report redriveAll() {
        return redrive(parked());
    }

    /** Redrives the streams whose retry is due or whose redrive was interrupted. Meant to run each minute. */
    public Report redriveDue() {
        Instant now = clock.instant();
        return redrive(parked().stream()
                .filter(one -> isDue(one.parked(), now))
                .limit(MOST_AT_ONCE)
                .toList());
    }

    private static boolean isDue(Parked parked, Instant now) {
        Instant retryAt = parked.retryAt();
        return parked.catchingUp() || (retryAt != null && !retryAt.isAfter(now));
    }

    private Report redrive(List<ParkedStream> streams) {
        List<StreamId> left = new ArrayList<>();
        long healed = 0;
        for (ParkedStream one : streams) {
            healed += heal(StreamId.parse(one.stream()), true, left) ? 1 : 0;
        }
        complete(left);
        return new Report(streams.size(), streams.size(), healed, 0);
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
     */
    public Report reconcile() {
        List<Generation> live = generations.live();
        long streams = 0;
        long behind = 0;
        long healed = 0;
        double units = 0;
        List<StreamId> left = new ArrayList<>();
        EventScan.After after = null;
        do {
            EventScan.Reaches page = scan.reaches(0, 1, after);
            Map<StreamId, Long> reaches = new HashMap<>();
            page.reaches().forEach(reach -> reaches.merge(reach.stream(), reach.version(), Math::max));
            for (StreamId stream : behind(live, reaches)) {
                behind++;
                healed += heal(stream, false, left) ? 1 : 0;
            }
            streams += reaches.size();
            units += page.units();
            after = page.next();
        } while (after != null);
        complete(left);
        return new Report(streams, behind, healed, units);
    }

    /** The streams whose position in any generation is before their head, without the parked ones. */
    private static Set<StreamId> behind(List<Generation> live, Map<StreamId, Long> reaches) {
        Set<StreamId> behind = new LinkedHashSet<>();
        for (Generation generation : live) {
            Map<StreamId, FoldItem> folds = generation.reader().folds(reaches.keySet(), false);
            reaches.forEach((stream, version) -> {
                if (isBehind(folds.get(stream), version)) {
                    behind.add(stream);
                }
            });
        }
        return behind;
    }

    private static boolean isBehind(@Nullable FoldItem fold, long version) {
        return fold == null || (fold.standing() == null && fold.pos() < version);
    }
}
