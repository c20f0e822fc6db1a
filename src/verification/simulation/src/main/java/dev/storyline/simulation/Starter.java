package dev.storyline.simulation;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.lambda.SliceLoader;

/** Starts a function with a cold start. */
@FunctionalInterface
public interface Starter {
    /** Starts the function with this edge. */
    SliceLoader.Function start(Deployment.FunctionSpec function, Edge edge);
}
