package dev.storyline.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** What children wish for, and whether they get it. */
final class WishPlan {
    /** The stories of wishes, with how many of a hundred go so. */
    enum Story {
        FULFILLED("fulfilled", 50),
        OPEN("still open", 20),
        CANCELLED("taken back", 12),
        NAUGHTY("a naughty one", 18);

        private final String words;
        private final int share;

        Story(String words, int share) {
            this.words = words;
            this.share = share;
        }
    }

    private record Wish(int number, Story story, int day, String text) {}

    private static final List<String> NAMES = List.of(
            "aino", "bruno", "clara", "emil", "fanni", "henri", "ida", "jonas", "kaisa", "lotta", "max", "noah",
            "oskar", "pia", "rosa", "simo", "tilda", "ville");
    private static final List<String> WISHES = List.of(
            "a red bicycle",
            "a train",
            "a kite",
            "a drum",
            "a sled",
            "a book about stars",
            "a ball",
            "a cat of plush",
            "a puppet theatre",
            "a box of crayons");
    private static final int WISHES_OF_A_CHILD = 4;
    private static final int PERCENT = 100;
    private static final String STATE = "/state";

    private final Scenario scenario;

    WishPlan(Scenario scenario) {
        this.scenario = scenario;
    }

    /** The chains of all children; none where their context does not run. */
    List<Chain> chains() {
        List<Chain> chains = new ArrayList<>();
        if (scenario.running().has("wishes")) {
            int wishes = scenario.sizes().wishes();
            for (int first = 1; first <= wishes; first += WISHES_OF_A_CHILD) {
                chains.add(child(first, Math.min(first + WISHES_OF_A_CHILD - 1, wishes)));
            }
        }
        return chains;
    }

    private Chain child(int first, int last) {
        int number = 1 + first / WISHES_OF_A_CHILD;
        String child = NAMES.get(number % NAMES.size()) + "-" + number + "-" + scenario.tag();
        List<Wish> wishes = new ArrayList<>();
        for (int wish = first; wish <= last; wish++) {
            wishes.add(wish(wish, wish == last));
        }
        String words = wishes.stream().map(wish -> wish.story().words).collect(Collectors.joining(", "));
        Chain chain = Chain.of("children/" + number, words);
        for (int day = 1; day <= Scenario.DAYS; day++) {
            List<Step> steps = new ArrayList<>();
            for (Wish wish : wishes) {
                if (wish.day() == day) {
                    steps.addAll(wish.story() == Story.NAUGHTY ? naughty(child, wish) : good(child, wish));
                }
            }
            if (!steps.isEmpty()) {
                chain = chain.on(day, steps);
            }
        }
        return chain;
    }

    /** A naughty wish is the last one of its child, on the last day: nobody listens to the child for a day then. */
    private Wish wish(int number, boolean isLast) {
        RandomGenerator random = scenario.random("wish", number);
        Story story = story(number, random);
        int day = 1 + random.nextInt(Scenario.DAYS);
        String text = WISHES.get(random.nextInt(WISHES.size()));
        return story != Story.NAUGHTY
                ? new Wish(number, story, day, text)
                : isLast
                        ? new Wish(number, story, Scenario.DAYS, "a big gun")
                        : new Wish(number, Story.OPEN, day, text);
    }

    /** The first wishes tell each story once. */
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
        return Story.OPEN;
    }

    private List<Step> good(String child, Wish wish) {
        String id = "wish" + wish.number();
        Step look = Step.get("/wishes/wishes/{" + id + "}").ending("wishes/" + wish.number());
        List<Step> steps = new ArrayList<>();
        steps.add(Step.post("/wishes/children/" + child + "/wishes", "wish", wish.text())
                .keeping(id, "/wishId"));
        if (wish.story() == Story.CANCELLED) {
            steps.add(Step.post("/wishes/children/" + child + "/wishes/{" + id + "}/cancel"));
            steps.add(look.until(STATE, "cancelled"));
        } else if (wish.story() == Story.FULFILLED && scenario.running().has("logistics")) {
            steps.add(Step.get("/logistics/delivery-notes/{" + id + "}").until(STATE, "ordered"));
            steps.add(Step.post("/logistics/orders/{" + id + "}/deliver"));
            steps.add(look.until(STATE, "fulfilled"));
        } else {
            steps.add(look.until(STATE, "open"));
        }
        return steps;
    }

    private List<Step> naughty(String child, Wish wish) {
        List<Step> steps = new ArrayList<>();
        steps.add(Step.post("/wishes/children/" + child + "/wishes", "wish", wish.text())
                .refusedBy("naughty-wish", "banned", "child-on-naughty-list")
                .ending("wishes/" + wish.number(), "rejected"));
        if (scenario.running().has("naughtychildren")) {
            steps.add(Step.get("/wishes/children/" + child).until("/naughtyUntil", Step.ANY));
        }
        return steps;
    }
}
