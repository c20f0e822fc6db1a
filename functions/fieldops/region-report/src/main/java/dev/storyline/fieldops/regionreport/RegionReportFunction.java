package dev.storyline.fieldops.regionreport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedDoor;
import dev.storyline.edge.FeedReply;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.QueryDoor;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed and the query of region-report. */
@Singleton
public class RegionReportFunction {
    private final FeedDoor feed;
    private final QueryDoor<RegionReportQuery> query;

    public RegionReportFunction(Edge edge) {
        var projection = new RegionReportProjection();
        feed = FeedDoor.of(edge, FieldOps.LANGUAGE, projection);
        query = QueryDoor.of(
                edge, RegionReportQuery.class, edge.view("VIEW_TABLE", projection.name()), RegionReportQuery::answer);
    }

    @Funq("region-report-feed")
    public FeedReply feed(JsonNode batch) {
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
