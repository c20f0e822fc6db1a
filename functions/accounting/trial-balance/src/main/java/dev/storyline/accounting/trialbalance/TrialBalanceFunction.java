package dev.storyline.accounting.trialbalance;

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

/** The feed and the query of trial-balance. */
@Singleton
public class TrialBalanceFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<TrialBalanceQuery> query;

    public TrialBalanceFunction(Edge edge) {
        var projection = new TrialBalanceProjection();
        feed = FeedEndpoint.of(edge, Accounting.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge, TrialBalanceQuery.class, edge.view("VIEW_TABLE", projection.name()), TrialBalanceQuery::answer);
    }

    @Funq("trial-balance-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("trial-balance-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("trial-balance")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
