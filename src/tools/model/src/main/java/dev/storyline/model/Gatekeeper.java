package dev.storyline.model;

import java.util.List;

/**
 * What stands in front of a command handler at the context's edge.
 *
 * @param reads the views that it asks, and the events of other streams of the context that it folds
 * @param rules what it refuses by
 * @param about what it does
 * @param place where it stands
 */
public record Gatekeeper(List<Ref> reads, List<BusinessRule> rules, String about, SourceLocation place) {
    public Gatekeeper {
        reads = List.copyOf(reads);
        rules = List.copyOf(rules);
    }
}
