package dev.storyline.contexts.orders;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Instant;

/** What the catalogue has told of one product, in the stream of that product. */
public sealed interface OfferEvent extends OrdersEvent {
    /** The product. */
    ProductId productId();

    /**
     * The product may be bought.
     *
     * @param price of one piece, without tax, from {@code at} on
     * @param taxRate the tax as a fraction of the net amount, 0 to 1
     * @param at when the catalogue said so
     */
    @EventType("OfferRecorded")
    record OfferRecorded(ProductId productId, String name, BigDecimal taxRate, Money price, Instant at)
            implements OfferEvent {}

    /**
     * The product has another price from an instant on. It may be recorded before the offer.
     *
     * @param price of one piece, without tax
     * @param from when the price begins
     * @param at when the catalogue said so
     */
    @EventType("PriceRecorded")
    record PriceRecorded(ProductId productId, Money price, Instant from, Instant at) implements OfferEvent {}

    /**
     * The product may be bought no more, unless it is offered later.
     *
     * @param at when the catalogue said so
     */
    @EventType("RetirementRecorded")
    record RetirementRecorded(ProductId productId, Instant at) implements OfferEvent {}
}
