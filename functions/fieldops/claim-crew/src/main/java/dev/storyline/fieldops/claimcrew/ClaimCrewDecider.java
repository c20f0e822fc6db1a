package dev.storyline.fieldops.claimcrew;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.fieldops.CrewCalendar;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewDoubleBooked;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewFreed;
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

/**
 * Sees all claims on one crew in one order. If two jobs need the crew at the same time, the job that was assigned first
 * keeps it, whichever claim arrives first. So the outcome does not depend on the speed of a feed.
 */
final class ClaimCrewDecider implements Decider<ClaimCrew, ClaimCrewDecider.State, CrewCalendar> {
    /** The periods for which the crew is booked, one for each job that is still to come. */
    record State(Map<JobId, Booked> jobs) {}

    /** The period of one job, and the time of its assignment. */
    record Booked(JobId jobId, Period period, Instant assignedAt) {
        private static final Comparator<Booked> FIRST_COME = Comparator.comparing(Booked::assignedAt)
                .thenComparing(booked -> booked.jobId().value());

        boolean cameBefore(Booked other) {
            return FIRST_COME.compare(this, other) < 0;
        }
    }

    @Override
    public Class<CrewCalendar> folds() {
        return CrewCalendar.class;
    }

    @Override
    public State initialState() {
        return new State(Map.of());
    }

    @Override
    public State evolve(State state, CrewCalendar event) {
        Map<JobId, Booked> jobs = new HashMap<>(state.jobs());
        switch (event) {
            case CrewBooked(var _, var job, var from, var to, var assignedAt) ->
                jobs.put(job, new Booked(job, new Period(from, to), assignedAt));
            case CrewFreed freed -> jobs.remove(freed.jobId());
            case CrewDoubleBooked lost -> jobs.remove(lost.jobId());
        }
        return new State(Map.copyOf(jobs));
    }

    @Override
    public Decision<CrewCalendar> decide(ClaimCrew command, State state) {
        Booked before = state.jobs().get(command.jobId());
        if (command.from() == null || command.to() == null) {
            return before == null ? nothing() : accept(new CrewFreed(command.crewId(), command.jobId()));
        }
        Period period = new Period(command.from(), command.to());
        if (before != null && before.period().equals(period)) {
            return nothing();
        }
        Booked claim = new Booked(command.jobId(), period, command.assignedAt());
        List<Booked> inTheWay = inTheWay(state, claim);
        if (!inTheWay.isEmpty() && inTheWay.getFirst().cameBefore(claim)) {
            return accept(lost(command, claim, inTheWay.getFirst()));
        }
        List<CrewCalendar> events = new ArrayList<>();
        events.add(new CrewBooked(command.crewId(), command.jobId(), period.from(), period.to(), command.assignedAt()));
        inTheWay.forEach(later -> events.add(lost(command, later, claim)));
        return accept(events);
    }

    /** The other jobs that need the crew in that period, in the order of their assignments. */
    private static List<Booked> inTheWay(State state, Booked claim) {
        return state.jobs().values().stream()
                .filter(other -> !other.jobId().equals(claim.jobId()))
                .filter(other -> other.period().overlaps(claim.period()))
                .sorted(Booked.FIRST_COME)
                .toList();
    }

    private static CrewDoubleBooked lost(ClaimCrew command, Booked loser, Booked winner) {
        return new CrewDoubleBooked(
                command.crewId(), loser.jobId(), loser.period().from(), winner.jobId());
    }
}
