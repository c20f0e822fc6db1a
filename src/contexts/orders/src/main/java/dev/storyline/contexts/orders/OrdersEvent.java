package dev.storyline.contexts.orders;

/** Everything that is recorded about orders. */
public sealed interface OrdersEvent permits OfferEvent, OrderEvent, PaymentEvent {}
