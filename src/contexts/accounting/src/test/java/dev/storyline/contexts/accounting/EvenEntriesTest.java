package dev.storyline.contexts.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.OrderEvent.OrderEntryPosted;
import dev.storyline.kernel.AtomicDecision;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvenEntriesTest {
    private static final EntryId ENTRY = new EntryId("e1");
    private static final CustomerId ADA = new CustomerId("ada");
    private static final LocalDate DAY = LocalDate.parse("2026-11-30");

    private static Money money(String amount, String currency) {
        return new Money(new BigDecimal(amount), currency);
    }

    private static EntryPosted entry(Posting... postings) {
        return new EntryPosted(
                ENTRY, EntryKind.PAYMENT, "accounting/payments/p1", DAY, DAY, List.of(postings), null, null, null);
    }

    private static EntryPosted uneven() {
        return entry(Posting.on(Account.BANK, money("100.00", "EUR")), Posting.owedBy(ADA, money("-99.99", "EUR")));
    }

    @Test
    void an_entry_that_is_not_even_cannot_be_decided() {
        assertThatThrownBy(() -> Decision.accept(uneven()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not to zero")
                .hasMessageContaining("accounting/payments/p1");
        assertThatThrownBy(() -> Decision.reject(Rule.forbids("no", "No."), uneven()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AtomicDecision<>(
                        Decision.accept("home"), Map.of(Accounting.stream(ENTRY), List.of(uneven()))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nor_can_an_order_or_a_job_be_told_of_one() {
        List<Posting> postings = uneven().postings();
        assertThatThrownBy(() ->
                        Decision.accept(new OrderEntryPosted(new OrderId("o1"), ENTRY, EntryKind.PAYMENT, postings)))
                .hasMessageContaining("not to zero");
        assertThatThrownBy(() -> Decision.accept(
                        new JobEntryPosted(new JobId("4711"), ENTRY, EntryKind.PAYMENT, null, DAY, postings, null)))
                .hasMessageContaining("not to zero");
    }

    @Test
    void currencies_do_not_make_up_for_each_other() {
        assertThatThrownBy(() -> Decision.accept(
                        entry(Posting.on(Account.BANK, money("5", "EUR")), Posting.owedBy(ADA, money("-5", "USD")))))
                .hasMessageContaining("not to zero");
    }

    @Test
    void an_even_entry_is_decided_and_one_that_is_recorded_is_read() {
        EntryPosted even = entry(
                Posting.on(Account.BANK, money("5", "EUR")),
                Posting.owedBy(ADA, money("-5", "EUR")),
                Posting.on(Account.BANK, money("7", "USD")),
                Posting.owedBy(ADA, money("-7", "USD")));
        assertThat(Decision.accept(even).events()).containsExactly(even);
        assertThat(Ledger.FOLD.evolve(new Ledger(null), uneven())).isEqualTo(new Ledger(null));
    }
}
