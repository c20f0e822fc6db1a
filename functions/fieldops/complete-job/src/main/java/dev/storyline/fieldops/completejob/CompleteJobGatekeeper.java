package dev.storyline.fieldops.completejob;

import dev.storyline.contexts.fieldops.CrewRates;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.WorkReport;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.time.Instant;
import java.util.Objects;

/** Checks the times and hours, and reads the rates of each crew from the crew's stream. */
final class CompleteJobGatekeeper implements Gatekeeper<CompleteJobRequest, CompleteJob> {
    static final Rule COMPLETED_IN_THE_FUTURE =
            Rule.forbids("completed-in-the-future", "A job is reported when it is done.");

    private final StreamFold<CrewRates, ?> crews;

    CompleteJobGatekeeper(StreamFold<CrewRates, ?> crews) {
        this.crews = crews;
    }

    @Override
    public Gate<CompleteJob> gate(CompleteJobRequest request, CommandContext occasion) {
        Instant at = Objects.requireNonNullElse(request.at(), occasion.at());
        if (at.isAfter(occasion.at())) {
            return Gate.closed(COMPLETED_IN_THE_FUTURE);
        }
        WorkReport report = new WorkReport(request.crewHours(), request.note());
        Rule broken = report.broken();
        if (broken != null) {
            return Gate.closed(broken);
        }
        if (!report.isInReach(at)) {
            return Gate.closed(WorkReport.WORK_OUT_OF_REACH);
        }
        return Gate.open(new CompleteJob(
                request.jobId(),
                request.at(),
                request.crewHours(),
                request.note(),
                occasion.at(),
                request.crewHours().stream()
                        .flatMap(told -> crews.state(FieldOps.stream(told.crewId())).rates().stream())
                        .toList()));
    }
}
