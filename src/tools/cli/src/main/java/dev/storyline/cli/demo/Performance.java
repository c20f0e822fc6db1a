package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.CouldNot;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Performs a plan: many chains side by side, the steps of each in order, day by day. */
final class Performance {
    /** More would wait for each other, and ask the cloud in vain meanwhile. */
    private static final int CHAINS_AT_ONCE = 40;

    /** Questions that come too early are work for the cloud, too. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(700);

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(1_200);

    private final Scenario scenario;
    private final CloudClient client;
    private final DemoProgress progress;
    private final Map<String, JsonNode> shared = new ConcurrentHashMap<>();
    private final Map<String, Memory> memories = new ConcurrentHashMap<>();

    /** What became of each thing, {@code orders/12}. */
    private final Map<String, String> ends = new ConcurrentSkipListMap<>();

    private final Map<String, String> problems = new ConcurrentSkipListMap<>();
    private final Map<Column, BigDecimal> booked = new ConcurrentHashMap<>();

    /** One column of the account of a customer: charges, payments or refunds, in one currency. */
    record Column(String customer, String name, String currency) {}

    /** A step got an answer that nobody expected. */
    private static final class Unexpected extends Exception {
        private static final long serialVersionUID = 1L;

        Unexpected(String message) {
            super(message);
        }
    }

    Performance(Scenario scenario, CloudClient client, DemoProgress progress) {
        this.scenario = scenario;
        this.client = client;
        this.progress = progress;
    }

    /**
     * Performs the first days of a plan.
     *
     * @throws CouldNot if the cloud is gone for too long
     */
    void perform(Plan plan, int days, DemoClock clock) throws InterruptedException {
        for (int day = 1; day <= days; day++) {
            if (day > 1) {
                clock.moveTo(scenario.start(day));
            }
            progress.day(day);
            perform(plan, day, true);
            perform(plan, day, false);
        }
    }

    private void perform(Plan plan, int day, boolean early) throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                CHAINS_AT_ONCE, Thread.ofVirtual().name("chain-", 0).factory())) {
            List<Future<?>> running = plan.chains().stream()
                    .filter(chain ->
                            chain.parts().stream().anyMatch(part -> part.day() == day && part.early() == early))
                    .<Future<?>>map(chain -> threads.submit(() -> {
                        perform(chain, day, early);
                        return null;
                    }))
                    .toList();
            try {
                for (Future<?> one : running) {
                    one.get();
                }
            } catch (ExecutionException e) {
                threads.shutdownNow();
                throw e.getCause() instanceof CouldNot gone
                        ? gone
                        : new IllegalStateException("A chain of the demo broke", e.getCause());
            }
        }
    }

    private void perform(Chain chain, int day, boolean early) throws InterruptedException {
        Memory memory = memories.computeIfAbsent(chain.name(), name -> new Memory(shared));
        int number = 0;
        for (Chain.Part part : chain.parts()) {
            boolean isNow = part.day() == day && part.early() == early;
            for (Step step : part.steps()) {
                number++;
                if (!isNow) {
                    continue;
                }
                if (!problems.containsKey(chain.name())) {
                    String key = step.once()
                            ? "demo" + step.path()
                            : "demo/" + scenario.tag() + "/" + chain.name() + "/" + number;
                    try {
                        perform(chain, memory, step, key);
                    } catch (Unexpected e) {
                        problems.put(chain.name(), "(" + chain.story() + ") " + e.getMessage());
                    }
                }
                progress.done(1);
            }
        }
    }

    private void perform(Chain chain, Memory memory, Step step, String key) throws Unexpected, InterruptedException {
        String path = memory.fill(step.path());
        JsonNode answer =
                step.body() == null ? queried(step, path) : commanded(step, path, memory.fill(step.body()), key);
        for (Map.Entry<String, String> kept : step.keeps().entrySet()) {
            JsonNode value = answer.at(kept.getValue());
            if (value.isMissingNode() || value.isNull()) {
                throw new Unexpected(step.method() + " " + path + " has no " + kept.getValue() + " in its answer");
            }
            memory.keep(kept.getKey(), value);
        }
        if (!step.thing().isEmpty()) {
            ends.put(
                    step.thing(),
                    step.end().isEmpty() ? answer.at(step.pointer()).asText() : step.end());
        }
        step.books().forEach((column, amount) -> book(chain.customer(), column, memory.value(amount)));
    }

    private void book(String customer, String column, JsonNode money) {
        boolean isNegative = column.startsWith("-");
        BigDecimal amount = money.path("amount").decimalValue();
        booked.merge(
                new Column(
                        customer,
                        isNegative ? column.substring(1) : column,
                        money.path("currency").asText()),
                isNegative ? amount.negate() : amount,
                BigDecimal::add);
    }

    /** Asks until the answer is the wanted one. Time in which the cloud was away does not count. */
    private JsonNode queried(Step step, String path) throws Unexpected, InterruptedException {
        long deadline = System.nanoTime() + CloudClient.PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        while (true) {
            CloudClient.Reply reply = client.get(path);
            deadline += reply.away().toNanos();
            if (reply.isGood() && step.isMet(reply.body())) {
                return reply.body();
            }
            if (!reply.isGood() && reply.status() != 404) {
                throw new Unexpected("GET " + path + " answered " + reply.text());
            }
            if (System.nanoTime() > deadline) {
                JsonNode value = reply.isGood() ? reply.body().at(step.pointer()) : reply.body();
                throw new Unexpected("GET " + path + " had " + step.pointer() + " " + value + " for "
                        + CloudClient.PATIENCE.toMinutes() + " minutes, not " + String.join(" or ", step.wanted()));
            }
            Thread.sleep(pause);
            pause = CloudClient.longer(pause, LONGEST_PAUSE);
        }
    }

    /** Sends a command until it is done, or refused for good. What was refused is sent again under another key. */
    private JsonNode commanded(Step step, String path, JsonNode body, String key)
            throws Unexpected, InterruptedException {
        long deadline = System.nanoTime() + CloudClient.PATIENCE.toNanos();
        Duration pause = FIRST_PAUSE;
        int tries = 1;
        while (true) {
            CloudClient.Reply reply = client.post(path, body, tries == 1 ? key : key + "/" + tries);
            deadline += reply.away().toNanos();
            String rule = reply.rule();
            if (reply.isGood() || (!rule.isEmpty() && step.mayBeRefusedBy(rule))) {
                return reply.body();
            }
            if (!step.again().contains(rule) || System.nanoTime() > deadline) {
                throw new Unexpected("POST " + path + " answered " + reply.text());
            }
            tries++;
            Thread.sleep(pause);
            pause = CloudClient.longer(pause, LONGEST_PAUSE);
        }
    }

    /** How many things of each kind came to which end: {@code orders} with {@code shipped} and others. */
    Map<String, Map<String, Integer>> ends() {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        ends.forEach(
                (thing, end) -> counts.computeIfAbsent(thing.substring(0, thing.indexOf('/')), kind -> new TreeMap<>())
                        .merge(end, 1, Integer::sum));
        return counts;
    }

    /** What became of one thing, {@code orders/12}; empty if nobody knows. */
    String end(String thing) {
        return ends.getOrDefault(thing, "");
    }

    /** What the chain of one thing has kept; null-like empty memory where it never began. */
    Memory memory(String chain) {
        return memories.computeIfAbsent(chain, name -> new Memory(shared));
    }

    /** The chains that broke, with what was not expected. */
    Map<String, String> problems() {
        return new TreeMap<>(problems);
    }

    /** What the customers of this run must have in their accounts. */
    Map<Column, BigDecimal> booked() {
        return new HashMap<>(booked);
    }
}
