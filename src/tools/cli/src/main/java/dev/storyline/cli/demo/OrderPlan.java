package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What customers order, whether they pay, and what becomes of it. */
final class OrderPlan {
    /** The stories of orders, with how many of a hundred go so. */
    enum Story {
        DELIVERED("paid and delivered", 50),
        PAID_AT_ONCE("paid before it was reserved", 9),
        RETURNED("delivered and returned", 6),
        PARTLY_RETURNED("delivered and partly returned", 4),
        CANCELLED("cancelled", 7),
        CANCELLED_PAID("paid and cancelled", 4),
        OUT_OF_STOCK("out of stock", 5),
        OUT_OF_STOCK_PAID("paid and out of stock", 3),
        NEVER_PAID("never paid", 4),
        PAID_LATE("paid too late", 4),
        WAITING("paid, and waits for its carrier", 4);

        private final String words;
        private final int share;

        Story(String words, int share) {
            this.words = words;
            this.share = share;
        }

        String words() {
            return words;
        }

        boolean isOutOfStock() {
            return this == OUT_OF_STOCK || this == OUT_OF_STOCK_PAID;
        }
    }

    /** A quantity of one product. */
    record Line(Goods goods, int quantity) {}

    /** One order. */
    record Order(int number, Story story, int day, String customer, List<Line> lines) {
        Order {
            lines = List.copyOf(lines);
        }
    }

    private static final List<String> NAMES = List.of(
            "ada", "ben", "carla", "dimitri", "elina", "farid", "greta", "hugo", "ines", "jukka", "karin", "leo", "mei",
            "nils", "olga", "pavel", "quentin", "rosa", "sofia", "tomas", "ulla", "victor", "wanda", "yusuf", "zoe");
    private static final List<String> CITIES = List.of("Helsinki", "Vienna", "Munich", "Turku", "Graz", "Leeds");
    private static final List<String> COUNTRIES = List.of("FI", "AT", "DE", "FI", "AT", "GB");
    private static final int ORDERS_OF_A_CUSTOMER = 4;

    /** One in so many customers looks for a product first; the others know what they want. */
    private static final int SEARCHES = 4;

    private static final int MOST_LINES = 3;
    private static final int MOST_PIECES = 3;
    private static final int PERCENT = 100;

    /** Whoever has not heard of a product or its price yet hears of it soon. */
    private static final String[] NOT_HEARD_YET = {"unknown-product", "price-not-offered"};

    private static final String STATE = "/state";

    private final Scenario scenario;

    OrderPlan(Scenario scenario) {
        this.scenario = scenario;
    }

    /** All orders; none where a context is missing that they need. */
    List<Order> orders() {
        List<Order> orders = new ArrayList<>();
        if (scenario.running().has("catalogue", "inventory", "orders")) {
            for (int number = 1; number <= scenario.sizes().orders(); number++) {
                orders.add(order(number));
            }
        }
        return orders;
    }

    private Order order(int number) {
        RandomGenerator random = scenario.random("order", number);
        Story story = story(number, random);
        List<Line> lines = new ArrayList<>();
        if (story.isOutOfStock()) {
            lines.add(new Line(Goods.SCARCE, Goods.SCARCE_WANTED + random.nextInt(MOST_PIECES)));
        } else {
            Set<Goods> chosen = new LinkedHashSet<>();
            int most = story == Story.PARTLY_RETURNED ? 2 : 1 + random.nextInt(MOST_LINES);
            while (chosen.size() < most) {
                chosen.add(Goods.PLENTY.get(random.nextInt(Goods.PLENTY.size())));
            }
            chosen.forEach(goods -> lines.add(new Line(goods, 1 + random.nextInt(MOST_PIECES))));
        }
        int person = (number - 1) / ORDERS_OF_A_CUSTOMER;
        String customer = NAMES.get(person % NAMES.size()) + "-" + (1 + person / NAMES.size()) + "-" + scenario.tag();
        return new Order(number, story, day(story, random), customer, lines);
    }

    /** The first orders tell each story once, so that a small demo has them all. */
    private static Story story(int number, RandomGenerator random) {
        Story[] all = Story.values();
        if (number <= all.length) {
            return all[number - 1];
        }
        int ticket = random.nextInt(PERCENT);
        for (Story story : all) {
            ticket -= story.share;
            if (ticket < 0) {
                return story;
            }
        }
        return Story.DELIVERED;
    }

    private static int day(Story story, RandomGenerator random) {
        return switch (story) {
            case RETURNED, PARTLY_RETURNED -> 1 + random.nextInt(Scenario.DAYS - 2);
            case NEVER_PAID, PAID_LATE -> 1 + random.nextInt(Scenario.DAYS - 1);
            case WAITING -> Scenario.DAYS;
            case DELIVERED, PAID_AT_ONCE, CANCELLED, CANCELLED_PAID, OUT_OF_STOCK, OUT_OF_STOCK_PAID ->
                1 + random.nextInt(Scenario.DAYS);
        };
    }

    /** What happens to an order. */
    Chain chain(Order order) {
        Chain chain =
                Chain.of("orders/" + order.number(), order.story().words()).charging(order.customer());
        int day = order.day();
        return switch (order.story()) {
            case DELIVERED ->
                chain.on(day, begun(order, reserved(order), paid(order), shipped(order), end(order, "shipped")));
            case PAID_AT_ONCE ->
                chain.on(day, begun(order, anyState(order), paid(order), shipped(order), end(order, "shipped")));
            case RETURNED ->
                chain.on(day, begun(order, reserved(order), paid(order), shipped(order), end(order, "shipped")))
                        .on(day + 1, returned(order, order.lines()), repaid(), end(order, "returned"));
            case PARTLY_RETURNED ->
                chain.on(day, begun(order, reserved(order), paid(order), shipped(order), end(order, "shipped")))
                        .on(day + 2, returned(order, order.lines().subList(0, 1)), repaid(), end(order, "shipped"));
            case CANCELLED -> chain.on(day, begun(order, reserved(order), cancelled(), end(order, "cancelled")));
            case CANCELLED_PAID ->
                chain.on(
                        day, begun(order, reserved(order), paid(order), cancelled(), refunded(end(order, "refunded"))));
            case OUT_OF_STOCK -> chain.on(day, begun(order, end(order, "cancelled")));
            case OUT_OF_STOCK_PAID ->
                chain.on(day, begun(order, anyState(order), paid(order), refunded(end(order, "refunded"))));
            case NEVER_PAID ->
                chain.on(day, begun(order, end(order, "reserved"))).on(day + 1, end(order, "cancelled"));
            case PAID_LATE ->
                chain.on(day, begun(order, reserved(order)))
                        .on(day + 1, end(order, "cancelled"), paid(order), refunded(end(order, "refunded")));
            case WAITING -> chain.on(day, begun(order, reserved(order), paid(order), end(order, "paid")));
        };
    }

    private List<Step> begun(Order order, Step... then) {
        List<Step> steps = new ArrayList<>();
        Goods first = order.lines().getFirst().goods();
        if (order.number() % SEARCHES == 0 && scenario.running().serves("GET /catalogue/search")) {
            steps.add(Step.get("/catalogue/search?q=" + first.id().replace('-', '+')));
        }
        steps.add(placed(order));
        steps.addAll(List.of(then));
        return steps;
    }

    private static Step placed(Order order) {
        ArrayNode lines = Json.mapper().createArrayNode();
        for (Line line : order.lines()) {
            lines.add(Step.object(
                    "productId",
                    line.goods().id(),
                    "quantity",
                    line.quantity(),
                    "price",
                    "{" + line.goods().priceName() + "}"));
        }
        int city = order.number() % CITIES.size();
        ObjectNode address = Step.object(
                "name",
                order.customer().substring(0, order.customer().indexOf('-')),
                "street",
                "High Street " + order.number(),
                "city",
                CITIES.get(city),
                "country",
                COUNTRIES.get(city));
        return Step.post("/orders/orders", "customerId", order.customer(), "lines", lines, "deliveryAddress", address)
                .againAfter(NOT_HEARD_YET)
                .keeping("orderId", "/orderId");
    }

    private static Step state(Order order) {
        return Step.get("/orders/orders/{orderId}").keeping("gross", "/gross").ending("orders/" + order.number());
    }

    private static Step anyState(Order order) {
        return state(order).until(STATE, Step.ANY);
    }

    private static Step reserved(Order order) {
        return state(order).until(STATE, "reserved");
    }

    private static Step end(Order order, String... states) {
        return state(order).until(STATE, states);
    }

    private static Step paid(Order order) {
        return Step.post(
                        "/orders/orders/{orderId}/pay",
                        "reference",
                        "transfer-" + order.number() + "-" + order.customer(),
                        "amount",
                        "{gross}")
                .booking("payments", "gross");
    }

    private static Step cancelled() {
        return Step.post("/orders/orders/{orderId}/cancel", "reason", "Changed my mind");
    }

    private static Step refunded(Step end) {
        return end.booking("refunds", "gross");
    }

    private static Step repaid() {
        return Step.get("/orders/orders/{orderId}").until("/refunded/amount", ">0");
    }

    private static Step shipped(Order order) {
        return Step.post(
                        "/orders/orders/{orderId}/ship",
                        "carrier",
                        "Post",
                        "tracking",
                        "P" + order.number() + "-" + order.customer())
                .againAfter("not-reserved", "not-paid")
                .booking("charges", "gross");
    }

    private static Step returned(Order order, List<Line> lines) {
        ArrayNode back = Json.mapper().createArrayNode();
        lines.forEach(line -> back.add(Step.object("productId", line.goods().id(), "quantity", line.quantity())));
        Step step = lines.size() == order.lines().size()
                ? Step.post("/orders/orders/{orderId}/return", "reason", "Too large")
                : Step.post("/orders/orders/{orderId}/return", "lines", back, "reason", "One too many");
        // The warehouse takes back what it knows to have left.
        return step.againAfter("not-shipped")
                .keeping("returned", "/events/0/data/gross")
                .booking("-charges", "returned")
                .booking("refunds", "returned");
    }
}
