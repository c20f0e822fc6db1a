package dev.storyline.accounting.customerbalance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.accounting.Accounting;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of customer-balance. */
@Singleton
public class CustomerBalanceFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<CustomerBalanceQuery> query;

    public CustomerBalanceFunction(Edge edge) {
        var projection = new CustomerBalanceProjection();
        feed = FeedEndpoint.of(edge, Accounting.LANGUAGE, projection);
        query = QueryEndpoint.of(
                        edge,
                        CustomerBalanceQuery.class,
                        edge.view("VIEW_TABLE", projection.name()),
                        CustomerBalanceQuery::answer)
                .own(CustomerBalanceQuery::owner, "bookkeeper");
    }

    @Funq("customer-balance-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("customer-balance-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("customer-balance")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
