package dev.storyline.model;

import java.util.List;

/**
 * The gatekeeper of a command slice: checks a request before the command handler decides.
 *
 * @param reads the views that it queries, and the events of other streams of the context that it folds
 * @param rules the rules by which it refuses
 * @param about its description
 * @param place its location in the file
 */
public record Gatekeeper(List<Ref> reads, List<BusinessRule> rules, String about, SourceLocation place) {
    public Gatekeeper {
        reads = List.copyOf(reads);
        rules = List.copyOf(rules);
    }
}
