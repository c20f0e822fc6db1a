package dev.storyline.simulation;

import dev.storyline.edge.OneTimeSchedule;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * One-time schedules. A schedule never fires before its time. It may fire late, twice, and although it was taken back. A
 * call that fails is made again until it succeeds, as an operator does it in the end.
 */
final class SimulatedDeadlines {
    private static final long SECOND = 1_000_000_000;
    private static final int LATEST = 90;

    private final World world;
    private final Set<String> created = new HashSet<>();
    private final Set<String> takenBack = new HashSet<>();
    private int waiting;

    SimulatedDeadlines(World world) {
        this.world = world;
    }

    /** Lets a schedule wait, unless one of its name was created before. */
    void add(OneTimeSchedule schedule) {
        if (!created.add(schedule.name())) {
            return;
        }
        if (schedule.at()
                .isBefore(Instance.BEGINNING.plusNanos(world.scheduler().now()))) {
            world.blame("A schedule for the past, which AWS refuses: " + schedule);
        }
        world.sent();
        waiting++;
        world.scheduler().spawn("deadline " + schedule.name(), () -> {
            await(schedule);
            boolean twice = world.random().nextInt(4) == 0;
            boolean stubborn = world.random().nextInt(4) == 0;
            boolean back = takenBack.contains(schedule.name());
            if (back && !stubborn) {
                world.reach("deadline taken back");
            } else {
                world.reach(back ? "deadline fired although it was taken back" : "deadline fired");
                fire(schedule);
                if (twice) {
                    world.reach("deadline fired twice");
                    fire(schedule);
                }
            }
            waiting--;
        });
    }

    void takeBack(String name) {
        takenBack.add(name);
    }

    /** Returns whether no schedule waits or fires. */
    boolean isDone() {
        return waiting == 0;
    }

    private void await(OneTimeSchedule schedule) {
        long at = Duration.between(Instance.BEGINNING, schedule.at()).toNanos();
        long late = world.random().nextInt(3) > 0 ? 0 : world.random().nextInt(LATEST) * SECOND;
        world.scheduler().pause(at - world.scheduler().now() + late);
    }

    private void fire(OneTimeSchedule schedule) {
        while (true) {
            try {
                world.invoke(schedule.function(), schedule.event());
                world.sent();
                return;
            } catch (World.Failed e) {
                world.scheduler().pause((1 + world.random().nextInt(20)) * SECOND);
            }
        }
    }
}
