package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.storyline.journeys.planted.one.One;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks that modules and packages depend on each other in one direction. These rules read compiled classes.
 * {@code HouseRules} has the rules that need sources.
 */
class ArchitectureTest {
    private static final Path ROOT = Repository.root();
    private static final String OURS = "dev.storyline";

    /** The modules that a module of the runtime may use, besides itself. */
    private static final Map<String, Set<String>> RUNTIME = Map.of(
            "src/runtime/kernel", Set.of(),
            "src/runtime/common", Set.of("src/runtime/kernel"),
            "src/runtime/eventstore", Set.of("src/runtime/kernel", "src/runtime/common"),
            "src/runtime/projections", Set.of("src/runtime/kernel", "src/runtime/common", "src/runtime/eventstore"),
            "src/runtime/edge",
                    Set.of(
                            "src/runtime/kernel",
                            "src/runtime/common",
                            "src/runtime/eventstore",
                            "src/runtime/projections"));

    /** The folder of each module with compiled main classes. */
    private static final Set<String> MODULES = new TreeSet<>();

    private static JavaClasses all = new ClassFileImporter().importPaths(List.of());

    @BeforeAll
    static void read() throws IOException {
        for (String folder : modules()) {
            if (Files.isDirectory(ROOT.resolve(folder).resolve("target/classes"))) {
                MODULES.add(folder);
            }
        }
        // Third-party classes are not part of any rule.
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        all = new ClassFileImporter()
                .importPaths(MODULES.stream()
                        .map(module -> ROOT.resolve(module).resolve("target/classes"))
                        .toList());
    }

    @AfterAll
    static void reset() {
        ArchConfiguration.get().reset();
    }

    private static Set<String> modules() throws IOException {
        Set<String> modules = new TreeSet<>();
        for (String folder : List.of("src", "functions", "infra")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder), 3)) {
                files.filter(file -> file.endsWith("pom.xml"))
                        .map(file -> ROOT.relativize(file.resolveSibling("")).toString())
                        .forEach(modules::add);
            }
        }
        return modules;
    }

    /** Returns the folder of the module that contains a class; empty for a third-party class. */
    private static String owner(JavaClass one) {
        return one.getBaseComponentType()
                .getSource()
                .map(source ->
                        ROOT.relativize(Path.of(source.getUri())).toString().replaceFirst("/target/classes/.*", ""))
                .orElse("");
    }

    /**
     * Returns one of the first two or three parts of a module's folder: they name its kind, and the context of a slice.
     */
    private static String part(String module, int index) {
        String[] parts = module.split("/");
        return index < parts.length ? parts[index] : "";
    }

    /** Checks whether classes of one module may use classes of another. */
    private static boolean mayName(String module, String other) {
        if (module.equals(other)) {
            return true;
        }
        if (RUNTIME.containsKey(module)) {
            return RUNTIME.getOrDefault(module, Set.of()).contains(other);
        }
        if (module.startsWith("src/contexts/")) {
            return other.equals("src/runtime/kernel");
        }
        if (module.equals("infra")) {
            return other.startsWith("src/runtime/");
        }
        if (module.startsWith("functions/")) {
            return other.startsWith("src/runtime/") || other.equals("src/contexts/" + part(module, 1));
        }
        if (module.startsWith("src/tools/")) {
            return other.startsWith("src/runtime/") || other.startsWith("src/tools/");
        }
        // Benchmarks measure slices.
        return !other.startsWith("functions/") || module.equals("src/verification/benchmarks");
    }

    @Test
    void every_dependency_between_modules_points_inwards() {
        assertThat(MODULES).hasSizeGreaterThan(40);
        Set<String> violations = new TreeSet<>();
        for (JavaClass one : all) {
            for (Dependency dependency : one.getDirectDependenciesFromSelf()) {
                String other = owner(dependency.getTargetClass());
                if (!other.isEmpty() && !mayName(owner(one), other)) {
                    violations.add(owner(one) + " names " + other + ": " + dependency.getDescription());
                }
            }
        }
        assertThat(violations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "src/runtime/edge, src/tools/local",
        "src/runtime/eventstore, src/runtime/projections",
        "src/runtime/kernel, src/runtime/common",
        "src/contexts/wishes, src/contexts/logistics",
        "src/contexts/wishes, src/runtime/edge",
        "functions/wishes/make-wish, functions/wishes/cancel-wish",
        "functions/wishes/make-wish, src/contexts/logistics",
        "functions/wishes/make-wish, src/verification/testkit",
        "src/tools/local, src/verification/testkit"
    })
    void a_dependency_that_points_outwards_is_a_violation(String module, String other) {
        assertThat(mayName(module, other)).isFalse();
        assertThat(mayName(module, module)).isTrue();
    }

    @Test
    void no_cycle_connects_modules() {
        assertNoCycle(all, ArchitectureTest::owner);
    }

    @Test
    void no_cycle_connects_the_packages_of_a_module() {
        assertNoCycle(all, one -> owner(one).isEmpty() ? "" : owner(one) + " " + one.getPackageName());
    }

    @Test
    void a_planted_cycle_of_packages_is_found() {
        JavaClasses planted = new ClassFileImporter()
                .importPackages(
                        One.class.getPackageName(), One.class.getPackageName().replace("one", "other"));
        assertThatThrownBy(() -> assertNoCycle(planted, JavaClass::getPackageName))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("Cycle detected");
    }

    private static void assertNoCycle(JavaClasses classes, Function<JavaClass, String> group) {
        SliceAssignment assignment = new SliceAssignment() {
            @Override
            public SliceIdentifier getIdentifierOf(JavaClass one) {
                String name = one.getPackageName().startsWith(OURS) ? group.apply(one) : "";
                return name.isEmpty() ? SliceIdentifier.ignore() : SliceIdentifier.of(name);
            }

            @Override
            public String getDescription() {
                return "our classes";
            }
        };
        SlicesRuleDefinition.slices()
                .assignedFrom(assignment)
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }
}
