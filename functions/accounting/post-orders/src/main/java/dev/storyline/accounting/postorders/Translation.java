package dev.storyline.accounting.postorders;

import dev.storyline.contexts.accounting.Account;
import dev.storyline.contexts.accounting.CustomerId;
import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.Posting;
import dev.storyline.contexts.accounting.Postings;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;

/**
 * Facts of orders as postings. Amounts are rounded once, and the revenue is what is left of the gross amount without the
 * tax, so an entry balances whatever the parts are.
 */
final class Translation {
    private Translation() {}

    static PostOrder of(OrderShipped shipped, Instant receivedAt) {
        return new PostOrder(
                shipped.orderId(),
                EntryKind.SALE,
                "orders/OrderShipped/" + shipped.orderId().value(),
                sold(shipped.customerId(), shipped.gross(), shipped.tax()),
                shipped.at(),
                receivedAt);
    }

    static PostOrder of(OrderReturned returned, Instant receivedAt) {
        return new PostOrder(
                returned.orderId(),
                EntryKind.RETURN,
                "orders/OrderReturned/" + returned.orderId().value() + "/" + returned.returnId(),
                Postings.reversed(sold(returned.customerId(), returned.gross(), returned.tax())),
                returned.at(),
                receivedAt);
    }

    static PostOrder of(OrderPaid paid, Instant receivedAt) {
        return new PostOrder(
                paid.orderId(),
                EntryKind.PAYMENT,
                "orders/OrderPaid/" + paid.orderId().value() + "/" + paid.reference(),
                paid(paid.customerId(), paid.amount()),
                paid.at(),
                receivedAt);
    }

    static PostOrder of(OrderRefunded refunded, Instant receivedAt) {
        return new PostOrder(
                refunded.orderId(),
                EntryKind.REFUND,
                "orders/OrderRefunded/" + refunded.orderId().value() + "/" + refunded.reference(),
                Postings.reversed(paid(refunded.customerId(), refunded.amount())),
                refunded.at(),
                receivedAt);
    }

    /** A tax in another currency than the gross amount is no part of it. */
    private static List<Posting> sold(CustomerId customer, Money toldGross, Money toldTax) {
        Money gross = Postings.payable(toldGross);
        Money tax =
                toldTax.currency().equals(gross.currency()) ? Postings.payable(toldTax) : Money.zero(gross.currency());
        return Postings.merged(List.of(
                Posting.owedBy(customer, gross),
                Posting.on(Account.REVENUE, gross.minus(tax).negated()),
                Posting.on(Account.TAX, tax.negated())));
    }

    private static List<Posting> paid(CustomerId customer, Money told) {
        Money amount = Postings.payable(told);
        return Postings.merged(List.of(Posting.on(Account.BANK, amount), Posting.owedBy(customer, amount.negated())));
    }
}
