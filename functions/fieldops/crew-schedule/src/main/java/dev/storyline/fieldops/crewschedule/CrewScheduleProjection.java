package dev.storyline.fieldops.crewschedule;

import dev.storyline.contexts.fieldops.Booking;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewAssigned;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewReleased;
import dev.storyline.contexts.fieldops.CrewAssignment.CrewUnassigned;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobBilling;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.JobScheduling.JobRescheduled;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Each job has one row for each of its crews, which moves when the job does. The state has their keys. */
final class CrewScheduleProjection implements Projection<CrewScheduleProjection.State, JobEvent> {
    /**
     * The job, and the keys of its rows.
     *
     * @param plannedStart the planned start; null before it is created
     * @param estimatedHours the estimated hours of work
     * @param bookings its rows, 20 at most
     */
    record State(@Nullable Instant plannedStart, BigDecimal estimatedHours, List<Booking> bookings) {}

    @Override
    public String name() {
        return Booking.PROJECTION;
    }

    @Override
    public Class<JobEvent> folds() {
        return JobEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, BigDecimal.ZERO, List.of());
    }

    @Override
    public Step<State> step(State state, Recorded<JobEvent> event) {
        return switch (event.event()) {
            case JobCreated created ->
                Step.to(new State(created.plannedStart(), created.estimatedHours(), state.bookings()));
            case CrewAssigned assigned -> assigned(state, assigned);
            case CrewUnassigned unassigned -> without(state, unassigned.crewId());
            case CrewReleased released -> without(state, released.crewId());
            case JobRescheduled moved -> moved(state, moved.plannedStart(), false);
            case JobCompleted _ -> moved(state, state.plannedStart(), true);
            case JobCancelled _ -> cancelled(state);
            case CompletionCorrected _, EquipmentCharged _, JobBilling _ -> Step.to(state);
        };
    }

    private static Step<State> assigned(State state, CrewAssigned assigned) {
        Instant start = state.plannedStart();
        if (start == null) {
            return Step.to(state);
        }
        Booking booking = new Booking(
                assigned.crewId(),
                assigned.jobId(),
                assigned.rateClass(),
                start,
                FieldOps.after(start, state.estimatedHours()),
                false);
        List<Booking> more = new ArrayList<>(state.bookings());
        more.add(booking);
        return Step.to(new State(start, state.estimatedHours(), more)).put(booking.key(), booking);
    }

    private static Step<State> without(State state, CrewId crew) {
        List<Booking> left = state.bookings().stream()
                .filter(booking -> !booking.crewId().equals(crew))
                .toList();
        Step<State> step = Step.to(new State(state.plannedStart(), state.estimatedHours(), left));
        for (Booking booking : state.bookings()) {
            if (booking.crewId().equals(crew)) {
                step = step.remove(booking.key());
            }
        }
        return step;
    }

    /** Puts all rows in their new places, and removes them from their old places. */
    private static Step<State> moved(State state, @Nullable Instant start, boolean completed) {
        if (start == null) {
            return Step.to(state);
        }
        List<Booking> next = state.bookings().stream()
                .map(booking -> new Booking(
                        booking.crewId(),
                        booking.jobId(),
                        booking.rateClass(),
                        start,
                        FieldOps.after(start, state.estimatedHours()),
                        completed))
                .toList();
        Step<State> step = Step.to(new State(start, state.estimatedHours(), next));
        for (Booking booking : state.bookings()) {
            step = step.remove(booking.key());
        }
        for (Booking booking : next) {
            step = step.put(booking.key(), booking);
        }
        return step;
    }

    private static Step<State> cancelled(State state) {
        Step<State> step = Step.to(new State(state.plannedStart(), state.estimatedHours(), List.of()));
        for (Booking booking : state.bookings()) {
            step = step.remove(booking.key());
        }
        return step;
    }
}
