package dev.storyline.fieldops.assigncrew;

import dev.storyline.contexts.fieldops.CrewCalendar;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewFreed;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.Fold;
import java.util.HashMap;
import java.util.Map;

/** What a crew's time is taken for, from the crew's own story. */
record CrewTime(Map<JobId, Period> jobs) {
    static final Fold<CrewTime, CrewCalendar> FOLD = new Fold<>() {
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

    /** Whether another job needs the crew then. */
    boolean isTaken(Period period, JobId by) {
        return jobs.entrySet().stream()
                .anyMatch(
                        taken -> !taken.getKey().equals(by) && taken.getValue().overlaps(period));
    }
}
