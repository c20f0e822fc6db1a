package dev.storyline.fieldops.billcompletedjobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of bill-completed-jobs. */
@Singleton
public class BillCompletedJobsFunction {
    private final FeedEndpoint feed;

    public BillCompletedJobsFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, new BillCompletedJobs());
    }

    @Funq("bill-completed-jobs-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("bill-completed-jobs-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
