package dev.storyline.journeys;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.model.Landscape;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.scenario.Specifications;
import dev.storyline.testkit.scenario.SpecificationsTest;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the specifications of all slices in one process, because fifty processes take minutes. The build of a slice runs
 * only its own specifications.
 */
class AllSpecificationsTest {
    private static final SliceLoader SLICES = new SliceLoader();

    @AfterAll
    static void close() {
        SLICES.close();
    }

    @TestFactory
    Stream<DynamicNode> every_slice_keeps_its_specifications() {
        Path root = Repository.root();
        Landscape landscape = Landscape.read(root);
        Deployment deployment = Deployment.read(root);
        Map<String, Deployment.FunctionSpec> slices = new LinkedHashMap<>();
        deployment.functions().stream()
                .filter(Deployment.FunctionSpec::isOfSlice)
                .forEach(function -> slices.putIfAbsent(function.slice(), function));
        return slices.entrySet().stream()
                .map(slice -> DynamicContainer.dynamicContainer(
                        slice.getKey(),
                        SpecificationsTest.of(Specifications.of(
                                root, landscape, deployment, slice.getKey(), SLICES.loader(slice.getValue())))));
    }
}
