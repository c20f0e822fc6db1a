package dev.storyline.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One history of a whole system, generated from a seed. Clients send commands to the real functions while faults are
 * injected as the seed determines. Then the faults end, all waiting deliveries are made, and the upkeep runs until
 * nothing changes any more. The resulting state must equal the state that a world without faults produces from the same
 * events.
 */
public final class History {
    private static final long MOST_STEPS = 500_000;
    private static final int MOST_TRIES = 12;
    private static final int MOST_ROUNDS = 12;
    private static final int MOST_CLIENTS = 3;
    private static final int MOST_LOOKS = 5_000;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration A_MOMENT = Duration.ofMillis(1);
    private static final Duration LONGER_THAN_ANY_BACK_OFF = Duration.ofHours(2);

    private final Deployment deployment;
    private final Starter starter;
    private final Random random;
    private final Faults faults;
    private final Scheduler scheduler;
    private final World world;
    private final SimulatedStory story;
    private final List<Acknowledged> acknowledged = new ArrayList<>();
    private final Set<String> rebuilding = new LinkedHashSet<>();
    private boolean calm = true;
    private long birthsFrom;
    private long birthsUntil;
    private int requests;

    private History(long seed, Deployment deployment, Starter starter, SimulatedStory story) {
        this.deployment = deployment;
        this.starter = starter;
        this.story = story;
        this.random = new Random(seed * 0x9E3779B97F4A7C15L + 0x632BE59BD9B4E019L);
        this.faults = Faults.drawn(random);
        this.scheduler = new Scheduler(random, MOST_STEPS);
        this.world = new World(deployment, starter, scheduler, faults, random);
    }

    /** A final answer to a request under a key. */
    record Acknowledged(SimulatedStory.Request request, String key, World.FunctionResponse answer) {}

    /**
     * The result of a history.
     *
     * @param seed the seed
     * @param violation the violation; null if there was none
     * @param faults how often each kind of fault was injected
     * @param reached how often each kind of upkeep found something to repair, and how often effects were repeated
     * @param requests how many requests clients sent, retries not counted
     * @param steps how many steps all actors took
     * @param trace a checksum of everything that happened
     */
    public record Verdict(
            long seed,
            @Nullable String violation,
            Map<Fault, Integer> faults,
            Map<String, Integer> reached,
            int requests,
            long steps,
            long trace) {}

    /** Runs one history. */
    public static Verdict of(long seed, Deployment deployment, Starter starter, Supplier<SimulatedStory> stories) {
        History history = new History(seed, deployment, starter, stories.get());
        String violation;
        try {
            history.scheduler.run(history::direct);
            violation = history.world.violation();
        } catch (IllegalStateException e) {
            violation = e.getCause() == null ? e.toString() : told(e.getCause());
        }
        return new Verdict(
                seed,
                violation,
                history.faults.counts(),
                history.world.reached(),
                history.requests,
                history.scheduler.steps(),
                history.scheduler.trace());
    }

    private static String told(Throwable cause) {
        StringBuilder told = new StringBuilder(cause.toString());
        for (StackTraceElement element : cause.getStackTrace()) {
            if (element.getClassName().startsWith("dev.storyline")) {
                told.append(" < ").append(element);
            }
        }
        return told.toString();
    }

    private void direct() {
        if (random.nextInt(3) == 0) {
            client(0, 1 + random.nextInt(4));
        }
        scheduler.pause(A_MINUTE);
        birthsFrom = milliseconds();
        deployment.births().forEach(function -> calmly(function, "RequestType", "Create"));
        birthsUntil = milliseconds() + 1;
        // Where life goes on at once, clocks that are wrong date commits before the births, and later ones after them.
        scheduler.pause(random.nextBoolean() ? A_MINUTE : A_MOMENT);
        world.forgetInstances();
        world.attach();
        liveAndRest();
        settle();
        finish();
        acknowledged.forEach(this::askAgain);
        if (world.violation() == null) {
            String different = new Aftermath(deployment, starter, world, story, acknowledged, birthsFrom, birthsUntil)
                    .difference();
            if (different != null) {
                world.blame(different);
            }
        }
    }

    private long milliseconds() {
        return Instance.BEGINNING.toEpochMilli() + scheduler.now() / 1_000_000;
    }

    /** Life goes on whenever clients come. In between nobody does anything, and only what waits for its time happens. */
    private void liveAndRest() {
        List<Instant> visits = story.visits(random);
        for (int visit = 0; visit <= visits.size(); visit++) {
            if (visit > 0) {
                scheduler.pause(since(visits.get(visit - 1)) - scheduler.now());
            }
            world.nextVisit(visit < visits.size() ? since(visits.get(visit)) : 0);
            live(visit * MOST_CLIENTS);
        }
    }

    private static long since(Instant time) {
        return Duration.between(Instance.BEGINNING, time).toNanos();
    }

    private void live(int clientsBefore) {
        calm = false;
        faults.on(true);
        List<Scheduler.Actor> clients = new ArrayList<>();
        int many = 1 + random.nextInt(MOST_CLIENTS);
        for (int number = 1; number <= many; number++) {
            int client = clientsBefore + number;
            int commands = 1 + random.nextInt(24 / many);
            clients.add(scheduler.spawn("client " + client, () -> client(client, commands)));
        }
        Scheduler.Actor weather = scheduler.spawn("weather", this::weather);
        Scheduler.Actor upkeep = scheduler.spawn("upkeep", this::upkeep);
        scheduler.join(clients);
        scheduler.pause(1 + random.nextInt(2_000_000_000));
        calm = true;
        faults.on(false);
        scheduler.join(List.of(weather, upkeep));
    }

    /**
     * One client. It sends one command after the other, each under its own key, and repeats a command under its key
     * until it gets an answer.
     */
    private void client(int number, int commands) {
        for (int i = 1; i <= commands; i++) {
            SimulatedStory.Request request = story.next(random);
            String key = story.key(request, "client-" + number + "-" + i, random);
            requests++;
            Scheduler.Actor twin = faults.strikes(Fault.IMPATIENT_CLIENT)
                    ? scheduler.spawn("twin of client " + number, () -> send(request, key))
                    : null;
            for (int tries = 1; tries <= MOST_TRIES && !send(request, key); tries++) {
                scheduler.pause(1 + random.nextInt(2_000_000_000));
            }
            if (twin != null) {
                scheduler.join(List.of(twin));
            }
            scheduler.pause(story.pause(random));
        }
    }

    /** Returns whether the request got a final answer. */
    private boolean send(SimulatedStory.Request request, String key) {
        World.FunctionResponse answer = world.http(request, key);
        if (answer == null || answer.status() == 503 || answer.status() == 409) {
            return false;
        }
        if (answer.status() >= 500) {
            world.blame(request + " is answered with " + answer);
        }
        acknowledged.add(new Acknowledged(request, key, answer));
        story.answered(request, answer.status(), answer.body());
        return true;
    }

    /**
     * Checks that a much later repetition of a request under the same key gets the same answer, if the request recorded
     * something.
     */
    private void askAgain(Acknowledged one) {
        if (one.answer().recorded()) {
            World.FunctionResponse again = world.http(one.request(), one.key());
            if (!one.answer().equals(again)) {
                world.blame("Long after, " + one + " is answered with " + again);
            }
        }
    }

    /** From time to time, makes a table unavailable for a while. */
    private void weather() {
        List<String> tables =
                deployment.tables().stream().map(Deployment.Table::name).toList();
        while (!calm) {
            scheduler.pause(1 + random.nextInt(2_000_000_000));
            if (faults.strikes(Fault.OUTAGE)) {
                faults.close(tables, scheduler.now() + random.nextInt(8) * 1_000_000_000L);
            }
        }
    }

    /** Runs the scheduled upkeep, and an operator's rebuild of a view, while the system is running. */
    private void upkeep() {
        List<Deployment.Schedule> schedules = deployment.schedules();
        while (!calm && !schedules.isEmpty()) {
            scheduler.pause(1 + random.nextInt(2_000_000_000));
            Deployment.Schedule schedule = schedules.get(random.nextInt(schedules.size()));
            boolean rebuilds = !deployment.births().contains(schedule.function()) && faults.strikes(Fault.REBUILD);
            try {
                if (rebuilds) {
                    rebuilding.add(schedule.function());
                }
                world.invoke(schedule.function(), rebuilds ? rebuild() : schedule.input());
            } catch (World.Failed e) {
                scheduler.note("failed upkeep");
            }
        }
    }

    private static JsonNode rebuild() {
        return Json.mapper().createObjectNode().put("do", "rebuild").put("segments", 2);
    }

    /** Sends what is left to be done, and settles again, until nothing is left. */
    private void finish() {
        SimulatedStory.Witness witness = new EndWitness(world);
        for (int round = 1; round <= MOST_ROUNDS && world.violation() == null; round++) {
            List<SimulatedStory.Request> remaining = story.remaining(witness);
            if (remaining.isEmpty()) {
                return;
            }
            for (int i = 1; i <= remaining.size(); i++) {
                requests++;
                if (!send(remaining.get(i - 1), "last-" + round + "-" + i)) {
                    world.blame("Although all is calm, nobody answers " + remaining.get(i - 1));
                }
            }
            settle();
        }
        if (world.violation() == null && !story.remaining(witness).isEmpty()) {
            world.blame("After " + MOST_ROUNDS + " rounds there is still something to do");
        }
    }

    /** Delivers everything and runs the upkeep until nothing changes any more. */
    private void settle() {
        world.forgetInstances();
        for (int round = 1; round <= MOST_ROUNDS; round++) {
            awaitRest();
            long writes = world.writes();
            scheduler.pause(LONGER_THAN_ANY_BACK_OFF);
            for (Deployment.Schedule schedule : deployment.schedules()) {
                if (!reconciles(schedule)) {
                    calmly(schedule.function(), schedule.input());
                }
            }
            awaitRest();
            deployment.schedules().stream().filter(History::reconciles).forEach(this::reconcile);
            for (String function : rebuilding) {
                calmly(function, rebuild());
            }
            rebuilding.clear();
            awaitRest();
            if (world.writes() == writes || world.violation() != null) {
                return;
            }
        }
        world.blame("The upkeep finds something to do in each of " + MOST_ROUNDS + " rounds");
    }

    private static boolean reconciles(Deployment.Schedule schedule) {
        return schedule.input().path("do").asText().equals("reconcile");
    }

    /**
     * Repairs the effects of dropped records. All other faults were already handled by retries, the failure queue and
     * redrives.
     */
    private void reconcile(Deployment.Schedule schedule) {
        JsonNode report = calmly(schedule.function(), schedule.input());
        if (neverDropped() && report.path("behind").asLong() > 0) {
            world.blame("No record was dropped, and yet " + schedule.name() + " finds " + report);
        }
    }

    /** Returns whether every record was delivered in the end and no generation of a view was left half built. */
    private boolean neverDropped() {
        return !faults.counts().containsKey(Fault.DROP) && !faults.counts().containsKey(Fault.REBUILD);
    }

    private void awaitRest() {
        for (int looks = 1; looks <= MOST_LOOKS; looks++) {
            scheduler.pause(1_000_000_000);
            if (world.atRest() || world.violation() != null) {
                return;
            }
        }
        world.blame("Something is always under way");
    }

    private void calmly(String function, String name, String value) {
        calmly(function, Json.mapper().createObjectNode().put(name, value));
    }

    private JsonNode calmly(String function, JsonNode event) {
        try {
            return world.invoke(function, event);
        } catch (World.Failed e) {
            world.blame("Although all is calm, " + function + " fails: " + e.getMessage());
            return Json.mapper().createObjectNode();
        }
    }
}
