package dev.storyline.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.cli.common.Session;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoProgressTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private DemoProgress progress(boolean terminal, int total) {
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new DemoProgress(new Session(Path.of(""), out, out, terminal, Map.of(), false), 5, total);
    }

    private String said() {
        return said.toString(StandardCharsets.UTF_8);
    }

    @Test
    void it_tells_the_day_how_much_is_done_and_how_fast() {
        assertThat(DemoProgress.text(3, 5, 431, 1_200, 11_340_000_000L))
                .isEqualTo("demo  day 3 of 5  [#######.............]  431 of 1,200 requests, 38/s");
        assertThat(DemoProgress.text(1, 5, 0, 1, 0)).contains("0 of 1 requests, 0/s");
    }

    @Test
    void off_a_terminal_each_tenth_is_a_line() {
        DemoProgress progress = progress(false, 200);
        for (int i = 0; i < 200; i++) {
            progress.day(1 + i / 40);
            progress.done(1);
        }
        progress.end();
        assertThat(said().lines()).hasSize(10).allMatch(line -> line.startsWith("demo  day "));
        assertThat(said())
                .contains("  20 of 200 requests", "200 of 200 requests")
                .doesNotContain("\r");
    }

    @Test
    void on_a_terminal_one_line_is_drawn_again() {
        DemoProgress progress = progress(true, 200);
        for (int i = 0; i < 200; i++) {
            progress.done(1);
        }
        progress.end();
        assertThat(said()).startsWith("\r\033[Kdemo  day 1 of 5").endsWith("\n");
        assertThat(said().lines().filter(line -> line.contains("200 of 200 requests")))
                .isNotEmpty();
    }
}
