package dev.storyline.contexts.accounting;

import dev.storyline.contexts.accounting.JobEvent.JobEntryPosted;
import dev.storyline.contexts.accounting.JobEvent.JobGivenUp;
import dev.storyline.kernel.Fold;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the books know of a job.
 *
 * @param bill the highest number of a bill; 0 before the first
 * @param charges the sum of all bills, of which each replaces the one before
 * @param payments the sum of what was paid
 * @param writeOffs the sum of what was written off
 * @param writtenOff whether field operations have written the job off
 * @param givenUp whether that still holds: a write-off that is reversed holds no more
 */
public record JobAccount(
        int bill,
        List<Posting> charges,
        List<Posting> payments,
        List<Posting> writeOffs,
        boolean writtenOff,
        boolean givenUp) {
    /** More digits than a currency has, so that a share is rounded once. */
    private static final int DIGITS = 20;

    /** Folds the stream of a job. */
    public static final Fold<JobAccount, JobEvent> FOLD = new Fold<>() {
        @Override
        public Class<JobEvent> folds() {
            return JobEvent.class;
        }

        @Override
        public JobAccount initialState() {
            return new JobAccount(0, List.of(), List.of(), List.of(), false, false);
        }

        @Override
        public JobAccount evolve(JobAccount account, JobEvent event) {
            return account.after(event);
        }
    };

    /** The account after one more event. */
    public JobAccount after(JobEvent event) {
        return switch (event) {
            case JobGivenUp _ -> new JobAccount(bill, charges, payments, writeOffs, true, true);
            case JobEntryPosted posted ->
                switch (posted.kind()) {
                    case EntryKind.BILL ->
                        new JobAccount(
                                Math.max(bill, Objects.requireNonNullElse(posted.bill(), 0)),
                                Postings.merged(charges, posted.postings()),
                                payments,
                                writeOffs,
                                writtenOff,
                                givenUp);
                    case EntryKind.WRITE_OFF ->
                        new JobAccount(
                                bill,
                                charges,
                                payments,
                                Postings.merged(writeOffs, posted.postings()),
                                writtenOff,
                                givenUp && posted.reverses() == null);
                    default ->
                        new JobAccount(
                                bill,
                                charges,
                                Postings.merged(payments, posted.postings()),
                                writeOffs,
                                writtenOff,
                                givenUp);
                };
        };
    }

    /** What is left to pay in a currency; negative if too much was paid. */
    public Money open(String currency) {
        return Postings.sum(charges, Account.RECEIVABLES, currency)
                .plus(Postings.sum(payments, Account.RECEIVABLES, currency))
                .plus(Postings.sum(writeOffs, Account.RECEIVABLES, currency));
    }

    /** The currencies in which the job was ever billed, paid or written off and is not even, in the order of their codes. */
    public Set<String> currencies() {
        Set<String> currencies = new TreeSet<>();
        for (List<Posting> postings : List.of(charges, payments, writeOffs)) {
            postings.forEach(posting -> currencies.add(posting.amount().currency()));
        }
        return currencies;
    }

    /**
     * The postings that write off what is open, tax in proportion. If a later bill is lower, they take back what was
     * written off too much.
     */
    public List<Posting> writingOff() {
        List<Posting> postings = new ArrayList<>();
        for (String currency : currencies()) {
            Money before =
                    Postings.sum(writeOffs, Account.RECEIVABLES, currency).negated();
            Money open = open(currency);
            Money amount = open.plus(before).signum() < 0 ? before.negated() : open;
            Money tax = taxOf(before.plus(amount)).minus(Postings.sum(writeOffs, Account.TAX, currency));
            postings.add(Posting.on(Account.WRITE_OFFS, amount.minus(tax)));
            postings.add(Posting.on(Account.TAX, tax));
            postings.add(new Posting(Account.RECEIVABLES, debtor(currency), amount.negated()));
        }
        return Postings.merged(postings);
    }

    /** The tax in a part of what was billed. */
    private Money taxOf(Money part) {
        BigDecimal gross =
                Postings.sum(charges, Account.RECEIVABLES, part.currency()).amount();
        BigDecimal tax = Postings.sum(charges, Account.TAX, part.currency()).amount();
        if (gross.signum() == 0) {
            return Money.zero(part.currency());
        }
        Money exact =
                new Money(part.amount().multiply(tax.negate()).divide(gross, DIGITS, Money.ROUNDING), part.currency());
        return Postings.payable(exact);
    }

    /** The customer who owes, or owed, in a currency. A job has one customer. */
    private CustomerId debtor(String currency) {
        for (List<Posting> postings : List.of(charges, payments, writeOffs)) {
            for (Posting posting : postings) {
                CustomerId customer = posting.customerId();
                if (customer != null && posting.amount().currency().equals(currency)) {
                    return customer;
                }
            }
        }
        return new CustomerId("unknown");
    }
}
