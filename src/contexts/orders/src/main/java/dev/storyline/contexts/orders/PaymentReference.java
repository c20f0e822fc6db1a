package dev.storyline.contexts.orders;

import dev.storyline.kernel.Id;

/** Names a payment, as whoever took the money does. */
public record PaymentReference(String value) implements Id {
    public PaymentReference {
        Id.check(value);
    }
}
