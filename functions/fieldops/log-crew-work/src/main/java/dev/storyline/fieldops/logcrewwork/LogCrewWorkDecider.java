package dev.storyline.fieldops.logcrewwork;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.fieldops.CrewWorkLog;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursOverlapped;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewHoursSettled;
import dev.storyline.contexts.fieldops.CrewWorkLog.CrewWorkLogged;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Sees all work of one crew in one order. Work that two jobs tell for one time is recorded as an overlap, and as settled
 * when a correction removes it. Nothing is refused: the work is done, and a person must say what is true.
 */
final class LogCrewWorkDecider implements Decider<LogCrewWork, LogCrewWorkDecider.State, CrewWorkLog> {
    /** More than a crew does in the weeks in which hours are told and corrected. It bounds the state and a commit. */
    static final int MOST_JOBS = 100;

    /**
     * The work of the crew for the jobs that are compared.
     *
     * @param jobs the periods of each job, never empty; those {@value #MOST_JOBS} jobs whose work ended last
     * @param open the overlaps of two of these jobs
     */
    record State(Map<JobId, List<Period>> jobs, Map<Pair, Overlap> open) {
        State {
            jobs = Map.copyOf(jobs);
            open = Map.copyOf(open);
        }

        /** The overlap of two jobs as it was recorded, whichever was logged first; the new job first if there is none. */
        Pair pair(JobId job, JobId other) {
            Pair reverse = new Pair(other, job);
            return open.containsKey(reverse) ? reverse : new Pair(job, other);
        }

        State logged(JobId job, List<Period> periods) {
            Map<JobId, List<Period>> next = new HashMap<>(jobs);
            if (periods.isEmpty()) {
                next.remove(job);
            } else {
                next.put(job, periods);
            }
            if (next.size() <= MOST_JOBS) {
                return new State(next, open);
            }
            JobId first = next.entrySet().stream()
                    .min(Comparator.<Map.Entry<JobId, List<Period>>, Instant>comparing(work -> end(work.getValue()))
                            .thenComparing(work -> work.getKey().value()))
                    .orElseThrow()
                    .getKey();
            next.remove(first);
            Map<Pair, Overlap> left = new HashMap<>(open);
            left.keySet().removeIf(pair -> pair.has(first));
            return new State(next, left);
        }

        private static Instant end(List<Period> periods) {
            return periods.stream()
                    .map(Period::to)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
    }

    /** Two jobs, in the order of the recorded overlap. */
    record Pair(JobId jobId, JobId otherJob) {
        boolean has(JobId job) {
            return jobId.equals(job) || otherJob.equals(job);
        }
    }

    @Override
    public Class<CrewWorkLog> folds() {
        return CrewWorkLog.class;
    }

    @Override
    public State initialState() {
        return new State(Map.of(), Map.of());
    }

    @Override
    public State evolve(State state, CrewWorkLog event) {
        Map<Pair, Overlap> open = new HashMap<>(state.open());
        return switch (event) {
            case CrewWorkLogged(var _, var job, var periods) -> state.logged(job, periods);
            case CrewHoursOverlapped(var _, var job, var other, var from, var hours) -> {
                open.put(new Pair(job, other), new Overlap(from, hours));
                yield new State(state.jobs(), open);
            }
            case CrewHoursSettled(var _, var job, var other) -> {
                open.remove(new Pair(job, other));
                yield new State(state.jobs(), open);
            }
        };
    }

    @Override
    public Decision<CrewWorkLog> decide(LogCrewWork command, State state) {
        JobId job = command.jobId();
        if (command.periods().equals(state.jobs().getOrDefault(job, List.of()))) {
            return nothing();
        }
        List<CrewWorkLog> events = new ArrayList<>();
        events.add(new CrewWorkLogged(command.crewId(), job, command.periods()));
        State next = state.logged(job, command.periods());
        List<Period> work = next.jobs().getOrDefault(job, List.of());
        next.jobs().keySet().stream()
                .filter(other -> !other.equals(job))
                .sorted(Comparator.comparing(JobId::value))
                .forEach(other -> {
                    Pair pair = next.pair(job, other);
                    Overlap before = next.open().get(pair);
                    Optional<Overlap> now = Overlap.of(work, next.jobs().getOrDefault(other, List.of()));
                    if (now.isPresent() && !now.get().equals(before)) {
                        events.add(new CrewHoursOverlapped(
                                command.crewId(),
                                pair.jobId(),
                                pair.otherJob(),
                                now.get().from(),
                                now.get().hours()));
                    } else if (now.isEmpty() && before != null) {
                        events.add(new CrewHoursSettled(command.crewId(), pair.jobId(), pair.otherJob()));
                    }
                });
        return accept(events);
    }
}
