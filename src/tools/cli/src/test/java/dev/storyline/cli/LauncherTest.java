package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, a copy of {@code ./storyline}, in a repository with a JDK and a Maven that only print what they are given. */
class LauncherTest {
    private static final int MOST_LINES = 80;

    @TempDir
    Path root;

    private record Launched(int status, String out, String err) {}

    @BeforeEach
    void repository() throws IOException {
        Files.copy(Ran.REPOSITORY.resolve("storyline"), root.resolve("storyline"));
        write("pom.xml", "<project/>");
        write("src/tools/cli/src/main/java/A.java", "class A {}");
        write("src/runtime/kernel/src/main/java/B.java", "class B {}");
        jdk("jdk", "25.0.3");
        maven("""
                echo "mvn $*" >>maven.log
                mkdir -p src/tools/cli/target/own-jars src/tools/local/target/lambda-runtime
                touch src/tools/cli/target/storyline-cli-1.jar src/tools/cli/target/own-jars/own.jar
                echo other.jar >src/tools/cli/target/other-jars.classpath
                """);
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private void script(String file, String text) throws IOException {
        write(file, "#!/usr/bin/env bash\n" + text);
        Files.setPosixFilePermissions(root.resolve(file), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void jdk(String folder, String version) throws IOException {
        script(folder + "/bin/javac", "");
        script(folder + "/bin/java", "echo \"java of " + folder + ": $*\"; echo \"charset: $(locale charmap)\"");
        write(folder + "/release", "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    private void maven(String text) throws IOException {
        script("bin/mvn", text);
    }

    private Launched launch(String... arguments) throws Exception {
        return launch(Map.of("JAVA_HOME", root.resolve("jdk").toString()), arguments);
    }

    private Launched launch(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of("bash", root.resolve("storyline").toString()));
        command.addAll(List.of(arguments));
        Path out = root.resolve("out");
        Path err = root.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", root.resolve("bin") + ":/usr/bin:/bin");
        builder.environment().put("HOME", root.toString());
        builder.environment().putAll(environment);
        int status = builder.start().waitFor();
        return new Launched(status, Files.readString(out), Files.readString(err));
    }

    private long builds() throws IOException {
        Path log = root.resolve("maven.log");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    private void edit() throws IOException {
        Path source = root.resolve("src/tools/cli/src/main/java/A.java");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(2)));
    }

    @Test
    void it_is_shorter_than_80_lines() throws IOException {
        assertThat(Files.readAllLines(root.resolve("storyline"))).hasSizeLessThan(MOST_LINES);
    }

    @Test
    void it_builds_the_command_line_once_and_starts_it_from_a_copy_of_its_jars() throws Exception {
        Launched launched = launch("model", "check", "two words");
        assertThat(launched.err()).isEqualTo("Building the command line of Storyline ...\n");
        assertThat(launched.status()).isZero();
        assertThat(launched.out())
                .contains("java of jdk: ")
                .contains("-Dstoryline.root=" + root)
                .contains("/own.jar:")
                .contains(":other.jar dev.storyline.cli.Storyline model check two words")
                .doesNotContain("src/tools/cli/target");
        assertThat(Files.readString(root.resolve("maven.log"))).contains("package -pl src/tools/cli -am");
        assertThat(launch("model", "check").err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void what_needs_todays_sources_is_built_again_after_an_edit_and_an_operators_command_is_not() throws Exception {
        launch("up");
        edit();
        for (String command : List.of(
                "parked",
                "redrive",
                "reconcile",
                "rebuild",
                "archive",
                "clock",
                "completion",
                "help",
                "--help",
                "--version")) {
            assertThat(launch(command).err()).as(command).isEmpty();
        }
        assertThat(launch("up", "--help").err()).isEmpty();
        assertThat(launch().err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
        assertThat(launch("up").err()).contains("Building");
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void an_operators_command_never_builds() throws Exception {
        for (String command : List.of("parked", "redrive", "reconcile", "rebuild", "archive", "clock")) {
            Launched launched = launch(command, "wishes/child-wishes");
            assertThat(launched.err()).as(command).contains("no build of the command line", "./storyline --help");
            assertThat(launched.status()).isEqualTo(3);
        }
        assertThat(Files.exists(root.resolve("maven.log"))).isFalse();
    }

    @Test
    void a_failed_build_prints_the_messages_of_the_compiler_and_leaves_the_last_build_in_use() throws Exception {
        launch("up");
        edit();
        maven("""
                for i in 1 2; do
                  echo "[ERROR] $PWD/src/tools/cli/src/main/java/A.java:[12,5] cannot find symbol"
                  echo "[ERROR] $PWD/src/tools/cli/src/main/java/A.java:[14,9] ';' expected"
                done
                echo "[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch."
                exit 1
                """);
        Launched launched = launch("model", "check");
        assertThat(launched.status()).isEqualTo(3);
        assertThat(launched.err().lines())
                .containsExactly(
                        "Building the command line of Storyline ...",
                        "src/tools/cli/src/main/java/A.java:12: cannot find symbol",
                        "src/tools/cli/src/main/java/A.java:14: ';' expected",
                        "The build failed; its whole output is in target/storyline/cli.log.");
        assertThat(launch("parked").out()).contains("dev.storyline.cli.Storyline parked");
    }

    @Test
    void a_build_that_fails_without_the_compiler_prints_what_maven_says() throws Exception {
        maven("echo '[ERROR] Could not resolve dependencies'; exit 1");
        Launched launched = launch("up");
        assertThat(launched.status()).isEqualTo(3);
        assertThat(launched.err()).contains("[ERROR] Could not resolve dependencies\n");
    }

    @Test
    void without_maven_it_says_what_to_install() throws Exception {
        Files.delete(root.resolve("bin/mvn"));
        Launched launched =
                launch(Map.of("JAVA_HOME", root.resolve("jdk").toString(), "PATH", tools().toString()), "up");
        assertThat(launched.status()).isEqualTo(3);
        assertThat(launched.err()).contains("Storyline needs Maven (3.8.7 or newer)");
    }

    @Test
    void a_jdk_that_is_too_old_is_passed_over() throws Exception {
        jdk("old", "21.0.5");
        script("tools/java", "echo '    java.home = " + root.resolve("jdk") + "' >&2");
        Launched launched = launch(
                Map.of(
                        "JAVA_HOME",
                        root.resolve("old").toString(),
                        "PATH",
                        root.resolve("tools") + ":" + root.resolve("bin") + ":/usr/bin:/bin"),
                "up");
        assertThat(launched.out()).startsWith("java of jdk: ");
        Files.move(
                root.resolve("jdk"),
                Files.createDirectories(root.resolve(".jdks")).resolve("jdk-25"));
        assertThat(launch(Map.of("JAVA_HOME", root.resolve("old").toString()), "up")
                        .out())
                .as("another JDK of this machine, or the one below the home folder")
                .doesNotContain("java of old");
    }

    @Test
    void the_charset_is_utf_8_whatever_the_locale_is_and_a_good_locale_is_kept() throws Exception {
        String jdk = root.resolve("jdk").toString();
        for (Map<String, String> locale : List.of(
                Map.of("LANG", "C"),
                Map.of("LC_ALL", "C"),
                Map.of("LC_ALL", "POSIX"),
                Map.of("LC_CTYPE", "C", "LANG", "C.UTF-8"),
                Map.of("LC_ALL", "tr_TR.ISO-8859-9"),
                Map.of("LANG", "C.UTF-8"))) {
            Map<String, String> environment = new HashMap<>(locale);
            environment.put("JAVA_HOME", jdk);
            assertThat(launch(environment, "up").out()).as("%s", locale).contains("charset: UTF-8");
        }
    }

    /** A folder with the few programs that the launcher uses, and no Maven. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(root.resolve("few"));
        for (String program : List.of("bash", "dirname", "sed", "cat", "find", "mkdir", "env")) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path from = Path.of(folder, program);
                if (Files.exists(from) && Files.notExists(tools.resolve(program))) {
                    Files.createSymbolicLink(tools.resolve(program), from);
                }
            }
        }
        return tools;
    }
}
