package dev.storyline.accounting.recordpayment;

import dev.storyline.kernel.CommandContext;
import dev.storyline.kernel.Currencies;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Gatekeeper;
import dev.storyline.kernel.Money;
import dev.storyline.kernel.Rule;

/** Refuses what is no payment: amounts that cannot be paid, and references that name nothing. */
final class RecordPaymentGatekeeper implements Gatekeeper<RecordPaymentRequest, RecordPayment> {
    static final int LONGEST_REFERENCE = 100;

    static final Rule REFERENCE_MISSING = Rule.forbids("reference-missing", "A payment has a reference.");
    static final Rule REFERENCE_TOO_LONG =
            Rule.forbids("reference-too-long", "A reference has at most 100 characters.");
    static final Rule UNKNOWN_CURRENCY = Rule.forbids(
            "unknown-currency", "The currency must be one that a country uses today, by its ISO 4217 code like EUR.");
    static final Rule AMOUNT_NOT_POSITIVE = Rule.forbids("amount-not-positive", "A payment is more than 0.");
    static final Rule AMOUNT_NOT_PAYABLE =
            Rule.forbids("amount-not-payable", "A payment has no more digits after the point than its currency.");

    @Override
    public Gate<RecordPayment> gate(RecordPaymentRequest request, CommandContext occasion) {
        String reference = request.reference();
        Money amount = request.amount();
        if (reference.isBlank()) {
            return Gate.closed(REFERENCE_MISSING);
        }
        if (reference.codePointCount(0, reference.length()) > LONGEST_REFERENCE) {
            return Gate.closed(REFERENCE_TOO_LONG);
        }
        if (!Currencies.isInUse(amount.currency())) {
            return Gate.closed(UNKNOWN_CURRENCY);
        }
        if (amount.signum() <= 0) {
            return Gate.closed(AMOUNT_NOT_POSITIVE);
        }
        if (!amount.isPayable()) {
            return Gate.closed(AMOUNT_NOT_PAYABLE);
        }
        return Gate.open(new RecordPayment(reference, request.customerId(), amount, request.of(), occasion.at()));
    }
}
