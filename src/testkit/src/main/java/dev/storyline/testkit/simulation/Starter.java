package dev.storyline.testkit.simulation;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.Slices;

/** Starts a function, as a cold one. */
@FunctionalInterface
public interface Starter {
    /** Starts the function with this edge. */
    Slices.Function start(Deployment.Fn function, Edge edge);
}
