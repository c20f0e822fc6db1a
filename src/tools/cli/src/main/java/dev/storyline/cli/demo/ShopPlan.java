package dev.storyline.cli.demo;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the merchandiser and the warehouse do: products are described and priced, goods come in and are counted. */
final class ShopPlan {
    private static final int SPARE_PIECES = 20;
    private static final int NEW_PRICES = 3;
    private static final int COUNTED = 2;
    private static final int HIGH_LEVEL = 100_000;

    private final Scenario scenario;

    ShopPlan(Scenario scenario) {
        this.scenario = scenario;
    }

    /**
     * The chains of all products.
     *
     * @param wanted how many pieces all orders together want of each product of which there is plenty
     */
    List<Chain> chains(Map<String, Integer> wanted) {
        List<Chain> chains = new ArrayList<>();
        if (scenario.running().has("catalogue")) {
            Goods.PLENTY.forEach(goods -> chains.add(offered(goods)));
            chains.add(offered(Goods.SCARCE));
            chains.add(seasonal());
        }
        if (scenario.running().has("inventory")) {
            Goods.PLENTY.forEach(goods -> chains.add(stocked(goods, wanted.getOrDefault(goods.id(), 0))));
            chains.add(Chain.of("stock/" + Goods.SCARCE.id(), "a rare product comes in")
                    .early(
                            1,
                            Step.post(stock(Goods.SCARCE) + "/receive", "quantity", Goods.SCARCE_PIECES)
                                    .onceForAll()));
        }
        return chains;
    }

    private static Step described(String id, Goods goods) {
        return Step.post(
                "/catalogue/products/" + id + "/describe",
                "name",
                goods.name(),
                "description",
                goods.description(),
                "category",
                goods.category(),
                "language",
                goods.language(),
                "price",
                Step.money(goods.price(), Goods.CURRENCY),
                "taxRate",
                new BigDecimal(goods.taxRate()));
    }

    /** A product is described, which an earlier run may have done, and its price is looked up every morning. */
    private Chain offered(Goods goods) {
        String product = "/catalogue/products/" + goods.id();
        Step look = Step.get(product).until("/price/amount", Step.ANY).keeping(goods.priceName(), "/price");
        Chain chain = Chain.of("products/" + goods.id(), "a product is offered")
                .early(1, described(goods.id(), goods).refusedBy(Step.ANY), look);
        for (int day = 2; day <= Scenario.DAYS; day++) {
            chain = day == NEW_PRICES && !goods.newPrice().isEmpty()
                    ? chain.early(
                            day,
                            Step.post(product + "/price", "price", Step.money(goods.newPrice(), Goods.CURRENCY))
                                    .refusedBy(Step.ANY),
                            look.until("/price/amount", goods.newPrice()))
                    : chain.early(day, look);
        }
        return chain;
    }

    /** A product of this run only is renamed, and taken off the market at the end. */
    private Chain seasonal() {
        String id = "advent-calendar-" + scenario.tag();
        Goods goods = new Goods(
                id, "Advent calendar", "A calendar with twenty-four doors.", "decoration", "en", "14.90", "", "0.255");
        String product = "/catalogue/products/" + id;
        return Chain.of("products/" + id, "a product is taken off the market")
                .early(1, described(id, goods))
                .early(
                        2,
                        Step.post(
                                product + "/rename",
                                "name",
                                "Advent calendar " + scenario.date(1).getYear()))
                .early(Scenario.DAYS, Step.post(product + "/retire"));
    }

    private static String stock(Goods goods) {
        return "/inventory/products/" + goods.id();
    }

    /** Everything that is wanted comes in on the first morning, so that no order depends on when it comes. */
    private Chain stocked(Goods goods, int wanted) {
        int number = Goods.PLENTY.indexOf(goods);
        Chain chain = Chain.of("stock/" + goods.id(), "goods come in and are counted")
                .early(1, Step.post(stock(goods) + "/receive", "quantity", wanted + SPARE_PIECES));
        boolean isCounted = number % COUNTED == 0;
        if (isCounted) {
            chain = chain.early(2, Step.post(stock(goods) + "/adjust", "quantity", -1, "reason", "broken"));
        }
        chain = chain.early(
                3,
                number == 0
                        ? Step.post(stock(goods) + "/reorder-level", "quantity", HIGH_LEVEL)
                        : Step.post(stock(goods) + "/receive", "quantity", 1 + number));
        return isCounted
                ? chain.early(4, Step.post(stock(goods) + "/adjust", "quantity", 2, "reason", "counted"))
                : chain;
    }

    /** Adds up what orders want of each product. */
    static Map<String, Integer> sum(List<OrderPlan.Order> orders) {
        Map<String, Integer> wanted = new HashMap<>();
        orders.forEach(
                order -> order.lines().forEach(line -> wanted.merge(line.goods().id(), line.quantity(), Integer::sum)));
        return wanted;
    }
}
