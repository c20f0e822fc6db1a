package dev.storyline.model;

import java.util.List;
import java.util.stream.Collectors;

/** A model cannot be read; the message has one line for each trouble, with its place. */
public final class ModelTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Trouble> troubles;

    public ModelTrouble(List<Trouble> troubles) {
        super(troubles.stream().map(Trouble::toString).collect(Collectors.joining("\n")));
        this.troubles = List.copyOf(troubles);
    }

    public ModelTrouble(Place place, String sentence) {
        this(List.of(new Trouble(place, sentence)));
    }

    /** What is wrong, in the order of the places. */
    public List<Trouble> troubles() {
        return troubles;
    }
}
