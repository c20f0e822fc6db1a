package dev.storyline.fieldops.reschedulejob;

import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewCalendar;
import dev.storyline.contexts.fieldops.CrewCalendar.CrewBooked;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewTime;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.contexts.fieldops.Period;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The stricter variant: a job moves together with its crews, or not at all. */
final class RescheduleJobStrictly
        implements AtomicDecider<RescheduleJob, RescheduleJobStrictly.State, JobEvent, CrewTime, CrewCalendar> {
    static final Rule CREW_BUSY =
            Rule.forbids("crew-busy", "A crew of the job is assigned to another one at that time.");

    private final RescheduleJobDecider job = new RescheduleJobDecider();

    /** The state of the usual variant, the estimated hours and the crews. */
    record State(RescheduleJobDecider.State job, BigDecimal estimatedHours, Set<CrewId> crews) {
        State with(Set<CrewId> others) {
            return new State(job, estimatedHours, Set.copyOf(others));
        }
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(job.initialState(), BigDecimal.ZERO, Set.of());
    }

    @Override
    public State evolve(State state, JobEvent event) {
        State next = new State(job.evolve(state.job(), event), state.estimatedHours(), state.crews());
        Set<CrewId> crews = new HashSet<>(state.crews());
        return switch (event) {
            case JobCreated created -> new State(next.job(), created.estimatedHours(), next.crews());
            case CrewAssigned assigned -> {
                crews.add(assigned.crewId());
                yield next.with(crews);
            }
            case CrewUnassigned unassigned -> {
                crews.remove(unassigned.crewId());
                yield next.with(crews);
            }
            case CrewReleased released -> {
                crews.remove(released.crewId());
                yield next.with(crews);
            }
            case JobRescheduled _,
                    JobCompleted _,
                    CompletionCorrected _,
                    JobCancelled _,
                    EquipmentCharged _,
                    JobBilling _ -> next;
        };
    }

    @Override
    public Fold<CrewTime, CrewCalendar> other() {
        return CrewTime.FOLD;
    }

    @Override
    public Set<StreamId> others(RescheduleJob command, State state) {
        return state.crews().stream().map(FieldOps::stream).collect(Collectors.toSet());
    }

    @Override
    public AtomicDecision<JobEvent, CrewCalendar> decide(
            RescheduleJob command, State state, Map<StreamId, CrewTime> crews) {
        Decision<JobEvent> decision = job.decide(command, state.job());
        if (!(decision instanceof Decision.Accepted<JobEvent>)) {
            return AtomicDecision.atHome(decision);
        }
        Period period =
                new Period(command.plannedStart(), FieldOps.after(command.plannedStart(), state.estimatedHours()));
        if (crews.values().stream().anyMatch(crew -> crew.isTaken(period, command.jobId()))) {
            return AtomicDecision.atHome(reject(CREW_BUSY));
        }
        Map<StreamId, List<CrewCalendar>> booked = new HashMap<>();
        for (CrewId crew : state.crews()) {
            booked.put(
                    FieldOps.stream(crew),
                    List.of(new CrewBooked(crew, command.jobId(), period.from(), period.to(), command.at())));
        }
        return new AtomicDecision<>(decision, booked);
    }
}
