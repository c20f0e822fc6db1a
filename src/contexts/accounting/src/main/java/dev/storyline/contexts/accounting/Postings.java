package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Money;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an entry consists of: at most one posting for each account, customer and currency, and in each currency a sum of zero. */
public final class Postings {
    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    /** The digits of a currency that this JDK does not know. */
    private static final String NO_CURRENCY = "XXX";

    private static final int USUAL_DIGITS = 2;

    private record Key(String account, @Nullable CustomerId customerId, String currency) {}

    private Postings() {}

    /** All postings, those of one account, customer and currency as one, in the order of the first; none of nothing. */
    public static List<Posting> merged(Collection<Posting> postings) {
        Map<Key, Posting> sums = new LinkedHashMap<>();
        for (Posting posting : postings) {
            sums.merge(
                    new Key(
                            posting.account(),
                            posting.customerId(),
                            posting.amount().currency()),
                    posting,
                    (one, other) -> new Posting(
                            one.account(), one.customerId(), one.amount().plus(other.amount())));
        }
        return sums.values().stream()
                .filter(posting -> posting.amount().signum() != 0)
                .toList();
    }

    /** Both as one. */
    public static List<Posting> merged(Collection<Posting> some, Collection<Posting> others) {
        return merged(Stream.concat(some.stream(), others.stream()).toList());
    }

    /** The postings that take these back. */
    public static List<Posting> reversed(Collection<Posting> postings) {
        return postings.stream().map(Posting::negated).toList();
    }

    /** The sum in each currency, in the order of the codes. */
    public static Map<String, Money> sums(Collection<Posting> postings) {
        Map<String, Money> sums = new TreeMap<>();
        postings.forEach(posting -> sums.merge(posting.amount().currency(), posting.amount(), Money::plus));
        return sums;
    }

    /** The sum on an account in a currency. */
    public static Money sum(Collection<Posting> postings, String account, String currency) {
        return postings.stream()
                .filter(posting -> posting.isOn(account))
                .map(Posting::amount)
                .filter(amount -> amount.currency().equals(currency))
                .reduce(Money.zero(currency), Money::plus);
    }

    /** Whether debits and credits are equal in each currency. */
    public static boolean balance(Collection<Posting> postings) {
        return sums(postings).values().stream().allMatch(sum -> sum.signum() == 0);
    }

    /** What is wrong with the postings of an entry: their sum must be zero in each currency. Null if it is. */
    public static @Nullable String broken(Collection<Posting> postings) {
        return balance(postings)
                ? null
                : "The postings of an entry add up to " + sums(postings).values() + ", not to zero";
    }

    /**
     * An amount that another context tells, rounded once to what can be paid. What is no code of three capital letters
     * becomes XXX, which stands for no currency: the fact is in the books, and a bookkeeper sees it.
     */
    public static Money payable(Money told) {
        String currency = CURRENCY.matcher(told.currency()).matches() ? told.currency() : NO_CURRENCY;
        return new Money(told.amount().setScale(digits(currency), Money.ROUNDING), currency);
    }

    /** What a context calls valid stays valid, whether or not this JDK knows the code. */
    private static int digits(String currency) {
        try {
            return Money.digits(currency);
        } catch (IllegalArgumentException e) {
            return USUAL_DIGITS;
        }
    }
}
