package dev.storyline.cli.common;

/** A command could not do what it was asked to do. The message says what happened, where, and what to do. */
public final class CouldNot extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CouldNot(String message) {
        super(message);
    }

    public CouldNot(String message, Throwable cause) {
        super(message, cause);
    }
}
