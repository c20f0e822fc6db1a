package dev.storyline.fieldops.resolvedoublebookings;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.edge.Edge;
import dev.storyline.edge.FeedEndpoint;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The feed of resolve-double-bookings. */
@Singleton
public class ResolveDoubleBookingsFunction {
    private final FeedEndpoint feed;

    public ResolveDoubleBookingsFunction(Edge edge) {
        feed = FeedEndpoint.of(edge, FieldOps.LANGUAGE, new ResolveDoubleBookings());
    }

    @Funq("resolve-double-bookings-feed")
    public PartialBatchResponse feed(JsonNode batch) {
        return feed.handle(batch);
    }

    @Funq("resolve-double-bookings-upkeep")
    public JsonNode upkeep(JsonNode request) {
        return feed.upkeep(request);
    }
}
