package dev.storyline.contexts.orders;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.StreamId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The context of orders. */
public final class Orders {
    /** The events of the context. */
    public static final Language LANGUAGE = Language.of("orders", Set.of(OrdersEvent.class), List.of());

    private Orders() {}

    /** The stream of one product, {@code product#chair}. */
    public static StreamId stream(ProductId product) {
        return StreamId.of("product", product);
    }

    /** The stream of one order, {@code order#o1}. */
    public static StreamId stream(OrderId order) {
        return StreamId.of("order", order);
    }

    /** The stream of one payment, {@code payment#pay-1}. */
    public static StreamId stream(PaymentReference payment) {
        return StreamId.of("payment", payment);
    }

    /** The id of a new order: the same for every retry of a request, and another one for another customer. */
    public static OrderId newOrder(CustomerId customer, String key) {
        String seed = customer.value() + "@" + key;
        return new OrderId(
                UUID.nameUUIDFromBytes(seed.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /**
     * The customer who asks, and for whom no other orders exist than their own; null for those who may ask about any
     * order.
     */
    public static @Nullable String asking(CommandContext context) {
        boolean customer = context.scopes().contains("orders/customer")
                && !context.scopes().contains("orders/warehouse");
        return customer ? context.actor() : null;
    }

    /** Whether an order of this customer exists for whoever asks, by {@link #asking}. */
    public static boolean isVisible(@Nullable CustomerId customer, @Nullable String asking) {
        return customer != null && (asking == null || asking.equals(customer.value()));
    }

    /** Names the refund of what was paid for a cancelled order. */
    public static String refund(PaymentReference payment) {
        return payment.value() + "-refund";
    }

    /** Names the refund of a return of an order that was paid. */
    public static String refund(PaymentReference payment, int returnId) {
        return payment.value() + "-return-" + returnId;
    }

    /** A time as a text that sorts in the order of time: seconds, then nanoseconds. */
    public static String sortable(Instant at) {
        return String.format(
                Locale.ROOT, "%020d.%09d", at.getEpochSecond() - Instant.MIN.getEpochSecond(), at.getNano());
    }

    /** A time as a text that sorts the latest first. */
    public static String latestFirst(Instant at) {
        return String.format(
                Locale.ROOT,
                "%020d.%09d",
                Instant.MAX.getEpochSecond() - at.getEpochSecond(),
                999_999_999 - at.getNano());
    }
}
