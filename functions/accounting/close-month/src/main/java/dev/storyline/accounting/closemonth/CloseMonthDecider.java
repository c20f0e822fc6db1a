package dev.storyline.accounting.closemonth;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.accounting.AccountingEvent;
import dev.storyline.contexts.accounting.Ledger;
import dev.storyline.contexts.accounting.LedgerEvent.MonthClosed;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.time.YearMonth;

/** Closes months in their order. The first may be any; those before it count as closed. */
final class CloseMonthDecider implements Decider<CloseMonth, Ledger, AccountingEvent> {
    static final Rule MONTH_NOT_OVER =
            Rule.forbids("month-not-over", "A month is closed an hour after its end in UTC at the earliest.");
    static final Rule EARLIER_MONTH_OPEN =
            Rule.forbids("earlier-month-open", "The month before is open; close it first.");

    @Override
    public Class<AccountingEvent> folds() {
        return AccountingEvent.class;
    }

    @Override
    public Ledger initialState() {
        return Ledger.FOLD.initialState();
    }

    @Override
    public Ledger evolve(Ledger ledger, AccountingEvent event) {
        return Ledger.FOLD.evolve(ledger, event);
    }

    @Override
    public Decision<AccountingEvent> decide(CloseMonth command, Ledger ledger) {
        YearMonth month = YearMonth.parse(command.month());
        if (ledger.isClosed(month)) {
            return nothing();
        }
        if (!Ledger.isOver(month, command.at())) {
            return reject(MONTH_NOT_OVER);
        }
        YearMonth last = ledger.closedThrough();
        return last == null || last.plusMonths(1).equals(month)
                ? accept(new MonthClosed(command.ledger(), command.month()))
                : reject(EARLIER_MONTH_OPEN);
    }
}
