package dev.storyline.contexts.accounting;

import dev.storyline.kernel.EventType;

/** Everything that is recorded about the ledger as a whole. */
public sealed interface LedgerEvent extends AccountingEvent {
    /** The ledger. */
    LedgerId ledger();

    /**
     * Nothing is booked in this month or an earlier one any more.
     *
     * @param month the month, {@code 2026-11}
     */
    @EventType("MonthClosed")
    record MonthClosed(LedgerId ledger, String month) implements LedgerEvent {}
}
