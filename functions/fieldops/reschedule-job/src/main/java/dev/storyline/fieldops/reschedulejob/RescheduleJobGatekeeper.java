package dev.storyline.fieldops.reschedulejob;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;

/** Refuses a cancellation without a reason. */
final class RescheduleJobGatekeeper implements Gatekeeper<RescheduleJobRequest, RescheduleJob> {
    static final int LONGEST_REASON = 500;

    static final Rule BLANK_REASON =
            Rule.forbids("blank-reason", "A reason says something, in 500 characters at most.");

    @Override
    public Gate<RescheduleJob> gate(RescheduleJobRequest request, CommandContext occasion) {
        String reason = request.reason();
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            return Gate.closed(BLANK_REASON);
        }
        return Gate.open(new RescheduleJob(request.jobId(), request.plannedStart(), reason, occasion.at()));
    }
}
