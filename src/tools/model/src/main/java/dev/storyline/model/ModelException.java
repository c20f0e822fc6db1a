package dev.storyline.model;

import java.util.List;
import java.util.stream.Collectors;

/** A model cannot be read. The message has one line for each problem, with its location. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Diagnostic> troubles;

    public ModelException(List<Diagnostic> troubles) {
        super(troubles.stream().map(Diagnostic::toString).collect(Collectors.joining("\n")));
        this.troubles = List.copyOf(troubles);
    }

    public ModelException(SourceLocation place, String sentence) {
        this(List.of(new Diagnostic(place, sentence)));
    }

    /** Returns the problems in the order of their locations. */
    public List<Diagnostic> troubles() {
        return troubles;
    }
}
