package dev.storyline.maintenance.finishmaintenance;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;

/** Knows how long a note is. */
final class FinishMaintenanceGatekeeper implements Gatekeeper<FinishMaintenanceRequest, FinishMaintenance> {
    static final int LONGEST_NOTE = 2_000;

    static final Rule NOTE_TOO_LONG = Rule.forbids("note-too-long", "A note has at most 2,000 characters.");

    @Override
    public Gate<FinishMaintenance> gate(FinishMaintenanceRequest request, CommandContext occasion) {
        String note = request.note();
        return note != null && note.codePointCount(0, note.length()) > LONGEST_NOTE
                ? Gate.closed(NOTE_TOO_LONG)
                : Gate.open(new FinishMaintenance(request.equipmentId(), note, occasion.at()));
    }
}
