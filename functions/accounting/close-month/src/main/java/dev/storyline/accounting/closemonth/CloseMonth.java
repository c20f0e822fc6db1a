package dev.storyline.accounting.closemonth;

import dev.storyline.contexts.accounting.LedgerId;
import java.time.Instant;

/**
 * A bookkeeper closes a month.
 *
 * @param ledger the ledger
 * @param month the month, {@code 2026-11}
 * @param at the time of the command
 */
public record CloseMonth(LedgerId ledger, String month, Instant at) {}
