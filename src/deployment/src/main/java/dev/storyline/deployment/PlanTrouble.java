package dev.storyline.deployment;

/** A plan cannot be made; the message is one sentence for the person at the keyboard. */
public final class PlanTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PlanTrouble(String message) {
        super(message);
    }

    PlanTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
