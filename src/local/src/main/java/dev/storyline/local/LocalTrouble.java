package dev.storyline.local;

/** The local cloud cannot start or go on; the message is one sentence for the person at the keyboard. */
public final class LocalTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LocalTrouble(String message) {
        super(message);
    }

    public LocalTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
