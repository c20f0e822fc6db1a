package dev.storyline.projections;

import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What keeps a machine in order where no delivery does: parked streams, redrives, and deliveries that never came. */
public final class Repair {
    private static final System.Logger LOG = System.getLogger("dev.storyline.projections");
    private static final int MOST_AT_ONCE = 1_000;

    private final StreamEngine<?, ?> engine;
    private final EventScan scan;

    Repair(StreamEngine<?, ?> engine, EventScan scan) {
        this.engine = engine;
        this.scan = scan;
    }

    /**
     * A stream at which the machine stands still.
     *
     * @param stream its name, {@code child#simo}
     * @param parked why
     */
    public record ParkedStream(String stream, Parked parked) {}

    /**
     * What came of going through many streams.
     *
     * @param streams how many were looked at
     * @param behind how many had missed something
     * @param healed how many of those are at their heads now
     * @param readUnits the read units that the event table was asked for; fold items cost half a unit each on top
     */
    public record Report(long streams, long behind, long healed, double readUnits) {}

    /** The streams at which the machine stands still, the longest-standing first; 1 read unit for some 20 of them. */
    public List<ParkedStream> parked() {
        Map<String, Parked> all = new HashMap<>();
        for (Generation generation : engine.live()) {
            for (Generation.Standing standing : generation.parked()) {
                all.put(standing.stream(), standing.parked());
            }
        }
        return all.entrySet().stream()
                .map(one -> new ParkedStream(one.getKey(), one.getValue()))
                .sorted(Comparator.comparing((ParkedStream one) -> one.parked().at())
                        .thenComparing(ParkedStream::stream))
                .toList();
    }

    /** Lets a stream go on, parked or not, up to its head; it parks again where the cause is still there. */
    public ApplyResult redrive(StreamId stream) {
        return engine.redrive(stream);
    }

    /** Lets all parked streams go on. */
    public Report redriveAll() {
        return redrive(parked());
    }

    /** Lets those go on whose time has come, and those whose redrive was cut off. Meant to run each minute. */
    public Report redriveDue() {
        Instant now = engine.clock().instant();
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

    /** Whether a stream is at its head; one that could not even be parked is left for another call of the whole. */
    private boolean heal(StreamId stream, boolean parkedToo, List<StreamId> left) {
        boolean healed = true;
        for (Generation generation : engine.live()) {
            try {
                ApplyResult applied =
                        parkedToo ? engine.redrive(generation, stream) : engine.catchUp(generation, stream);
                healed &= applied instanceof ApplyResult.Reached;
            } catch (RuntimeException | Error e) {
                // Whatever it is, it must not keep the streams that come after this one from going on.
                LOG.log(System.Logger.Level.WARNING, () -> "The stream " + stream + " cannot go on yet", e);
                healed = false;
                if (!engine.parkedForNow(stream, List.of(generation), e)) {
                    left.add(stream);
                }
            }
        }
        return healed;
    }

    /** Nobody may take for done what is neither healed nor parked. */
    private static void complete(List<StreamId> left) {
        if (!left.isEmpty()) {
            throw new TransientFailure(
                    left.size() + " streams could neither be healed nor parked, " + left.getFirst() + " among them",
                    null);
        }
    }

    /**
     * Compares every stream's head with the machine's position, and brings up what has missed something: the delivery
     * that was lost was the last one, so no later one revealed it. Parked streams are left to their redrive.
     *
     * <p>For a million streams: 500,000 read units for their fold items, and half a unit for each 4 KB of the event
     * table, whatever part of it is looked at. An acknowledged commit of the last second may be seen the next time only.
     */
    public Report reconcile() {
        List<Generation> live = engine.live();
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

    /** The streams that a generation has not come as far in, and does not stand still at. */
    private static Set<StreamId> behind(List<Generation> generations, Map<StreamId, Long> reaches) {
        Set<StreamId> behind = new LinkedHashSet<>();
        for (Generation generation : generations) {
            Map<StreamId, FoldItem> folds = generation.folds(reaches.keySet(), false);
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
