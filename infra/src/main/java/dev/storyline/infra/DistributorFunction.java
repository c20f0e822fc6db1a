package dev.storyline.infra;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.CommitDistributor;
import dev.storyline.edge.Edge;
import dev.storyline.edge.PartialBatchResponse;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;

/** The distributor of a context. */
@Singleton
public class DistributorFunction {
    private final CommitDistributor distributor;

    public DistributorFunction(Edge edge) {
        distributor = new CommitDistributor(edge);
    }

    @Funq("distributor")
    public PartialBatchResponse distribute(JsonNode batch) {
        return distributor.handle(batch);
    }
}
