package dev.storyline.deployment;

/** A plan cannot be made; the message is one sentence for the person at the keyboard. */
public final class PlanException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanException(String message) {
        super(message);
    }

    PlanException(String message, Throwable cause) {
        super(message, cause);
    }
}
