package dev.storyline.common;

/**
 * Something that a function needs is not configured: the address of another system, or another setting of its template.
 * Waiting does not help. An operator configures it and redrives what is parked.
 */
public final class NotConfigured extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    public NotConfigured(String message) {
        super(message);
    }
}
