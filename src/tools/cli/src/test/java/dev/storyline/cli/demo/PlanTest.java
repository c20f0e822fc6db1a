package dev.storyline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens in a demo follows from the seed, and is worth seeing. */
class PlanTest {
    private static final Instant BEGIN = Instant.parse("2026-11-30T06:42:00Z");
    private static final Set<String> ALL = Set.of(
            "catalogue",
            "inventory",
            "orders",
            "accounting",
            "fieldops",
            "maintenance",
            "wishes",
            "logistics",
            "naughtychildren");
    private static final Set<String> ROUTES = Set.of("POST /fieldops/jobs/{jobId}/write-off", "GET /catalogue/search");
    private static final Sizes SMALL = new Sizes(20, 10, 10);
    private static final Sizes USUAL = new Sizes(200, 50, 100);

    private static Scenario scenario(long seed, Sizes sizes, Set<String> contexts) {
        return new Scenario(seed, BEGIN, sizes, new Running(contexts, ROUTES));
    }

    private static Plan plan(Sizes sizes) {
        return Plan.of(scenario(1, sizes, ALL));
    }

    private static List<String> stories(Plan plan, String prefix) {
        return plan.chains().stream()
                .filter(chain -> chain.name().startsWith(prefix))
                .map(Chain::story)
                .toList();
    }

    @Test
    void the_same_seed_plans_the_same_and_another_one_does_not() {
        assertThat(plan(USUAL)).isEqualTo(plan(USUAL));
        assertThat(stories(Plan.of(scenario(2, USUAL, ALL)), "orders/"))
                .isNotEqualTo(stories(plan(USUAL), "orders/"))
                .hasSize(200);
    }

    @Test
    void more_orders_leave_the_first_ones_as_they_were() {
        List<Chain> many = plan(USUAL).chains();
        assertThat(plan(SMALL).chains().stream()
                        .filter(chain -> chain.name().startsWith("orders/"))
                        .toList())
                .hasSize(20)
                .allMatch(many::contains);
    }

    @Test
    void a_small_demo_tells_every_story() {
        assertThat(stories(plan(SMALL), "orders/"))
                .containsAll(Stream.of(OrderPlan.Story.values())
                        .map(OrderPlan.Story::words)
                        .toList());
        assertThat(stories(plan(SMALL), "jobs/"))
                .containsAll(Stream.of(JobPlan.Story.values())
                        .map(JobPlan.Story::words)
                        .toList());
        assertThat(stories(plan(new Sizes(0, 0, 4)), "children/"))
                .containsExactly("fulfilled, still open, taken back, a naughty one");
    }

    @Test
    void a_small_demo_has_a_crew_that_is_busy() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Plan.of(scenario(seed, new Sizes(0, 8, 0), ALL)).chains())
                    .as("seed %s", seed)
                    .flatExtracting(Chain::parts)
                    .flatExtracting(Chain.Part::steps)
                    .anyMatch(step -> step.mayBeRefusedBy("crew-busy"));
        }
    }

    @Test
    void the_usual_demo_tells_most_often_of_what_goes_well() {
        Map<String, Long> stories = stories(plan(USUAL), "orders/").stream()
                .collect(Collectors.groupingBy(story -> story, Collectors.counting()));
        assertThat(stories).hasSameSizeAs(OrderPlan.Story.values());
        assertThat(stories.get(OrderPlan.Story.DELIVERED.words())).isBetween(60L, 140L);
        assertThat(plan(USUAL).chains())
                .flatExtracting(Chain::parts)
                .extracting(Chain.Part::day)
                .contains(1, 2, 3, 4, 5)
                .allMatch(day -> day >= 1 && day <= Scenario.DAYS);
    }

    @Test
    void every_step_needs_only_what_was_kept_before_and_days_come_in_order() {
        for (Sizes sizes : List.of(SMALL, USUAL, new Sizes(700, 300, 40))) {
            Set<String> names = new HashSet<>();
            for (Chain chain : plan(sizes).chains()) {
                assertThat(names.add(chain.name())).as(chain.name()).isTrue();
                Set<String> kept = new HashSet<>();
                int day = 1;
                for (Chain.Part part : chain.parts()) {
                    assertThat(part.day()).as(chain.name()).isGreaterThanOrEqualTo(day);
                    day = part.day();
                    for (Step step : part.steps()) {
                        assertThat(step.needs())
                                .as("%s %s", chain.name(), step.path())
                                .allMatch(name -> kept.contains(name) || name.startsWith(Step.SHARED));
                        kept.addAll(step.keeps().keySet());
                    }
                }
            }
        }
    }

    @Test
    void no_crew_is_planned_for_two_jobs_at_once_but_where_the_story_wants_it() {
        Map<String, String> taken = new HashMap<>();
        Set<String> doubled = new HashSet<>();
        for (Chain chain : plan(new Sizes(0, 400, 0)).chains()) {
            String begin = "";
            for (Step step : chain.parts().stream()
                    .flatMap(part -> part.steps().stream())
                    .toList()) {
                if (step.body() != null && step.body().has("plannedStart")) {
                    begin = step.body().path("plannedStart").asText();
                }
                if (step.body() != null && step.path().endsWith("/crews")) {
                    String other = taken.put(step.body().path("crewId").asText() + " " + begin, chain.name());
                    if (other != null) {
                        assertThat(other).isEqualTo(chain.name());
                        doubled.add(chain.story());
                    }
                }
            }
        }
        assertThat(taken).hasSizeGreaterThan(200);
        assertThat(doubled).containsExactly(JobPlan.Story.CREW_BUSY.words());
    }

    @Test
    void orders_want_more_of_the_scarce_product_than_there_ever_is_and_of_the_others_less_than_comes_in() {
        Plan plan = plan(USUAL);
        Map<String, Integer> wanted = new HashMap<>();
        Map<String, Integer> received = new HashMap<>();
        for (Chain chain : plan.chains()) {
            for (Chain.Part part : chain.parts()) {
                for (Step step : part.steps()) {
                    if (step.path().equals("/orders/orders") && step.body() != null) {
                        step.body()
                                .path("lines")
                                .forEach(line -> wanted.merge(
                                        line.path("productId").asText(),
                                        line.path("quantity").asInt(),
                                        Integer::sum));
                    }
                    if (step.path().endsWith("/receive") && step.body() != null && part.day() == 1) {
                        received.put(
                                step.path().split("/")[3],
                                step.body().path("quantity").asInt());
                    }
                }
            }
        }
        assertThat(received.remove(Goods.SCARCE.id())).isLessThan(Goods.SCARCE_WANTED);
        wanted.remove(Goods.SCARCE.id());
        assertThat(wanted).isNotEmpty();
        wanted.forEach((product, pieces) -> assertThat(received)
                .as(product)
                .hasEntrySatisfying(product, came -> assertThat(came).isGreaterThan(pieces)));
    }

    @Test
    void contexts_that_do_not_run_are_left_out() {
        assertThat(Plan.of(scenario(1, SMALL, Set.of("wishes"))).chains())
                .isNotEmpty()
                .allMatch(chain -> chain.name().startsWith("children/"))
                .flatExtracting(Chain::parts)
                .flatExtracting(Chain.Part::steps)
                .allMatch(step -> step.path().startsWith("/wishes/"));
        assertThat(Plan.of(scenario(1, SMALL, Set.of("inventory"))).chains())
                .allMatch(chain -> chain.name().startsWith("stock/"));
        assertThat(Plan.of(scenario(1, SMALL, Set.of())).chains()).isEmpty();
    }

    @Test
    void days_after_the_first_begin_in_the_evening_by_the_clock_of_the_cloud() {
        Scenario scenario = scenario(7, SMALL, ALL);
        assertThat(scenario.tag()).isEqualTo("20261130-064200-7");
        assertThat(Arrays.asList(scenario.start(1), scenario.start(2)))
                .containsExactly(BEGIN, Instant.parse("2026-12-01T18:00:00Z"));
    }
}
