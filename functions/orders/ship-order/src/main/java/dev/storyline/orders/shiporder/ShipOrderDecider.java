package dev.storyline.orders.shiporder;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;
import static dev.storyline.kernel.Decision.reject;

import dev.storyline.contexts.orders.ChargedLine;
import dev.storyline.contexts.orders.OrderEvent;
import dev.storyline.contexts.orders.OrderEvent.GoodsLeft;
import dev.storyline.contexts.orders.OrderEvent.OrderCancelled;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderEvent.OrderNotReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderPaid;
import dev.storyline.contexts.orders.OrderEvent.OrderRefunded;
import dev.storyline.contexts.orders.OrderEvent.OrderReserved;
import dev.storyline.contexts.orders.OrderEvent.OrderReturned;
import dev.storyline.contexts.orders.OrderEvent.OrderShipped;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ships an order that is paid and has its stock. */
final class ShipOrderDecider implements Decider<ShipOrder, ShipOrderDecider.State, OrderEvent> {
    static final int LONGEST_TEXT = 100;

    static final Rule ORDER_NOT_FOUND = Rule.unknown("order-not-found", "There is no order with this number.");
    static final Rule LABEL_INCOMPLETE =
            Rule.forbids("label-incomplete", "A shipment has a carrier and a tracking number.");
    static final Rule LABEL_TOO_LONG =
            Rule.forbids("label-too-long", "Carrier and tracking number have at most 100 characters each.");
    static final Rule ORDER_CANCELLED = Rule.forbids("order-cancelled", "The order was cancelled.");
    static final Rule ALREADY_SHIPPED = Rule.forbids("already-shipped", "The order was shipped in another way.");
    static final Rule NOT_PAID = Rule.forbids("not-paid", "The order is not paid.");
    static final Rule NOT_RESERVED = Rule.forbids("not-reserved", "The stock of the order is not set aside.");

    /**
     * An order.
     *
     * @param created null before it was placed
     * @param shipped null before it was shipped
     */
    record State(
            @Nullable OrderCreated created,
            boolean reserved,
            boolean paid,
            boolean cancelled,
            @Nullable OrderShipped shipped) {}

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, false, false, false, null);
    }

    @Override
    public State evolve(State state, OrderEvent event) {
        return switch (event) {
            case OrderCreated created -> new State(created, false, false, false, null);
            case OrderReserved _ -> new State(state.created(), true, state.paid(), state.cancelled(), state.shipped());
            case OrderPaid _ -> new State(state.created(), state.reserved(), true, state.cancelled(), state.shipped());
            case OrderCancelled _ -> new State(state.created(), state.reserved(), state.paid(), true, state.shipped());
            case OrderShipped shipped ->
                new State(state.created(), state.reserved(), state.paid(), state.cancelled(), shipped);
            case OrderNotReserved _, GoodsLeft _, OrderReturned _, OrderRefunded _ -> state;
        };
    }

    @Override
    public Decision<OrderEvent> decide(ShipOrder command, State state) {
        OrderCreated created = state.created();
        if (created == null) {
            return reject(ORDER_NOT_FOUND);
        }
        List<String> texts = List.of(command.carrier(), command.tracking());
        if (texts.stream().anyMatch(String::isBlank)) {
            return reject(LABEL_INCOMPLETE);
        }
        if (texts.stream().anyMatch(text -> text.codePointCount(0, text.length()) > LONGEST_TEXT)) {
            return reject(LABEL_TOO_LONG);
        }
        OrderShipped shipment = new OrderShipped(
                command.orderId(),
                command.carrier(),
                command.tracking(),
                created.lines().stream().map(ChargedLine::priced).toList(),
                created.net(),
                created.tax(),
                created.gross());
        if (state.shipped() != null) {
            return shipment.equals(state.shipped()) ? nothing() : reject(ALREADY_SHIPPED);
        }
        Rule broken = broken(state);
        return broken == null ? accept(shipment) : reject(broken);
    }

    private static @Nullable Rule broken(State state) {
        if (state.cancelled()) {
            return ORDER_CANCELLED;
        }
        if (!state.paid()) {
            return NOT_PAID;
        }
        return state.reserved() ? null : NOT_RESERVED;
    }
}
