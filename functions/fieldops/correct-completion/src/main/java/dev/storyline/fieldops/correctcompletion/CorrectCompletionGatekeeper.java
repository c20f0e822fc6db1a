package dev.storyline.fieldops.correctcompletion;

import dev.storyline.contexts.fieldops.CrewRates;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.WorkReport;
import dev.storyline.eventstore.StreamFold;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;

/** Checks the hours and the reason, and reads the rates of each crew from the crew's stream. */
final class CorrectCompletionGatekeeper implements Gatekeeper<CorrectCompletionRequest, CorrectCompletion> {
    static final int LONGEST_REASON = 500;

    static final Rule BLANK_REASON =
            Rule.forbids("blank-reason", "A reason says something, in 500 characters at most.");

    private final StreamFold<CrewRates, ?> crews;

    CorrectCompletionGatekeeper(StreamFold<CrewRates, ?> crews) {
        this.crews = crews;
    }

    @Override
    public Gate<CorrectCompletion> gate(CorrectCompletionRequest request, CommandContext occasion) {
        Rule broken = new WorkReport(request.crewHours(), request.note()).broken();
        if (broken != null) {
            return Gate.closed(broken);
        }
        String reason = request.reason();
        if (reason.isBlank() || reason.codePointCount(0, reason.length()) > LONGEST_REASON) {
            return Gate.closed(BLANK_REASON);
        }
        return Gate.open(new CorrectCompletion(
                request.jobId(),
                request.crewHours(),
                request.note(),
                reason,
                request.crewHours().stream()
                        .flatMap(told -> crews.state(FieldOps.stream(told.crewId())).rates().stream())
                        .toList()));
    }
}
