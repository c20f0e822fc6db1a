package dev.storyline.contracts;

/** Contracts cannot be generated or read. The message is one sentence for the user. */
public final class ContractException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ContractException(String message) {
        super(message);
    }

    ContractException(String message, Throwable cause) {
        super(message, cause);
    }
}
