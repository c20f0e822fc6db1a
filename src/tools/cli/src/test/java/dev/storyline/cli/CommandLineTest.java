package dev.storyline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.cli.common.Session;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class CommandLineTest {
    @TempDir
    Path root;

    private Ran run(String... arguments) {
        return Ran.in(root, arguments);
    }

    /** Every command at every level, {@code model check}. */
    static Stream<String> commands() {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        List<String> commands = new ArrayList<>();
        collect(
                Storyline.commandLine(new Session(Path.of(""), nowhere, nowhere, false, Map.of(), false)),
                "",
                commands);
        return commands.stream().filter(command -> !command.equals("help"));
    }

    private static void collect(CommandLine line, String above, List<String> commands) {
        line.getSubcommands().forEach((name, command) -> {
            commands.add(above + name);
            collect(command, above + name + " ", commands);
        });
    }

    @Test
    void all_commands_are_known() {
        assertThat(commands())
                .contains(
                        "up",
                        "demo",
                        "parked",
                        "redrive",
                        "reconcile",
                        "rebuild",
                        "archive",
                        "archive restore",
                        "clock",
                        "test",
                        "package",
                        "native",
                        "bench cold")
                .contains("bench local", "bench commerce", "bench search")
                .contains("model check", "model status", "model sign", "model draw", "model diff", "model import")
                .contains("model export", "slice new", "context new", "contracts write", "deploy lint", "deploy plan")
                .contains("format", "completion");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_prints_its_help_whatever_is_missing_on_the_machine(String command) {
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.add("--help");
        Ran ran = run(arguments.toArray(String[]::new));
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).startsWith("Usage: ./storyline " + command).contains("Exit status:");
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void the_root_command_and_groups_print_their_help() {
        for (List<String> arguments : List.of(
                List.<String>of(),
                List.of("--help"),
                List.of("help"),
                List.of("model"),
                List.of("slice"),
                List.of("deploy"))) {
            Ran ran = run(arguments.toArray(String[]::new));
            assertThat(ran.status()).as("%s", arguments).isZero();
            assertThat(ran.out()).startsWith("Usage: ./storyline").contains("Commands:");
        }
        assertThat(run("help", "rebuild").out()).startsWith("Usage: ./storyline rebuild");
    }

    @Test
    void the_version_is_the_version_of_the_build() {
        Ran ran = run("--version");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).matches("(?s)Storyline \\d+\\.\\d+.*\nJava \\d+.*\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            reconcil                   | There is no command 'reconcil'. Did you mean 'reconcile'?
            nonsense                   | There is no command 'nonsense'.
            model chek                 | There is no command 'model chek'. Did you mean 'model check'?
            deploy plans               | There is no command 'deploy plans'. Did you mean 'deploy plan'?
            deploy lint x              | The argument 'x' is one too many.
            contracts wirte            | There is no command 'contracts wirte'. Did you mean 'contracts write'?
            model check --jsn          | There is no option '--jsn'. Did you mean '--json'?
            model check a b            | The argument 'b' is one too many.
            model diff                 | Missing required parameters: 'OLD', 'NEW'.
            model diff no.yaml no.yaml | There is no file 'no.yaml'.
            model export --format visio | Invalid value for option '--format': expected one of [CONFIG, SCALABLE, MERMAID, MARKDOWN, EVENTCATALOG] (case-insensitive) but was 'visio'.
            model import x             | There is no file 'x'.
            slice new                  | Missing required parameters: 'CONTEXT', 'SLICE'.
            deploy plan --since        | Missing required parameter for option '--since' (REV).
            deploy plan --modules      | The option --modules needs --since REV.
            up --prot 9000             | There is no option '--prot'. Did you mean '--port'?
            up --port                  | Missing required parameter for option '--port' (N).
            up --data --in-memory      | Expected parameter for option '--data' but found '--in-memory'.
            up --port many             | Invalid value for option '--port': 'many' is not an int.
            up --port 70000            | A port is a number from 0 to 65535, not '70000'.
            up --in-memory --data x    | The options --in-memory and --data exclude each other.
            up --jvm-processes --native | The options --jvm-processes and --native exclude each other.
            up --auth https://a.b      | Tokens of an issuer are checked with its address and their audience: --auth https://issuer.example --audience storyline.
            up --audience storyline    | Tokens of an issuer are checked with its address and their audience: --auth https://issuer.example --audience storyline.
            up --audience --auth       | Expected parameter for option '--audience' but found '--auth'.
            up --alone                 | The option --alone needs the contexts to run: --contexts wishes --alone.
            up --chaos x               | Invalid value for option '--chaos': 'x' is not a long.
            rebuild                    | Missing required parameter: 'CONTEXT/SLICE'.
            rebuild a/b --segments 65  | The number of segments is a number from 1 to 64, not '65'.
            rebuild a/b --read-units -1 | A ceiling of --read-units is a number from 1 to 1000000, not '-1'; leave the option out for no ceiling.
            demo --orders=-1           | The number of orders is a number from 0 to 10000, not '-1'.
            demo --jobs 10001          | The number of jobs is a number from 0 to 10000, not '10001'.
            demo --seed x              | Invalid value for option '--seed': 'x' is not a long.
            demo --url 127.0.0.1:8080  | The address of a local cloud is like http://127.0.0.1:8080, not '127.0.0.1:8080'.
            clock tomorrow             | '''tomorrow'' is neither an amount of time, like +2d, nor an instant, like 2026-12-24T18:00:00Z.'
            redrive a/b c d            | The argument 'd' is one too many.
            bench --seconds 0          | The number of seconds is 1 or more, not '0'.
            bench --events 10          | The number of events is 1000 or more, not '10'.
            bench cold --starts 1000   | The number of starts is 1 to 999, not '1000'.
            bench local --store tape   | A store is memory, disk or both, not 'tape'.
            bench search --products 9  | The number of products is 100 or more, not '9'.
            bench search --seconds 0   | The number of seconds is 1 or more, not '0'.
            bench local --callers 1,0  | The number of callers is 1 or more, not '0'.
            bench commerce --parts tea | A part is one of [hot, orders], not 'tea'.
            bench commerce --runs 0    | The number of runs is 1 or more, not '0'.
            test --sinc HEAD           | There is no option '--sinc'. Did you mean '--since'?
            native wishes/nowhere      | There is no slice 'wishes/nowhere'. A slice is named by its context and its folder, like wishes/make-wish.
            """)
    void wrong_use_is_one_sentence_with_the_usage_and_status_2(String arguments, String sentence) {
        Ran ran = run(arguments.split(" "));
        assertThat(ran.err().lines().findFirst()).hasValue(sentence);
        assertThat(ran.err()).contains("Usage: ./storyline", " --help' explains it.");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void a_parameter_that_is_not_set_is_wrong_use() {
        Ran ran = run("up", "--set", "Consistency");
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains("--set").contains("KEY=VALUE").contains("Consistency");
    }

    @Test
    void names_that_do_not_exist_get_the_nearest_one() throws IOException {
        Files.createDirectories(root.resolve("functions/wishes/make-wish"));
        Files.writeString(root.resolve("functions/wishes/make-wish/pom.xml"), "<project/>");
        Files.writeString(root.resolve("model.yaml"), "context: x");
        assertThat(run("native", "wishes/mak-wish").err())
                .startsWith("There is no slice 'wishes/mak-wish'. Did you mean 'wishes/make-wish'?");
        assertThat(run("up", "--contexts", "wishs").err())
                .startsWith("There is no context 'wishs'. Did you mean 'wishes'?");
        String file = root.resolve("modle.yaml").toString();
        assertThat(run("model", "diff", file, file).err())
                .startsWith("There is no file '" + file + "'. Did you mean '" + root.resolve("model.yaml") + "'?");
    }

    @Test
    void what_could_not_be_done_is_one_sentence_and_status_3() {
        for (List<String> arguments : List.of(
                List.of("parked"),
                List.of("redrive", "a/b"),
                List.of("reconcile"),
                List.of("clock", "+2d"),
                List.of("demo", "--url", "http://127.0.0.1:9"),
                List.of("rebuild", "a/b"),
                List.of("archive", "a"),
                List.of("archive", "restore", "a#b", "--reason", "Ticket"),
                List.of("native"),
                List.of("deploy", "lint"),
                List.of("deploy", "plan"))) {
            Ran ran = run(arguments.toArray(String[]::new));
            assertThat(ran.status()).as("%s: %s", arguments, ran.err()).isEqualTo(3);
            assertThat(ran.err()).as("%s", arguments).hasLineCount(1).doesNotContain("\tat ");
        }
        assertThat(run("native").err()).startsWith("Native executables need GRAALVM_HOME");
        assertThat(run("parked", "--data", "nowhere").err()).startsWith("There is no data in nowhere: ");
        assertThat(run("deploy", "lint").err()).startsWith("There are no templates under");
    }

    @Test
    void output_is_coloured_on_a_terminal_only_and_not_against_the_will_of_the_user() {
        assertThat(Ran.in(root, "--help").out()).doesNotContain("\033[");
        assertThat(Ran.in(root, true, Map.of(), "--help").out()).contains("\033[");
        assertThat(Ran.in(root, true, Map.of("NO_COLOR", "1"), "--help").out()).doesNotContain("\033[");
        assertThat(Ran.in(root, true, Map.of("TERM", "dumb"), "--help").out()).doesNotContain("\033[");
    }

    @Test
    void the_completion_script_is_valid_bash_and_knows_the_commands() throws Exception {
        Ran ran = run("completion");
        assertThat(ran.status()).isZero();
        assertThat(ran.out()).contains("complete -F _complete_storyline", "reconcile", "--read-units");
        Path script = Files.writeString(root.resolve("completion"), ran.out());
        Process bash =
                new ProcessBuilder("bash", "-n", script.toString()).inheritIO().start();
        assertThat(bash.waitFor()).isZero();
    }
}
