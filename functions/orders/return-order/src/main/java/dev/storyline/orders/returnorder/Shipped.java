package dev.storyline.orders.returnorder;

import dev.storyline.contexts.orders.ChargedLine;
import dev.storyline.contexts.orders.PricedLine;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;

/**
 * A line of a shipped order, and how much of it came back.
 *
 * @param line the line
 * @param back the pieces that came back
 */
record Shipped(ChargedLine line, long back) {
    long left() {
        return line.quantity() - back;
    }

    Shipped with(long more) {
        return new Shipped(line, back + more);
    }

    /**
     * What so many pieces more are worth: the share of all pieces that came back, without the share of those before. So
     * the amounts of all returns of a line add up to the line, however it comes back.
     */
    PricedLine returned(long pieces) {
        Money net = share(line.net(), back + pieces).minus(share(line.net(), back));
        Money tax = share(line.tax(), back + pieces).minus(share(line.tax(), back));
        return new PricedLine(line.productId(), pieces, net, tax, net.plus(tax));
    }

    private Money share(Money of, long pieces) {
        return new Money(
                of.amount()
                        .multiply(BigDecimal.valueOf(pieces))
                        .divide(BigDecimal.valueOf(line.quantity()), Money.digits(of.currency()), Money.ROUNDING),
                of.currency());
    }
}
