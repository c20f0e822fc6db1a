package dev.storyline.cli.build;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which tests belong to a Maven module. */
final class TestedModules {
    private TestedModules() {}

    /** Whether the tests of all these modules can be run without those of others: contracts and journeys test all slices. */
    static boolean haveTestsOfTheirOwn(List<String> modules) {
        return modules.stream().allMatch(module -> pattern(module).isPresent());
    }

    /** The tests of these modules, as {@code -Dtest} takes them. */
    static String patterns(List<String> modules) {
        return modules.stream().flatMap(module -> pattern(module).stream()).collect(Collectors.joining(","));
    }

    private static Optional<String> pattern(String module) {
        String name = module.substring(module.lastIndexOf('/') + 1);
        if (module.startsWith("functions/")) {
            return Optional.of("dev/storyline/"
                    + module.substring("functions/".length()).replace("-", "")
                    + "/*Test,dev.storyline.testkit.scenario.SpecificationsTest");
        }
        boolean own = module.startsWith("src/contexts/")
                || List.of("src/tools/cli", "src/verification/benchmarks", "src/verification/conformance")
                        .contains(module);
        return own ? Optional.of("dev/storyline/" + name + "/**/*Test") : Optional.empty();
    }
}
