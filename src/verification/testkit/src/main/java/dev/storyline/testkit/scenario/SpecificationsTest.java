package dev.storyline.testkit.scenario;

import dev.storyline.deployment.Deployment;
import dev.storyline.model.Landscape;
import dev.storyline.model.Specification;
import dev.storyline.testkit.Repository;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;

/**
 * Runs the specifications of a slice's model, sends the requests of {@link EndpointChecks} to every function of the
 * slice, and compares model and code. The test runs in the slice's own build, where the working directory determines
 * the slice. The property {@code storyline.specifications} names other slices:
 * {@code wishes/make-wish;wishes/cancel-wish}.
 */
public final class SpecificationsTest {
    /** The property that names the slices to test, instead of the slice of the working directory. */
    public static final String SLICES = "storyline.specifications";

    private final Path root = Repository.root();
    private final Landscape landscape = Landscape.read(root);
    private final Deployment deployment = Deployment.read(root);

    @TestFactory
    Stream<DynamicNode> specifications() {
        List<String> slices = slices();
        return slices.stream()
                .flatMap(name -> slices.size() == 1
                        ? tests(name).stream()
                        : Stream.of(DynamicContainer.dynamicContainer(name, tests(name))));
    }

    private List<String> slices() {
        String named = System.getProperty(SLICES);
        if (named != null) {
            return List.of(named.split(";"));
        }
        Path here = root.resolve("functions").relativize(Path.of("").toAbsolutePath());
        return List.of(here.toString().replace('\\', '/'));
    }

    private List<DynamicNode> tests(String name) {
        return of(Specifications.of(
                root, landscape, deployment, name, Thread.currentThread().getContextClassLoader()));
    }

    /** Returns the tests of a slice: its scenarios, its endpoints, and the agreement of model and code. */
    public static List<DynamicNode> of(Specifications specifications) {
        List<DynamicNode> tests = new ArrayList<>();
        for (Specification specification : specifications.all()) {
            tests.add(test(specification.name(), () -> specifications.differences(specification)));
        }
        for (EndpointCheck check : specifications.endpoints()) {
            tests.add(test(
                    "the function " + check.function().export() + " " + check.sentence(),
                    () -> specifications.differences(check)));
        }
        if (specifications.isEventHandler()) {
            tests.add(test(
                    "events before the activation stay history and events after it take effect",
                    specifications::historyThatFires));
        }
        tests.add(test("the records of the code are those of the model", specifications::recordsThatDiffer));
        tests.add(test("the slice produces and consumes what the model says", specifications::edgesThatDiffer));
        return tests;
    }

    private static DynamicNode test(String name, Supplier<List<String>> differences) {
        return DynamicTest.dynamicTest(name, () -> {
            String all = String.join("\n  ", differences.get());
            if (!all.isEmpty()) {
                throw new AssertionFailedError(all);
            }
        });
    }
}
