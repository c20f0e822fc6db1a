package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.EventHandler;
import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Id;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Reaction;
import dev.storyline.kernel.Recorded;
import io.quarkus.funqy.Funq;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A slice that has an order cancelled if nobody pays it in time. */
public final class ExpireOrdersFunction {
    private static final Language LANGUAGE = Language.of("orders", Set.of(OrderEvent.class), List.of());

    private final FeedEndpoint feed;

    record OrderId(String value) implements Id {}

    sealed interface OrderEvent {}

    @EventType("OrderPlaced")
    record OrderPlaced(OrderId orderId, Instant payBy) implements OrderEvent {}

    @EventType("OrderPaid")
    record OrderPaid(OrderId orderId) implements OrderEvent {}

    record CancelOrder(OrderId orderId, Instant payBy) {}

    /** The version of the event by which the order was placed. */
    record Placed(long by) {}

    static final class ExpireOrders implements EventHandler<Placed, OrderEvent> {
        @Override
        public String name() {
            return "expire-orders";
        }

        @Override
        public Class<OrderEvent> folds() {
            return OrderEvent.class;
        }

        @Override
        public Placed initialState() {
            return new Placed(0);
        }

        @Override
        public Reaction<Placed> on(Placed placed, Recorded<OrderEvent> event) {
            return switch (event.event()) {
                case OrderPlaced(OrderId order, Instant payBy) ->
                    Reaction.to(
                            new Placed(event.version()),
                            new Effect.DispatchAt(
                                    "cancel", "cancel-order", event.stream(), new CancelOrder(order, payBy), payBy));
                case OrderPaid _ -> Reaction.to(placed, new Effect.TakeBack("cancel", placed.by()));
            };
        }
    }

    public ExpireOrdersFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, LANGUAGE, new ExpireOrders());
    }

    @Funq("expire-orders-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("expire-orders-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
