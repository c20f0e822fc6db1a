package dev.storyline.orders.customerorders;

import dev.storyline.contexts.orders.CustomerId;
import dev.storyline.contexts.orders.OrderEvent;
import dev.storyline.contexts.orders.OrderEvent.OrderCreated;
import dev.storyline.contexts.orders.OrderProgress;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.Step;
import org.jspecify.annotations.Nullable;

/** One row for each order under its customer, in a place that never changes. */
final class CustomerOrdersProjection implements Projection<CustomerOrdersProjection.State, OrderEvent> {
    /**
     * An order.
     *
     * @param customerId whose it is; null before it was placed
     * @param row its row; null before it was placed
     */
    record State(@Nullable CustomerId customerId, @Nullable OrderSummary row, OrderProgress progress) {}

    @Override
    public String name() {
        return "customer-orders";
    }

    @Override
    public Class<OrderEvent> folds() {
        return OrderEvent.class;
    }

    @Override
    public State initialState() {
        return new State(null, null, OrderProgress.NONE);
    }

    @Override
    public Step<State> step(State state, Recorded<OrderEvent> event) {
        OrderProgress progress = state.progress().after(event.event());
        CustomerId customer = state.customerId();
        OrderSummary row = state.row();
        if (event.event() instanceof OrderCreated created) {
            customer = created.customerId();
            row = new OrderSummary(created.orderId(), "", event.at(), progress.pieces(), created.gross());
        }
        if (customer == null || row == null) {
            return Step.to(new State(null, null, progress));
        }
        OrderSummary next =
                new OrderSummary(row.orderId(), progress.state(), row.placedAt(), row.pieces(), row.gross());
        Step<State> step = Step.to(new State(customer, next, progress));
        return next.equals(state.row()) ? step : step.put(next.key(customer), next);
    }
}
