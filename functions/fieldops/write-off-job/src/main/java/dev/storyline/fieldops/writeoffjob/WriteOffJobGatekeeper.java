package dev.storyline.fieldops.writeoffjob;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;

/** Refuses a write-off without a reason. */
final class WriteOffJobGatekeeper implements Gatekeeper<WriteOffJob, WriteOffJob> {
    static final int LONGEST_REASON = 500;

    static final Rule BLANK_REASON =
            Rule.forbids("blank-reason", "A reason says something, in 500 characters at most.");

    @Override
    public Gate<WriteOffJob> gate(WriteOffJob request, CommandContext occasion) {
        String reason = request.reason();
        return reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON
                ? Gate.closed(BLANK_REASON)
                : Gate.open(request);
    }
}
