package dev.storyline.orders.order;

import dev.storyline.contexts.orders.Address;
import dev.storyline.contexts.orders.ChargedLine;
import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.MissingProduct;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderId;
import dev.storyline.contexts.orders.OrderProgress;
import dev.storyline.contexts.orders.OrderedProduct;
import dev.storyline.contexts.orders.PaymentReference;
import dev.storyline.contexts.orders.PricedLine;
import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One order, and how far it has come.
 *
 * @param orderId the order
 * @param customerId whose it is
 * @param state {@code placed}, {@code reserved}, {@code paid}, {@code shipped}, {@code returned} if everything came back,
 *     {@code cancelled}, or {@code refunded} if it was cancelled and the money went back
 * @param reserved whether its stock is or was set aside
 * @param paid whether money came in for it
 * @param lines one for each product
 * @param net the sum of the net amounts of the lines
 * @param tax the sum of the taxes of the lines
 * @param gross what is to be paid
 * @param deliveryAddress where it goes
 * @param placedAt when it was placed
 * @param payBy until when it is to be paid
 * @param reference the payment; null before it was paid
 * @param carrier the carrier; null before it was shipped
 * @param tracking its number at the carrier; null before it was shipped
 * @param reason why it was cancelled; null if it was not
 * @param missing the products of which less was available than it wanted
 * @param returned what came back, one for each product
 * @param refunded what went back to the customer
 */
public record Order(
        OrderId orderId,
        CustomerId customerId,
        String state,
        boolean reserved,
        boolean paid,
        List<ChargedLine> lines,
        Money net,
        Money tax,
        Money gross,
        Address deliveryAddress,
        Instant placedAt,
        Instant payBy,
        @Nullable PaymentReference reference,
        @Nullable String carrier,
        @Nullable String tracking,
        @Nullable String reason,
        List<MissingProduct> missing,
        List<OrderedProduct> returned,
        Money refunded) {
    static Order of(OrderCreated created, Instant at) {
        return new Order(
                created.orderId(),
                created.customerId(),
                "placed",
                false,
                false,
                created.lines(),
                created.net(),
                created.tax(),
                created.gross(),
                created.deliveryAddress(),
                at,
                created.payBy(),
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                Money.zero(created.gross().currency()));
    }

    private Order with(Detail detail) {
        return new Order(
                orderId,
                customerId,
                state,
                reserved,
                paid,
                lines,
                net,
                tax,
                gross,
                deliveryAddress,
                placedAt,
                payBy,
                detail.reference(),
                detail.carrier(),
                detail.tracking(),
                detail.reason(),
                detail.missing(),
                detail.returned(),
                detail.refunded());
    }

    /** What becomes of an order, one after the other. */
    private record Detail(
            @Nullable PaymentReference reference,
            @Nullable String carrier,
            @Nullable String tracking,
            @Nullable String reason,
            List<MissingProduct> missing,
            List<OrderedProduct> returned,
            Money refunded) {}

    Order as(OrderProgress progress) {
        return new Order(
                orderId,
                customerId,
                progress.state(),
                progress.reserved(),
                progress.paid(),
                lines,
                net,
                tax,
                gross,
                deliveryAddress,
                placedAt,
                payBy,
                reference,
                carrier,
                tracking,
                reason,
                missing,
                returned,
                refunded);
    }

    Order paidBy(PaymentReference payment) {
        return with(new Detail(payment, carrier, tracking, reason, missing, returned, refunded));
    }

    Order missing(List<MissingProduct> what) {
        return with(new Detail(reference, carrier, tracking, reason, what, returned, refunded));
    }

    Order cancelled(String why) {
        return with(new Detail(reference, carrier, tracking, why, missing, returned, refunded));
    }

    Order shipped(String by, String number) {
        return with(new Detail(reference, by, number, reason, missing, returned, refunded));
    }

    Order returned(List<PricedLine> back) {
        List<OrderedProduct> all = OrderedProduct.oneEach(Stream.concat(
                        returned.stream(),
                        back.stream().map(line -> new OrderedProduct(line.productId(), line.quantity())))
                .toList());
        return with(new Detail(reference, carrier, tracking, reason, missing, all, refunded));
    }

    Order refunded(Money amount) {
        return with(new Detail(reference, carrier, tracking, reason, missing, returned, refunded.plus(amount)));
    }
}
