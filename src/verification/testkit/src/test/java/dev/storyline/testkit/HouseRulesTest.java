package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseRulesTest {
    @TempDir
    Path planted;

    @Test
    void this_repository_keeps_the_rules_of_the_house() {
        assertThat(HouseRules.check(Repository.root())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            kernel-imports-jdk-only   | src/runtime/kernel/src/main/java/A.java | import com.fasterxml.jackson.databind.JsonNode; class A {}
            arrows-point-inwards      | src/runtime/eventstore/src/main/java/A.java | import dev.storyline.edge.Edge; class A {}
            arrows-point-inwards      | src/runtime/projections/src/main/java/A.java | class A { dev.storyline.local.Main main; }
            arrows-point-inwards      | src/contexts/wishes/src/main/java/A.java | import dev.storyline.contexts.orders.Order; class A {}
            slice-imports-no-slice    | functions/wishes/one/src/main/java/A.java | import dev.storyline.wishes.two.B; class A {}
            slice-imports-no-slice    | functions/wishes/one/src/main/java/A.java | import dev.storyline.contexts.orders.Order; class A {}
            foreign-context           | src/contexts/wishes/src/main/java/A.java | import dev.storyline.contexts.orders.Order; class A {}
            foreign-context           | src/contexts/wishes/src/test/java/A.java | class A { dev.storyline.contexts.orders.Order order; }
            foreign-context           | functions/wishes/one/src/main/java/A.java | import dev.storyline.contexts.orders.Order; class A {}
            foreign-context           | functions/wishes/one/src/test/java/A.java | import static dev.storyline.contexts.orders.Order.NONE; class A {}
            sdk-stays-inside          | functions/wishes/one/src/main/java/A.java | import software.amazon.awssdk.services.dynamodb.DynamoDbClient; class A {}
            quarkus-stays-at-the-edge | functions/wishes/one/src/main/java/A.java | import io.quarkus.funqy.Funq; class A {}
            banned-names              | src/runtime/edge/src/main/java/A.java | class WishDto {}
            banned-names              | src/runtime/edge/src/main/java/A.java | class EdgeUtils {}
            banned-names              | src/runtime/edge/src/main/java/A.java | class EndpointV2 {}
            no-sleep-in-tests         | src/runtime/edge/src/test/java/A.java | class A { void a() throws Exception { Thread.sleep(5); } }
            one-meaning               | src/runtime/edge/src/main/java/A.java | class A { record Page() {} static class B { record Page() {} } }
            test-asserts              | src/runtime/edge/src/test/java/A.java | class A { @Test void a() { run(); } }
            test-asserts              | src/runtime/edge/src/test/java/A.java | class A { @ParameterizedTest void a() { run(() -> failing); } }
            function-names-unique     | functions/wishes/one/src/main/java/AFunction.java | class AFunction { @Funq void a() {} }
            function-names-unique     | functions/wishes/one/src/main/java/AFunction.java | class AFunction { @Funq("a") void a() {} @Funq("a") void b() {} }
            no-kept-randomness        | src/runtime/eventstore/src/main/java/A.java | import java.util.concurrent.ThreadLocalRandom; class A {}
            no-kept-randomness        | functions/wishes/one/src/main/java/A.java | class A { static final java.util.Random R = new java.util.Random(); }
            no-default-over-patterns  | functions/wishes/one/src/main/java/A.java | class A { int a(Object o) { return switch (o) { case String s -> 1; default -> 2; }; } }
            """)
    void a_planted_fault_is_found(String rule, String file, String source) throws IOException {
        plant(file, source);
        assertThat(HouseRules.check(planted))
                .extracting(HouseRules.Violation::rule)
                .contains(rule);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            src/runtime/kernel/src/main/java/A.java | import java.time.Instant; import org.jspecify.annotations.Nullable; class A {}
            src/runtime/kernel/src/test/java/A.java | import org.junit.jupiter.api.Test; class A {}
            src/runtime/edge/src/main/java/A.java | import dev.storyline.kernel.Id; import io.quarkus.funqy.Funq; class A {}
            src/runtime/edge/src/main/java/A.java | class Distribution { int a(int o) { return switch (o) { case 1 -> 1; default -> 2; }; } }
            src/contexts/wishes/src/main/java/A.java | import dev.storyline.contexts.wishes.ChildId; class A {}
            src/contexts/wishes/src/test/java/A.java | import dev.storyline.contexts.wishes.ChildId; import dev.storyline.testkit.Rows; class A {}
            src/verification/testkit/src/test/java/A.java | import dev.storyline.contexts.wishes.ChildId; class A {}
            src/verification/testkit/src/test/java/A.java | class A { @Test void a() { assertWell(); } @Test void b() { get().then().statusCode(200); } void c() {} }
            """)
    void a_near_miss_is_not_a_finding(String file, String source) throws IOException {
        plant(file, source);
        assertThat(HouseRules.check(planted)).isEmpty();
    }

    @Test
    void a_slice_of_another_context_is_foreign_even_to_a_test() throws IOException {
        plant("functions/orders/two/src/main/java/B.java", "package dev.storyline.orders.two; class B {}");
        plant("functions/wishes/one/src/test/java/A.java", "import dev.storyline.orders.two.B; class A {}");
        plant("functions/wishes/one/src/test/java/C.java", "import dev.storyline.wishes.one.D; class C {}");
        assertThat(HouseRules.check(planted))
                .filteredOn(finding -> finding.rule().equals("foreign-context"))
                .extracting(HouseRules.Violation::file)
                .containsExactly("functions/wishes/one/src/test/java/A.java");
    }

    @Test
    void a_folder_that_is_no_whole_slice_is_told_what_it_lacks() throws IOException {
        plant("functions/wishes/pom.xml", "<modules/>");
        plant("functions/wishes/half/notes.txt", "to be written");
        assertThat(HouseRules.check(planted))
                .extracting(HouseRules.Violation::problem)
                .containsExactlyInAnyOrder(
                        "The slice has no template.yaml",
                        "The slice needs a pom.xml of at most 15 lines, not 0",
                        "The slice has no class that ends in Function",
                        "The slice is not in the module list of its context");
    }

    @Test
    void a_function_class_that_does_more_than_wiring_is_too_long() throws IOException {
        plant(
                "functions/wishes/one/src/main/java/LongFunction.java",
                "class LongFunction { void a() {" + "System.out.println();".repeat(30) + "} }");
        assertThat(HouseRules.check(planted))
                .extracting(HouseRules.Violation::rule)
                .contains("function-class-is-short");
    }

    @Test
    void a_class_or_a_method_that_is_too_long_is_a_finding_and_one_of_the_longest_allowed_is_not() throws IOException {
        plant("src/runtime/edge/src/main/java/A.java", "class A {" + "\n".repeat(500) + "}");
        plant("src/runtime/edge/src/main/java/B.java", "class B {" + "\n".repeat(499) + "}");
        plant("src/runtime/edge/src/test/java/C.java", "class C { void a() {" + "\n".repeat(60) + "} }");
        plant("src/runtime/edge/src/test/java/D.java", "class D { void a() {" + "\n".repeat(59) + "} }");
        assertThat(HouseRules.check(planted))
                .extracting(finding -> finding.rule() + " " + finding.file())
                .containsExactlyInAnyOrder(
                        "class-is-short src/runtime/edge/src/main/java/A.java",
                        "method-is-short src/runtime/edge/src/test/java/C.java");
    }

    private void plant(String file, String content) throws IOException {
        Path path = planted.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, content);
    }
}
