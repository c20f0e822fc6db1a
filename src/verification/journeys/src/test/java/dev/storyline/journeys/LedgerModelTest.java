package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.testkit.Repository;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The scenarios of accounting are double entry: the postings that they tell add up to zero in each currency. */
class LedgerModelTest {
    /** The scenario that shows how the trial balance would tell an entry that is not even. */
    private static final String UNEVEN = "an entry that is not even would show";

    @Test
    void the_postings_of_every_scenario_add_up_to_zero_in_each_currency() {
        List<String> uneven = new ArrayList<>();
        for (Slice slice : Objects.requireNonNull(
                        Landscape.read(Repository.root()).models().get("accounting"))
                .slices()) {
            for (Specification specification : slice.specifications()) {
                List<ScenarioStep> steps = new ArrayList<>(specification.given());
                steps.addAll(specification.then());
                if (!steps.stream().allMatch(LedgerModelTest::isEven)) {
                    uneven.add(specification.name());
                }
            }
        }
        assertThat(uneven).containsExactly(UNEVEN);
    }

    private static boolean isEven(ScenarioStep step) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        if (step.values().get("postings") instanceof List<?> postings) {
            for (Object posting : postings) {
                Map<?, ?> amount = (Map<?, ?>) Objects.requireNonNull(((Map<?, ?>) posting).get("amount"));
                sums.merge(
                        String.valueOf(amount.get("currency")),
                        new BigDecimal(String.valueOf(amount.get("amount"))),
                        BigDecimal::add);
            }
        }
        return sums.values().stream().allMatch(sum -> sum.signum() == 0);
    }
}
