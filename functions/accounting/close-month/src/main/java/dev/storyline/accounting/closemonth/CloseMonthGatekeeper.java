package dev.storyline.accounting.closemonth;

import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Rule;
import java.util.regex.Pattern;

/** Refuses what is no month. */
final class CloseMonthGatekeeper implements Gatekeeper<CloseMonthRequest, CloseMonth> {
    static final Rule NOT_A_MONTH =
            Rule.forbids("not-a-month", "A month is written like 2026-11, from the year 1900 to the year 2999.");

    private static final Pattern MONTH = Pattern.compile("(19|2\\d)\\d\\d-(0[1-9]|1[0-2])");

    @Override
    public Gate<CloseMonth> gate(CloseMonthRequest request, CommandContext occasion) {
        return MONTH.matcher(request.month()).matches()
                ? Gate.open(new CloseMonth(Ledger.ID, request.month(), occasion.at()))
                : Gate.closed(NOT_A_MONTH);
    }
}
