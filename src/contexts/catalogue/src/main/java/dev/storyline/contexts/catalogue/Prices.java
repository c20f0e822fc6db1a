package dev.storyline.contexts.catalogue;

import dev.storyline.kernel.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a product costs, and since when or from when on. Slices that fold prices agree by it what a product costs at an
 * instant.
 *
 * @param steps at least one, the earliest first, no two of one instant; the first one also counts before it begins
 */
public record Prices(List<PlannedPrice> steps) {
    public Prices {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("A product has a price");
        }
    }

    /** One price, for ever. */
    public static Prices of(Money first) {
        return new Prices(List.of(new PlannedPrice(first, Instant.EPOCH)));
    }

    /** The price at an instant: of the prices that have begun, the one that began last. */
    public Money at(Instant instant) {
        Money price = steps.getFirst().price();
        for (PlannedPrice step : steps) {
            if (!step.from().isAfter(instant)) {
                price = step.price();
            }
        }
        return price;
    }

    /** The prices that begin later than an instant, the earliest first. */
    public List<PlannedPrice> after(Instant instant) {
        return steps.stream().filter(step -> step.from().isAfter(instant)).toList();
    }

    /** The same prices with another one. Of two prices of one instant the later word counts. */
    public Prices with(PlannedPrice step) {
        List<PlannedPrice> all = new ArrayList<>(steps);
        all.removeIf(other -> other.from().equals(step.from()));
        all.add(step);
        all.sort(Comparator.comparing(PlannedPrice::from));
        return new Prices(all);
    }

    /** The same prices without those that are over at an instant, so that what is kept stays small. */
    public Prices since(Instant instant) {
        int first = 0;
        for (int i = 1; i < steps.size(); i++) {
            if (!steps.get(i).from().isAfter(instant)) {
                first = i;
            }
        }
        return new Prices(steps.subList(first, steps.size()));
    }
}
