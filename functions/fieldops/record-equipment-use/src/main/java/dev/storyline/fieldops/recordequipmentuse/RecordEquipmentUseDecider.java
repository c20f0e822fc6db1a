package dev.storyline.fieldops.recordequipmentuse;

import static dev.storyline.kernel.AtomicDecision.atHome;
import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.EquipmentEvent;
import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.EquipmentMaintenance.EquipmentServiced;
import dev.storyline.contexts.fieldops.EquipmentRegistration.EquipmentRegistered;
import dev.storyline.contexts.fieldops.EquipmentUse.EquipmentUsed;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.JobEvent;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.fieldops.recordequipmentuse.JobFold.Job;
import dev.storyline.fieldops.recordequipmentuse.JobFold.Line;
import dev.storyline.kernel.AtomicDecider;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import dev.storyline.kernel.StreamId;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The equipment's stream knows the hours of a day over all jobs; the job's stream knows whether it may still be
 * charged. The decision reads both streams and records in both, so the equipment's log book and the job's bill cannot
 * differ.
 */
final class RecordEquipmentUseDecider
        implements AtomicDecider<RecordEquipmentUse, RecordEquipmentUseDecider.State, EquipmentEvent, Job, JobEvent> {
    static final BigDecimal HOURS_OF_A_DAY = BigDecimal.valueOf(24);
    static final int MOST_DIGITS = 4;
    static final int REACH_DAYS = 31;
    static final int MOST_LINES = 100;

    /** By how many days today differs between two regions at most: between 14 hours before Greenwich and 11 behind. */
    static final int DAYS_BETWEEN_REGIONS = 2;

    static final Rule EQUIPMENT_NOT_FOUND = Rule.unknown("equipment-not-found", "There is no such equipment.");
    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_COMPLETED = Rule.forbids("job-completed", "The job is done, and its bill with it.");
    static final Rule JOB_CANCELLED = Rule.forbids("job-cancelled", "Nobody wants the job done any more.");
    static final Rule HOURS_NOT_POSITIVE =
            Rule.forbids("hours-not-positive", "Hours are positive, with 4 digits after the point at most.");
    static final Rule TOO_MANY_HOURS = Rule.forbids("too-many-hours", "Equipment is used 24 hours a day at most.");
    static final Rule DAY_OUT_OF_REACH = Rule.forbids(
            "day-out-of-reach",
            "Use is recorded within 31 days, and not in advance; the days are those of the region.");

    static final Rule TOO_MANY_LINES = Rule.forbids(
            "too-many-lines", "A job is charged for 100 pieces of equipment at most; what has two rates counts twice.");

    /**
     * The price of the equipment, and its hours on each day that a command may still name.
     *
     * @param hourlyRate null while it is not registered
     * @param hours by day; of 34 days at most
     */
    record State(@Nullable Money hourlyRate, NavigableMap<LocalDate, BigDecimal> hours) {
        State with(LocalDate day, BigDecimal more) {
            NavigableMap<LocalDate, BigDecimal> next = new TreeMap<>(hours);
            next.merge(day, more, BigDecimal::add);
            return new State(
                    hourlyRate,
                    Collections.unmodifiableNavigableMap(new TreeMap<>(next.tailMap(earliest(next), true))));
        }

        /** The hours of the day that are not recorded yet. */
        BigDecimal left(LocalDate day) {
            return HOURS_OF_A_DAY.subtract(Objects.requireNonNullElse(hours.get(day), BigDecimal.ZERO));
        }

        /** Whether the state no longer has the hours of this day; then no use of that day may be recorded. */
        boolean isForgotten(LocalDate day) {
            return !hours.isEmpty() && day.isBefore(earliest(hours));
        }

        /** The earliest day that a command of any region could name when the use of the latest day was recorded. */
        private static LocalDate earliest(NavigableMap<LocalDate, BigDecimal> hours) {
            return hours.lastKey().minusDays(DAYS_BETWEEN_REGIONS + REACH_DAYS);
        }
    }

    @Override
    public Class<EquipmentEvent> folds() {
        return EquipmentEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, Collections.emptyNavigableMap());
    }

    @Override
    public State evolve(State state, EquipmentEvent event) {
        return switch (event) {
            case EquipmentRegistered registered -> new State(registered.hourlyRate(), state.hours());
            case EquipmentUsed used -> state.with(used.on(), used.hours());
            case EquipmentServiced _ -> state;
        };
    }

    @Override
    public Fold<Job, JobEvent> other() {
        return new JobFold();
    }

    @Override
    public Set<StreamId> others(RecordEquipmentUse command, State state) {
        return Set.of(FieldOps.stream(command.jobId()));
    }

    @Override
    public AtomicDecision<EquipmentEvent, JobEvent> decide(
            RecordEquipmentUse command, State state, Map<StreamId, Job> others) {
        Job job = Objects.requireNonNull(others.get(FieldOps.stream(command.jobId())));
        Money rate = state.hourlyRate();
        if (rate == null) {
            return atHome(reject(EQUIPMENT_NOT_FOUND));
        }
        return switch (job.progress()) {
            case UNKNOWN -> atHome(reject(JOB_NOT_FOUND));
            case COMPLETED -> atHome(reject(JOB_COMPLETED));
            case CANCELLED -> atHome(reject(JOB_CANCELLED));
            case OPEN -> {
                Rule broken =
                        broken(command, state, job.today(command.at()), job.with(Line.of(command.equipmentId(), rate)));
                yield broken == null ? recorded(command, rate) : atHome(reject(broken));
            }
        };
    }

    private static @Nullable Rule broken(RecordEquipmentUse command, State state, LocalDate today, Job charged) {
        if (command.hours().signum() <= 0
                || command.hours().stripTrailingZeros().scale() > MOST_DIGITS) {
            return HOURS_NOT_POSITIVE;
        }
        if (command.on().isBefore(today.minusDays(REACH_DAYS))
                || command.on().isAfter(today)
                || state.isForgotten(command.on())) {
            return DAY_OUT_OF_REACH;
        }
        if (command.hours().compareTo(state.left(command.on())) > 0) {
            return TOO_MANY_HOURS;
        }
        return charged.lines().size() > MOST_LINES ? TOO_MANY_LINES : null;
    }

    private static AtomicDecision<EquipmentEvent, JobEvent> recorded(RecordEquipmentUse command, Money rate) {
        EquipmentId equipment = command.equipmentId();
        JobId job = command.jobId();
        EquipmentUsed used = new EquipmentUsed(equipment, job, command.on(), command.hours());
        EquipmentCharged charged = new EquipmentCharged(job, equipment, command.on(), command.hours(), rate);
        return new AtomicDecision<>(accept(used), Map.of(FieldOps.stream(job), List.of(charged)));
    }
}
