package dev.storyline.modeler.scaffold;

/**
 * Reports that a name, a pattern or a route cannot be used. The message is one sentence with the reason. No file was
 * written.
 */
public final class ScaffoldException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ScaffoldException(String message) {
        super(message);
    }
}
