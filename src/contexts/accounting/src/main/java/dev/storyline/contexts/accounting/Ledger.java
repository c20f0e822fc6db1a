package dev.storyline.contexts.accounting;

import dev.storyline.contexts.accounting.LedgerEvent.MonthClosed;
import dev.storyline.kernel.Fold;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * Which months are closed. Days and months are those of UTC.
 *
 * <p>A month may be closed an hour after its end, so what is booked in the month of its own time needs no look at the
 * ledger: it is recorded within seconds, or decided again. What is booked in an earlier month reads the ledger in its
 * transaction.
 *
 * @param closedThrough the last closed month; all before it are closed too; null while none is
 */
public record Ledger(@Nullable YearMonth closedThrough) {
    /** The one ledger. */
    public static final LedgerId ID = new LedgerId("main");

    /** Far more than a command takes until it is recorded, or has failed. */
    public static final Duration REST = Duration.ofHours(1);

    /** Folds the stream of the ledger; in other streams it stays as it is. */
    public static final Fold<Ledger, AccountingEvent> FOLD = new Fold<>() {
        @Override
        public Class<AccountingEvent> folds() {
            return AccountingEvent.class;
        }

        @Override
        public Ledger initialState() {
            return new Ledger(null);
        }

        @Override
        public Ledger evolve(Ledger ledger, AccountingEvent event) {
            return switch (event) {
                case MonthClosed closed -> new Ledger(YearMonth.parse(closed.month()));
                case EntryEvent _, OrderEvent _, JobEvent _ -> ledger;
            };
        }
    };

    /** The day of an instant. */
    public static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    /** Whether the month of a day has ended at an instant, so that it may be closed. */
    public static boolean mayBeClosed(LocalDate day, Instant at) {
        return YearMonth.from(day).isBefore(YearMonth.from(day(at)));
    }

    /** Whether a month has ended long enough ago to be closed. */
    public static boolean isOver(YearMonth month, Instant at) {
        Instant end = month.plusMonths(1).atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        return !at.isBefore(end.plus(REST));
    }

    /** Whether a month is closed. */
    public boolean isClosed(YearMonth month) {
        return closedThrough != null && !month.isAfter(closedThrough);
    }

    /** The day on which a fact is booked: its own, or the first open day if its month is closed. */
    public LocalDate bookedOn(LocalDate day) {
        return closedThrough != null && isClosed(YearMonth.from(day))
                ? closedThrough.plusMonths(1).atDay(1)
                : day;
    }
}
