package dev.storyline.cli.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.cli.common.Session;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class UpParametersTest {
    private static Map<String, String> parameters(String... options) {
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream());
        UpCommand up = new UpCommand(new Session(Path.of(""), nowhere, nowhere, false, Map.of(), false));
        new CommandLine(up)
                .parseArgs(List.of(options).stream()
                        .flatMap(option -> List.of("--set", option).stream())
                        .toArray(String[]::new));
        return up.parameters();
    }

    @Test
    void nothing_is_set_by_itself() {
        assertThat(parameters()).isEmpty();
    }

    @Test
    void where_it_is_repeated_a_comma_is_part_of_the_value() {
        assertThat(parameters("NaughtyWords=kite,train", "Consistency=strict,B=2"))
                .isEqualTo(Map.of("NaughtyWords", "kite,train", "Consistency", "strict,B=2"));
    }

    @Test
    void given_once_it_may_hold_several() {
        assertThat(parameters("A=1,B=x=y,C=")).isEqualTo(Map.of("A", "1", "B", "x=y", "C", ""));
    }

    @Test
    void given_once_a_comma_that_no_name_follows_is_part_of_the_value() {
        assertThat(parameters("NaughtyWords=kite,train")).isEqualTo(Map.of("NaughtyWords", "kite,train"));
        assertThat(parameters("NaughtyWords=kite,train,Consistency=strict"))
                .isEqualTo(Map.of("NaughtyWords", "kite,train", "Consistency", "strict"));
    }
}
