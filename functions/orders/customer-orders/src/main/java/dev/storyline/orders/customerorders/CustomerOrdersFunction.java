package dev.storyline.orders.customerorders;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.orders.Orders;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of customer-orders. */
@Singleton
public class CustomerOrdersFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CustomerOrdersQuery> query;

    public CustomerOrdersFunction(Edge edge) {
        var projection = new CustomerOrdersProjection();
        feed = FeedEndpoint.of(edge, Orders.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        CustomerOrdersQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        CustomerOrdersQuery::answer)
                .own(CustomerOrdersQuery::customerId, "warehouse");
    }

    @Funq("customer-orders-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("customer-orders-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("customer-orders")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
