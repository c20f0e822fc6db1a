package dev.storyline.contexts.accounting;

import dev.storyline.kernel.Id;

/** Names a ledger. There is one. */
public record LedgerId(String value) implements Id {
    public LedgerId {
        Id.check(value);
    }
}
