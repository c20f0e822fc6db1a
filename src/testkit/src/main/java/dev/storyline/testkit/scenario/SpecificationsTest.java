package dev.storyline.testkit.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.storyline.local.Deployment;
import dev.storyline.local.Slices;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.testkit.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Runs the specifications of a slice's model, and compares model and code. It runs in the slice's own build, where the
 * working directory tells which slice is meant; the property {@code storyline.specifications} names others,
 * {@code wishes/make-wish,wishes/cancel-wish}.
 */
public final class SpecificationsTest {
    /** The slices whose specifications run, where it is not the one of the working directory. */
    public static final String SLICES = "storyline.specifications";

    /** Kept, or its level is forgotten with it. What slices log about rejections is what specifications are about. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    static {
        LOGGER.setLevel(Level.OFF);
    }

    private final Path root = Repository.root();
    private final Landscape landscape = Landscape.read(root);
    private final Deployment deployment = Deployment.read(root);

    @TestFactory
    Stream<DynamicNode> specifications() {
        return slices().stream().flatMap(name -> {
            Subject subject = subject(name);
            List<DynamicNode> nodes = new ArrayList<>();
            for (Specification specification : subject.slice().specifications()) {
                nodes.add(DynamicTest.dynamicTest(specification.name(), () -> check(subject, specification)));
            }
            nodes.add(DynamicTest.dynamicTest(
                    "the records of the code are those of the model", () -> agree(records(subject))));
            nodes.add(DynamicTest.dynamicTest(
                    "the slice produces and consumes what the model says",
                    () -> agree(Agreement.differences(subject))));
            return slices().size() == 1 ? nodes.stream() : Stream.of(DynamicContainer.dynamicContainer(name, nodes));
        });
    }

    private List<String> slices() {
        String named = System.getProperty(SLICES);
        if (named != null) {
            return List.of(named.split("[,;]"));
        }
        Path here = root.resolve("functions").relativize(Path.of("").toAbsolutePath());
        return List.of(here.toString().replace('\\', '/'));
    }

    private Subject subject(String name) {
        String[] parts = name.split("/", 2);
        Model model = Objects.requireNonNull(
                landscape.models().get(parts[0]), () -> "There is no src/contexts/" + parts[0] + "/model.yaml.");
        Slice slice = model.slice(parts[1])
                .orElseThrow(() -> new AssertionError(model.place() + ": the story has no slice '" + parts[1]
                        + "', but there is a folder functions/" + name + "."));
        Slices slices = Slices.on(Thread.currentThread().getContextClassLoader());
        return new Subject(landscape, model, slice, deployment, slices);
    }

    private List<String> records(Subject subject) {
        return Records.differences(
                subject,
                root.resolve("src/contexts/" + subject.model().context() + "/target/classes"),
                root.resolve("functions/" + subject.name() + "/target/classes"));
    }

    private static void check(Subject subject, Specification specification) {
        Scenario.Performance performance;
        List<String> differences;
        try {
            performance = Scenario.perform(subject, specification, Set.of());
            differences = Expectation.differences(subject, specification, performance);
        } catch (Values.Unclear e) {
            throw new AssertionError(specification.place() + ": " + e.getMessage(), e);
        }
        if (!differences.isEmpty()) {
            throw new AssertionFailedError(specification.place() + ": " + subject.name() + ", " + specification.name()
                    + ":\n  " + String.join("\n  ", differences) + "\nWhat came:\n" + performance.outcome());
        }
    }

    private static void agree(List<String> differences) {
        assertEquals("", String.join("\n", differences));
    }
}
