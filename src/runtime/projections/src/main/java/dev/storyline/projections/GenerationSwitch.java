package dev.storyline.projections;

import dev.storyline.common.Backoff;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The changes that a rebuild makes to the pointer item: announce a generation, serve it, drop another one. */
final class GenerationSwitch {
    private static final int MAX_TRIES = 8;
    private static final long FIRST_PAUSE_NANOS = 2_000_000;
    private static final long LONGEST_PAUSE_NANOS = 200_000_000;

    private final ViewTable table;
    private final int version;
    private final RebuildPlan plan;
    private final Clock clock;
    private final Backoff backoff;

    /**
     * Changes of the pointer item of one view.
     *
     * @param version the declared version of the projection
     */
    GenerationSwitch(ViewTable table, int version, RebuildPlan plan, Clock clock, Backoff backoff) {
        this.table = table;
        this.version = version;
        this.plan = plan;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** The generation beside the one that is served. */
    static int other(GenerationPointer pointer) {
        return Objects.requireNonNull(pointer.other(), "a generation beside the one that is served");
    }

    /**
     * Announces a generation to build, unless this version of the projection has announced one already. Announces
     * nothing if the last rebuild has switched already and was interrupted while it deleted the old generation.
     */
    GenerationPointer announce() {
        return update(now -> {
            if (now.rev() == 0) {
                return announced(now.begunBy(version));
            }
            if (now.other() == null) {
                return plan.goesOn() && now.machine(now.serving(), version) == version ? null : announced(now);
            }
            if (now.building() == null) {
                boolean onlyToClean = !now.kept() && now.machine(now.serving(), version) == version;
                return onlyToClean ? null : announced(now.dropping());
            }
            return now.machine(other(now), version) == version ? null : announced(now.dropping());
        });
    }

    private GenerationPointer announced(GenerationPointer pointer) {
        return pointer.announcing(version, clock.instant(), plan.segments());
    }

    /** Serves a generation that is complete. */
    GenerationPointer serve(int number) {
        return update(now -> {
            if (now.building() != null && Objects.equals(now.other(), number)) {
                return now.switched(plan.keep());
            }
            if (now.serving() == number) {
                return null;
            }
            throw new Rebuild.Failed("Another rebuild, of another version of the projection, has begun meanwhile. "
                    + "It goes on; wait for it and run this rebuild again if it is still needed.");
        });
    }

    /** Serves the generation again that the last rebuild kept. */
    GenerationPointer switchBack() {
        return update(now -> {
            mustHaveKept(now);
            return now.switched(true);
        });
    }

    /** @throws Rebuild.Failed if there is no generation to switch back to */
    void mustHaveKept() {
        mustHaveKept(table.generations());
    }

    private static void mustHaveKept(GenerationPointer now) {
        if (now.other() == null || now.building() != null) {
            throw new Rebuild.Failed("There is no generation to switch back to: the last rebuild did not keep it.");
        }
    }

    /** @throws Rebuild.Failed if no generation is being built */
    void mustBeBuilding() {
        mustBeBuilding(table.generations());
    }

    private static void mustBeBuilding(GenerationPointer now) {
        if (now.building() == null) {
            throw new Rebuild.Failed("No new generation of this view is being built: there is nothing to give up.");
        }
    }

    /** Gives up the generation that is being built. */
    GenerationPointer giveUp() {
        return update(now -> {
            mustBeBuilding(now);
            return now.dropping();
        });
    }

    /** Drops the generation beside the one that is served, unless it is kept or being built. */
    GenerationPointer dropOther(GenerationPointer switched) {
        return switched.other() == null || switched.kept()
                ? switched
                : update(now -> now.other() == null || now.building() != null ? null : now.dropping());
    }

    /** The items of a dropped generation are deleted. */
    void deleted(int number) {
        update(now -> now.without(number));
    }

    private interface Change {
        @Nullable
        GenerationPointer of(GenerationPointer now);
    }

    /** Changes the pointer item; a change to null leaves it as it is. */
    private GenerationPointer update(Change change) {
        for (int tries = 1; tries <= MAX_TRIES; tries++) {
            GenerationPointer now = table.generations();
            GenerationPointer next = change.of(now);
            if (next == null) {
                return now;
            }
            if (table.write(next)) {
                return table.generations();
            }
            backoff.backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
        }
        throw new Rebuild.Failed("Others changed the generations of the view in each of " + MAX_TRIES
                + " tries. Is another rebuild running?");
    }
}
