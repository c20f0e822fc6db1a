package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.local.LocalCloud;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.Ref;
import dev.storyline.model.Story;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.scenario.Stories;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Runs the stories of the models over real HTTP, each context with those that it hears of. */
class StoriesTest {
    private static final Landscape LANDSCAPE = Landscape.read(Repository.root());

    @TestFactory
    Stream<DynamicTest> every_context_keeps_its_stories() {
        List<Model> told = LANDSCAPE.models().values().stream()
                .filter(model -> !model.stories().isEmpty())
                .toList();
        assertThat(told).isNotEmpty();
        return told.stream()
                .map(model -> DynamicTest.dynamicTest(model.context(), () -> {
                    try (LocalCloud cloud = cloud(model)) {
                        model.stories().forEach(story -> run(cloud, model, story, Duration.ofSeconds(30)));
                    }
                }));
    }

    private static LocalCloud cloud(Model model) {
        return LocalCloud.start(new LocalCloud.Options(Repository.root(), 0, null)
                .of(heard(model.context()).toArray(String[]::new)));
    }

    private static void run(LocalCloud cloud, Model model, Story story, Duration soon) {
        Stories.run(LANDSCAPE, model, story, cloud.deployment(), cloud.baseUri(), cloud.clock()::moveBy, soon);
    }

    /** Returns a context with all whose public events it hears of, and those that they hear of. */
    private static Set<String> heard(String context) {
        Set<String> all = new LinkedHashSet<>(Set.of(context));
        Deque<String> open = new ArrayDeque<>(all);
        while (!open.isEmpty()) {
            Model model = Objects.requireNonNull(LANDSCAPE.models().get(open.remove()));
            model.slices().stream()
                    .flatMap(slice -> slice.on().stream())
                    .map(Ref::context)
                    .filter(other -> !other.isEmpty() && all.add(other))
                    .forEach(open::add);
        }
        return all;
    }

    @Test
    void a_story_that_does_not_come_true_says_what_came_instead() {
        Model wishes = Objects.requireNonNull(LANDSCAPE.models().get("wishes"));
        Model other = ModelReader.read("""
                context: other
                stories:
                  a naughty wish is granted:
                    when: {wishes.MakeWish: {childId: zoe, wish: a big gun}}
                    eventually:
                      - rejected: too-many-wishes
                """, "other.yaml");
        try (LocalCloud cloud = cloud(wishes)) {
            assertThatThrownBy(() -> run(cloud, other, other.stories().getFirst(), Duration.ofSeconds(1)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("MakeWish is answered by")
                    .hasMessageContaining("naughty-wish");
        }
    }
}
