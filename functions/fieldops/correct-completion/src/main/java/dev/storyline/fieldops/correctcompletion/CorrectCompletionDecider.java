package dev.storyline.fieldops.correctcompletion;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.JobLifecycle;
import dev.storyline.contexts.fieldops.JobLifecycle.CompletionCorrected;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCancelled;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCompleted;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.contexts.fieldops.Timesheet;
import dev.storyline.contexts.fieldops.WorkReport;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Corrects the report of a completed job: its hours, its crews and its note. A crew need not have been assigned, since the
 * report may have named the wrong one. The time of the completion stays.
 */
final class CorrectCompletionDecider
        implements Decider<CorrectCompletion, CorrectCompletionDecider.State, JobLifecycle> {
    static final int MOST_CORRECTIONS = 100;

    static final Rule JOB_NOT_FOUND = Rule.unknown("job-not-found", "There is no job with this number.");
    static final Rule JOB_NOT_COMPLETED =
            Rule.forbids("job-not-completed", "Only the report of a completed job is corrected.");
    static final Rule TOO_MANY_CORRECTIONS =
            Rule.forbids("too-many-corrections", "A report is corrected 100 times at most.");

    /**
     * The state of the job.
     *
     * @param zone the time zone that tells the days of the bill; null before the job is created
     * @param report the report so far; null before the job is completed
     * @param corrections how often it was corrected
     */
    record State(@Nullable ZoneId zone, @Nullable Report report, int corrections) {}

    /** What is told of a completed job, which ended at that time. */
    record Report(Instant at, List<CrewWork> work, @Nullable String note) {
        /** Whether work and note are the same; hours are compared by value. */
        boolean says(List<CrewWork> others, @Nullable String other) {
            return Objects.equals(note, other) && bare(work).equals(bare(others));
        }

        private static List<CrewWork> bare(List<CrewWork> work) {
            return work.stream()
                    .map(part -> new CrewWork(
                            part.crewId(),
                            part.from(),
                            part.hours().stripTrailingZeros(),
                            part.rateClass(),
                            part.hourlyRate()))
                    .toList();
        }
    }

    @Override
    public Class<JobLifecycle> folds() {
        return JobLifecycle.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, 0);
    }

    @Override
    public State evolve(State state, JobLifecycle event) {
        return switch (event) {
            case JobCreated created -> new State(ZoneId.of(created.timeZone()), state.report(), state.corrections());
            case JobCompleted(var _, var at, var work, var note) ->
                new State(state.zone(), new Report(at, work, note), state.corrections());
            case CompletionCorrected(var _, var work, var note, var _) -> {
                Report before = state.report();
                yield new State(
                        state.zone(),
                        before == null ? null : new Report(before.at(), work, note),
                        state.corrections() + 1);
            }
            case JobCancelled _ -> state;
        };
    }

    @Override
    public Decision<JobLifecycle> decide(CorrectCompletion command, State state) {
        if (state.zone() == null) {
            return reject(JOB_NOT_FOUND);
        }
        Report report = state.report();
        if (report == null) {
            return reject(JOB_NOT_COMPLETED);
        }
        if (!new WorkReport(command.crewHours(), command.note()).isInReach(report.at())) {
            return reject(WorkReport.WORK_OUT_OF_REACH);
        }
        Optional<List<CrewWork>> work =
                new Timesheet(state.zone(), command.rates()).work(command.crewHours(), report.at());
        if (work.isEmpty()) {
            return reject(WorkReport.CREW_WITHOUT_RATE);
        }
        if (report.says(work.get(), command.note())) {
            return nothing();
        }
        return state.corrections() < MOST_CORRECTIONS
                ? accept(new CompletionCorrected(command.jobId(), work.get(), command.note(), command.reason()))
                : reject(TOO_MANY_CORRECTIONS);
    }
}
