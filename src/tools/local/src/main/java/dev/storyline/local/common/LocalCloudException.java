package dev.storyline.local.common;

/** The local cloud cannot start or go on. The message is for its user: what happened, where, and what to do. */
public final class LocalCloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalCloudException(String message) {
        super(message);
    }

    public LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
