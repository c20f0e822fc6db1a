package dev.storyline.contracts;

/** Contracts cannot be made or read; the message is one sentence for the person at the keyboard. */
public final class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractException(String message) {
        super(message);
    }

    ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}
