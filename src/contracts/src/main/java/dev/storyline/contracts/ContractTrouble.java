package dev.storyline.contracts;

/** Contracts cannot be made or read; the message is one sentence for the person at the keyboard. */
public final class ContractTrouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractTrouble(String message) {
        super(message);
    }

    ContractTrouble(String message, Throwable cause) {
        super(message, cause);
    }
}
