package dev.storyline.modeler.scaffold;

/** A name, a pattern or a route cannot be used. The message is one sentence that says why. Nothing was written. */
public final class ScaffoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScaffoldException(String message) {
        super(message);
    }
}
