package dev.storyline.contexts.accounting;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Invariant;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything that the books know of one order. */
public sealed interface OrderEvent extends AccountingEvent {
    /** The order. */
    OrderId orderId();

    /**
     * A customer has placed the order, and is to pay it.
     *
     * @param gross what it costs with tax
     * @param at when it was placed
     */
    @EventType("OrderOpened")
    record OrderOpened(OrderId orderId, CustomerId customerId, Money gross, Instant at) implements OrderEvent {}

    /**
     * An entry about the order was posted.
     *
     * @param kind one of {@link EntryKind}
     * @param postings those of the entry
     */
    @EventType("OrderEntryPosted")
    record OrderEntryPosted(OrderId orderId, EntryId entryId, String kind, List<Posting> postings)
            implements OrderEvent, Invariant {
        public OrderEntryPosted {
            postings = List.copyOf(postings);
        }

        @Override
        public @Nullable String broken() {
            return Postings.broken(postings);
        }
    }

    /** The order was cancelled, so nobody waits for its payment. */
    @EventType("OrderClosed")
    record OrderClosed(OrderId orderId) implements OrderEvent {}
}
