package dev.storyline.fieldops.regionreport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.PartialBatchResponse;
import dev.storyline.edge.QueryEndpoint;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of region-report. */
@Singleton
public class RegionReportFunction {
    private final FeedEndpoint feed;
    private final QueryEndpoint<RegionReportQuery> query;

    public RegionReportFunction(Edge edge) {
        var projection = new RegionReportProjection();
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryEndpoint.of(
                edge,
                RegionReportQuery.class,
                edge.view("VIEW_TABLE", projection.name()),
                (q, view) -> q.answer(view, edge.clock()));
    }

    @Funq("region-report-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("region-report-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }

    @Funq("region-report")
    public HttpReply query(HttpEvent event) {
        return query.handle(event);
    }
}
