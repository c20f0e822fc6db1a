package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that start Maven, with a Maven that only notes what it is given. */
class BuildCommandsTest {
    @TempDir
    Path root;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void repository() throws IOException {
        write("pom.xml", "<project/>");
        write("functions/wishes/make-wish/pom.xml", "<project/>");
        write("functions/wishes/child-wishes/pom.xml", "<project/>");
        maven("exit 0");
        write("bin/chromedriver", "");
        Files.setPosixFilePermissions(root.resolve("bin/chromedriver"), PosixFilePermissions.fromString("rwxr-xr-x"));
        environment.put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private void maven(String text) throws IOException {
        write("bin/mvn", "#!/bin/sh\necho \"$*\" >>maven.log\necho \"$JAVA_HOME\" >jdk.log\n" + text + "\n");
        Files.setPosixFilePermissions(root.resolve("bin/mvn"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Ran run(String... arguments) {
        return Ran.in(root, false, environment, arguments);
    }

    private List<String> asked() throws IOException {
        Path log = root.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void test_runs_everything_and_then_the_journeys_on_the_jdk_of_this_process() throws IOException {
        Ran ran = run("test");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("Native executables: skipped, GRAALVM_HOME is not set.");
        assertThat(asked()).hasSize(2);
        assertThat(asked().getFirst()).contains("verify", "!src/verification/journeys");
        assertThat(asked().getLast())
                .contains("verify", "-Dtest=dev.storyline.journeys.*Test", ",src/verification/journeys -am");
        assertThat(Files.readString(root.resolve("jdk.log")).strip()).isEqualTo(System.getProperty("java.home"));
    }

    @Test
    void test_has_a_quick_and_a_long_run() throws IOException {
        assertThat(run("test", "--quick").status()).isZero();
        assertThat(asked()).hasSize(2).allMatch(line -> line.contains("package") && line.contains("-Pquick"));
        assertThat(run("test", "--long").status()).isZero();
        assertThat(asked().subList(2, 4)).allMatch(line -> line.contains("verify") && line.contains("-Plong"));
        assertThat(run("test", "--quick", "--long").status()).isEqualTo(2);
        assertThat(run("test", "--quick", "wishes/make-wish").status()).isEqualTo(2);
        assertThat(asked()).hasSize(4);
    }

    @Test
    void test_builds_native_executables_where_there_is_a_graalvm() throws IOException {
        environment.put("GRAALVM_HOME", "/graalvm");
        assertThat(run("test").status()).isZero();
        assertThat(asked().getLast()).contains("-Pnative -pl functions/wishes/make-wish,functions/wishes/child-wishes");
    }

    @Test
    void a_failed_test_is_status_1_and_ends_the_run() throws IOException {
        maven("exit 1");
        assertThat(run("test").status()).isEqualTo(1);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void test_of_slices_runs_their_tests_and_specifications() throws IOException {
        assertThat(run("test", "wishes/make-wish").status()).isZero();
        assertThat(asked().getFirst())
                .contains("verify -pl functions/wishes/make-wish -am")
                .contains(
                        "-Dtest=dev/storyline/wishes/makewish/*Test,dev.storyline.testkit.scenario.SpecificationsTest");
        assertThat(run("test", "wishes/mak-wish").status()).isEqualTo(2);
        assertThat(asked()).hasSize(1);
    }

    @Test
    void test_hands_arguments_of_maven_on_in_their_order() throws IOException {
        assertThat(run("test", "-pl", "src/runtime/edge", "-am", "-Dtest=EffectRunnerTest")
                        .status())
                .isZero();
        assertThat(asked()).hasSize(1);
        assertThat(asked().getFirst()).endsWith("verify -pl src/runtime/edge -am -Dtest=EffectRunnerTest");
    }

    @Test
    void a_failed_build_prints_the_first_errors_of_the_compiler_with_file_and_line() throws IOException {
        maven("""
                for line in 1 2 3 4 5 6 7 8 9 10 11; do
                  echo "[ERROR] $PWD/functions/wishes/make-wish/src/main/java/A.java:[$line,5] cannot find symbol"
                done
                echo "[ERROR] re-run Maven with the -e switch."
                exit 1""");
        Ran ran = run("package", "wishes/make-wish");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err().lines().skip(1).findFirst())
                .hasValue("functions/wishes/make-wish/src/main/java/A.java:1: cannot find symbol");
        assertThat(ran.err())
                .contains("A.java:10: cannot find symbol\n... and 1 more\n")
                .contains("The build failed; its whole output is in target/storyline/slices.log.")
                .doesNotContain("A.java:11", "-e switch");
        maven("echo '[ERROR] Could not resolve dependencies'; exit 1");
        assertThat(run("package").err()).contains("Could not resolve dependencies\n");
    }

    @Test
    void package_builds_the_zips_of_all_slices_or_of_those_that_are_named() throws IOException {
        assertThat(run("package").out().lines())
                .containsExactly(
                        "functions/wishes/child-wishes/target/function.zip",
                        "functions/wishes/make-wish/target/function.zip");
        assertThat(run("package", "wishes/make-wish").status()).isZero();
        assertThat(asked().getLast()).contains("package -pl functions/wishes/make-wish -am");
    }

    @Test
    void up_builds_what_is_stale_and_an_operators_command_never_builds() throws IOException {
        Files.createDirectories(root.resolve(".data"));
        run("parked");
        assertThat(asked()).as("never built").isEmpty();
        run("up", "--in-memory");
        assertThat(asked()).hasSize(1);
        Path source = root.resolve("functions/wishes/make-wish/src/main/java/A.java");
        write("functions/wishes/make-wish/src/main/java/A.java", "class A {}");
        Files.setLastModifiedTime(
                source,
                java.nio.file.attribute.FileTime.from(java.time.Instant.now().plusSeconds(2)));
        run("parked");
        assertThat(asked()).hasSize(1);
        run("up", "--in-memory");
        assertThat(asked()).as("after an edit").hasSize(2);
    }

    @Test
    void without_maven_a_command_says_what_to_install() {
        environment.put("PATH", root.resolve("nowhere").toString());
        Ran ran = run("package");
        assertThat(ran.status()).isEqualTo(3);
        assertThat(ran.err()).contains("Storyline needs Maven (3.8.7 or newer)");
    }
}
