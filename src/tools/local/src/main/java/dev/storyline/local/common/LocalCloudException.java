package dev.storyline.local.common;

/** The local cloud cannot start or go on; the message is one sentence for the person at the keyboard. */
public final class LocalCloudException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalCloudException(String message) {
        super(message);
    }

    public LocalCloudException(String message, Throwable cause) {
        super(message, cause);
    }
}
