package dev.storyline.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** What field operations do: crews are sent to jobs, and some jobs find no crew, are put off, cancelled or corrected. */
final class JobPlan {
    /** The stories of jobs, with how many of a hundred go so. */
    enum Story {
        PAID("done and paid", 45, 1),
        UNPAID("done", 15, 1),
        CORRECTED("done and corrected", 8, 1),
        WRITTEN_OFF("done and written off", 6, 1),
        PUT_OFF("put off and done", 8, 1),
        CANCELLED("cancelled", 8, 1),
        CREW_BUSY("its crew is busy", 5, 2),
        UNASSIGNED("still open", 5, 0);

        private final String words;
        private final int share;

        /** How many crews it needs at one time. */
        private final int crews;

        Story(String words, int share, int crews) {
            this.words = words;
            this.share = share;
            this.crews = crews;
        }

        String words() {
            return words;
        }
    }

    /**
     * A time of one crew that is for one job.
     *
     * @param slot which one of the day
     */
    private record Slot(int day, int crew, int slot) {}

    private static final List<String> REGIONS = List.of("vienna", "helsinki", "zurich");
    private static final List<String> ZONES = List.of("Europe/Vienna", "Europe/Helsinki", "Europe/Zurich");
    private static final List<String> CURRENCIES = List.of("EUR", "EUR", "CHF");
    private static final List<String> TAX_RATES = List.of("0.2", "0.255", "0.081");
    private static final List<String> COLOURS =
            List.of("red", "blue", "green", "yellow", "white", "black", "grey", "brown", "orange", "violet");
    private static final List<String> TRADES = List.of("heating", "plumbing", "electricity", "windows", "roofing");
    private static final List<String> NAMES =
            List.of("Ada Wong", "Bo Lindberg", "Cem Yilmaz", "Dora Huber", "Eero Salo", "Fay Brooks", "Gil Marti");

    /** The hours (UTC) at which planned work begins; it takes less than the time to the next. */
    private static final int[] BEGINS = {6, 9, 12};

    private static final String ESTIMATE = "2.5";
    private static final String WORKED = "2.25";
    private static final String USED = "1.5";
    private static final String INTERVAL = "4";
    private static final int FEWEST_CREWS = 3;
    private static final int PERCENT = 100;
    private static final String WRITE_OFF = "POST /fieldops/jobs/{jobId}/write-off";

    private final Scenario scenario;
    private final int crews;

    private final Set<Slot> taken = new HashSet<>();

    /** How often the equipment of each crew is used before the last day. */
    private final Map<Integer, Integer> uses = new HashMap<>();

    JobPlan(Scenario scenario) {
        this.scenario = scenario;
        // About two of three slots are needed; on a busy day there is no crew for some jobs.
        this.crews = Math.max(FEWEST_CREWS, 1 + scenario.sizes().jobs() / (2 * Scenario.DAYS));
    }

    /** The chains of all jobs, and of what they need; none where their context does not run. */
    List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        if (!scenario.running().has("fieldops") || scenario.sizes().jobs() == 0) {
            return chains;
        }
        for (int number = 1; number <= scenario.sizes().jobs(); number++) {
            chains.add(job(number));
        }
        for (int region = 0; region < REGIONS.size(); region++) {
            chains.add(region(region));
        }
        for (int crew = 0; crew < crews; crew++) {
            chains.add(crew(crew));
            chains.add(lift(crew));
        }
        return chains;
    }

    /** Whether jobs are billed with tax to a customer whose account there is. */
    private boolean isBilled() {
        return scenario.running().has("accounting") && scenario.running().serves(WRITE_OFF);
    }

    private Chain region(int region) {
        ObjectNode body = Step.object("timeZone", ZONES.get(region), "currency", CURRENCIES.get(region));
        if (isBilled()) {
            body.put("taxRate", new BigDecimal(TAX_RATES.get(region)));
        }
        // An earlier run may have opened it.
        return Chain.of("regions/" + REGIONS.get(region), "a region is opened")
                .early(
                        1,
                        Step.post("/fieldops/regions/" + REGIONS.get(region) + "/open", body)
                                .refusedBy("region-open"));
    }

    private int regionOf(int crew) {
        return crew % REGIONS.size();
    }

    private String crewId(int crew) {
        int round = crew / COLOURS.size();
        return COLOURS.get(crew % COLOURS.size()) + (round == 0 ? "" : "-" + (1 + round)) + "-" + scenario.tag();
    }

    private String liftId(int crew) {
        return "lift-" + crewId(crew);
    }

    private ObjectNode rate(int crew, int euros) {
        return Step.money(Integer.toString(euros), CURRENCIES.get(regionOf(crew)));
    }

    private Chain crew(int crew) {
        return Chain.of("crews/" + (crew + 1), "a crew is registered")
                .early(
                        1,
                        Step.post(
                                "/fieldops/crews/" + crewId(crew) + "/register",
                                "rateClass",
                                crew % 2 == 0 ? "standard" : "master",
                                "hourlyRate",
                                rate(crew, 58 + 7 * (crew % FEWEST_CREWS)),
                                "from",
                                scenario.date(1).minusYears(1).toString()));
    }

    private Chain lift(int crew) {
        String lift = "/fieldops/equipment/" + liftId(crew);
        Chain chain = Chain.of("equipment/" + (crew + 1), "equipment is maintained")
                .early(
                        1,
                        Step.post(
                                lift + "/register",
                                "hourlyRate",
                                rate(crew, 25),
                                "serviceIntervalHours",
                                new BigDecimal(INTERVAL)));
        BigDecimal used = new BigDecimal(USED).multiply(BigDecimal.valueOf(uses.getOrDefault(crew, 0)));
        if (used.compareTo(new BigDecimal(INTERVAL)) < 0 || !scenario.running().has("maintenance")) {
            return chain;
        }
        String order = "/maintenance/equipment/" + liftId(crew);
        return chain.on(
                Scenario.DAYS,
                Step.get(order + "/order").until("/state", Step.ANY),
                Step.post(order + "/finish", "note", "Oil changed"));
    }

    /** Slots of different crews at the first time of a day at which so many crews are free; none if there is no such time. */
    private List<Slot> slots(int day, int number) {
        for (int time = 0; time < BEGINS.length; time++) {
            List<Slot> free = new ArrayList<>();
            for (int crew = 0; crew < crews && free.size() < number; crew++) {
                Slot slot = new Slot(day, crew, time);
                if (!taken.contains(slot)) {
                    free.add(slot);
                }
            }
            if (free.size() == number) {
                taken.addAll(free);
                return free;
            }
        }
        return List.of();
    }

    private Chain job(int number) {
        RandomGenerator random = scenario.random("job", number);
        Story story = story(number, random);
        int day = 1 + random.nextInt(Scenario.DAYS);
        int early = story == Story.PUT_OFF ? Math.min(day, Scenario.DAYS - 2) : Math.min(day, Scenario.DAYS - 1);
        day = number <= Story.values().length ? early : day;
        String id = (4_000 + number) + "-" + scenario.tag();
        Job job = new Job(number, id, NAMES.get(number % NAMES.size()), TRADES.get(number % TRADES.size()));
        List<Slot> slots = slots(day + 1, story.crews);
        Chain chain = Chain.of("jobs/" + number, slots.isEmpty() ? Story.UNASSIGNED.words : story.words);
        if (slots.isEmpty()) {
            Slot wanted = new Slot(day + 1, number % crews, number % BEGINS.length);
            return chain.on(day, created(job, wanted), look(job).until("/state", "open"));
        }
        Slot slot = slots.getFirst();
        return switch (story) {
            case PAID -> done(chain, job, day, slot, paid(job));
            case UNPAID -> done(chain, job, day, slot, List.of());
            case CORRECTED -> done(chain, job, day, slot, corrected(job, slot));
            case WRITTEN_OFF -> done(chain, job, day, slot, writtenOff(job));
            case PUT_OFF -> putOff(chain, job, day, slot);
            case CANCELLED ->
                chain.on(day, created(job, slot), assigned(job, slot.crew()))
                        .on(
                                day,
                                Step.post(job.path() + "/cancel", "reason", "The customer has moved"),
                                look(job).until("/state", "cancelled"));
            case CREW_BUSY -> crewBusy(chain, job, day, slot, slots.getLast());
            case UNASSIGNED -> throw new IllegalStateException("A job without a slot is handled above");
        };
    }

    /** The first jobs tell each story once. */
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
        return Story.PAID;
    }

    private record Job(int number, String id, String customer, String trade) {
        String path() {
            return "/fieldops/jobs/" + id;
        }

        String customerId() {
            return customer.toLowerCase(Locale.ROOT).replace(' ', '-') + "-" + id;
        }

        String balance() {
            return "/accounting/customers/" + customerId() + "/balance";
        }
    }

    private String begin(Slot slot) {
        return scenario.at(slot.day(), BEGINS[slot.slot()]).toString();
    }

    private Step created(Job job, Slot slot) {
        ObjectNode body = Step.object(
                "customer",
                job.customer(),
                "siteAddress",
                job.number() + " Mill Lane",
                "regionId",
                REGIONS.get(regionOf(slot.crew())),
                "trade",
                job.trade(),
                "plannedStart",
                begin(slot),
                "estimatedHours",
                new BigDecimal(ESTIMATE));
        if (isBilled()) {
            body.put("customerId", job.customerId());
        }
        // Whoever has not heard of the region yet hears of it soon.
        return Step.post(job.path() + "/create", body).againAfter("region-not-open");
    }

    private Step assigned(Job job, int crew) {
        return Step.post(job.path() + "/crews", "crewId", crewId(crew)).againAfter("crew-not-registered");
    }

    private static Step look(Job job) {
        return Step.get(job.path()).ending("jobs/" + job.number());
    }

    private Step reported(Job job, Slot slot, String what, String hours, Object... more) {
        ObjectNode body = Step.object(more);
        body.putArray("crewHours")
                .add(Step.object("crewId", crewId(slot.crew()), "hours", new BigDecimal(hours), "from", begin(slot)));
        return Step.post(job.path() + "/" + what, body).againAfter("crew-without-rate");
    }

    /** Most crews take their lift along. */
    private List<Step> work(Job job, Slot slot) {
        List<Step> steps = new ArrayList<>();
        if (job.number() % FEWEST_CREWS != 0) {
            if (slot.day() < Scenario.DAYS) {
                uses.merge(slot.crew(), 1, Integer::sum);
            }
            steps.add(Step.post(
                    "/fieldops/equipment/" + liftId(slot.crew()) + "/uses",
                    "jobId",
                    job.id(),
                    "on",
                    scenario.date(slot.day()).toString(),
                    "hours",
                    new BigDecimal(USED)));
        }
        steps.add(reported(job, slot, "complete", WORKED));
        steps.add(look(job).until("/state", "completed"));
        steps.add(Step.get(job.path() + "/billing"));
        return steps;
    }

    /** What is planned for the day after the last stays to be done. */
    private Chain done(Chain chain, Job job, int day, Slot slot, List<Step> afterwards) {
        Chain planned = chain.on(
                day, created(job, slot), assigned(job, slot.crew()), look(job).until("/state", "assigned"));
        if (slot.day() > Scenario.DAYS) {
            return planned;
        }
        List<Step> steps = work(job, slot);
        steps.addAll(afterwards);
        return planned.on(slot.day(), steps);
    }

    private List<Step> charged(Job job) {
        return List.of(Step.get(job.balance())
                .until("/balances/0/balance/amount", ">0")
                .keeping("due", "/balances/0/balance"));
    }

    private List<Step> paid(Job job) {
        if (!isBilled()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(charged(job));
        steps.add(Step.post(
                "/accounting/payments",
                "customerId",
                job.customerId(),
                "reference",
                "job-" + job.id(),
                "amount",
                "{due}",
                "of",
                job.id()));
        steps.add(settled(job).ending("jobs/" + job.number(), "completed, paid"));
        return steps;
    }

    private static Step settled(Job job) {
        return Step.get(job.balance()).until("/balances/0/balance/amount", "0");
    }

    private List<Step> writtenOff(Job job) {
        if (!isBilled()) {
            return List.of();
        }
        List<Step> steps = new ArrayList<>(charged(job));
        steps.add(Step.post(job.path() + "/write-off", "reason", "The customer is bankrupt"));
        steps.add(settled(job).ending("jobs/" + job.number(), "completed, written off"));
        return steps;
    }

    private List<Step> corrected(Job job, Slot slot) {
        return List.of(reported(job, slot, "correct-completion", "1.75", "reason", "A slip of the pen"));
    }

    private Chain putOff(Chain chain, Job job, int day, Slot slot) {
        List<Slot> next = slot.day() < Scenario.DAYS ? slots(slot.day() + 1, 1) : List.of();
        if (next.isEmpty()) {
            return done(chain, job, day, slot, List.of());
        }
        Slot later = next.getFirst();
        List<Step> steps =
                new ArrayList<>(List.of(assigned(job, later.crew()), look(job).until("/state", "assigned")));
        Chain planned = chain.on(
                        day,
                        created(job, slot),
                        Step.post(job.path() + "/reschedule", "plannedStart", begin(later), "reason", "Snow"))
                .on(day, steps);
        return planned.on(later.day(), work(job, later));
    }

    /** Two jobs want one crew at the same time. The second is refused, or loses the crew soon; then it gets another. */
    private Chain crewBusy(Chain chain, Job job, int day, Slot slot, Slot other) {
        Job rival = new Job(job.number(), "r" + job.id(), job.customer(), job.trade());
        return chain.on(
                day,
                created(rival, slot),
                assigned(rival, slot.crew()),
                created(job, slot),
                assigned(job, slot.crew()).refusedBy("crew-busy"),
                assigned(job, other.crew()),
                Step.get(job.path()).until("/crews", "[\"" + crewId(other.crew()) + "\"]"),
                look(job).until("/state", "assigned"));
    }
}
