package dev.storyline.accounting.postorders;

import dev.storyline.contexts.accounting.EntryKind;
import dev.storyline.contexts.accounting.OrderId;
import dev.storyline.contexts.accounting.Posting;
import java.time.Instant;
import java.util.List;

/**
 * A fact about an order is posted.
 *
 * @param orderId the order
 * @param kind one of {@link EntryKind}
 * @param source names the fact, {@code orders/OrderShipped/o1}
 * @param postings their sum is zero in each currency
 * @param at when it happened
 * @param receivedAt the time of the command
 */
public record PostOrder(
        OrderId orderId, String kind, String source, List<Posting> postings, Instant at, Instant receivedAt) {
    public PostOrder {
        postings = List.copyOf(postings);
    }
}
