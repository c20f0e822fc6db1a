package dev.storyline.contexts.fieldops;

import dev.storyline.contexts.fieldops.CrewCalendar.CrewBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewFreed;
import dev.storyline.kernel.Fold;
import java.util.HashMap;
import java.util.Map;

/**
 * The periods for which a crew is booked, folded from the crew's own stream. Slices that append to the streams of a job
 * and of its crews in one transaction read it to keep a crew from being in two places.
 *
 * @param jobs the period that each job needs of the crew
 */
public record CrewTime(Map<JobId, Period> jobs) {
    /** Folds the crew's stream. */
    public static final Fold<CrewTime, CrewCalendar> FOLD = new Fold<>() {
        @Override
        public Class<CrewCalendar> folds() {
            return CrewCalendar.class;
        }

        @Override
        public CrewTime initialState() {
            return new CrewTime(Map.of());
        }

        @Override
        public CrewTime evolve(CrewTime time, CrewCalendar event) {
            Map<JobId, Period> jobs = new HashMap<>(time.jobs());
            switch (event) {
                case CrewBooked(var _, var job, var from, var to, var _) -> jobs.put(job, new Period(from, to));
                case CrewFreed freed -> jobs.remove(freed.jobId());
                case CrewDoubleBooked lost -> jobs.remove(lost.jobId());
            }
            return new CrewTime(Map.copyOf(jobs));
        }
    };

    /** Whether another job than this one needs the crew in that period. */
    public boolean isTaken(Period period, JobId by) {
        return jobs.entrySet().stream()
                .anyMatch(
                        taken -> !taken.getKey().equals(by) && taken.getValue().overlaps(period));
    }
}
