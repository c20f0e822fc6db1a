package dev.storyline.cli.demo;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that happens in a demo. It follows from the scenario alone.
 *
 * @param chains what happens to each thing; chains run side by side
 */
record Plan(List<Chain> chains) {
    Plan {
        chains = List.copyOf(chains);
    }

    static Plan of(Scenario scenario) {
        OrderPlan orders = new OrderPlan(scenario);
        List<OrderPlan.Order> ordered = orders.orders();
        List<Chain> chains = new ArrayList<>();
        if (scenario.sizes().orders() > 0) {
            chains.addAll(new ShopPlan(scenario).chains(ShopPlan.sum(ordered)));
        }
        ordered.forEach(order -> chains.add(orders.chain(order)));
        chains.addAll(new JobPlan(scenario).chains());
        chains.addAll(new WishPlan(scenario).chains());
        return new Plan(chains);
    }

    /** The number of steps in the first days. */
    int steps(int days) {
        return chains.stream().mapToInt(chain -> chain.steps(days)).sum();
    }
}
