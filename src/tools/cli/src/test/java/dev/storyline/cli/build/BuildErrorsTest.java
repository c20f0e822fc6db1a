package dev.storyline.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a failed build says. */
class BuildErrorsTest {
    private static final Path ROOT = Path.of("/repository");

    @Test
    void an_error_of_the_compiler_is_told_with_its_file_and_line() {
        assertThat(BuildErrors.of(ROOT, List.of("[ERROR] /repository/src/A.java:[12,5] cannot find symbol")))
                .isEqualTo("src/A.java:12: cannot find symbol\n");
    }

    @Test
    void an_error_of_the_formatter_is_told_with_its_file_and_line_and_what_to_write_instead() {
        assertThat(BuildErrors.of(
                        ROOT,
                        List.of(
                                "[ERROR] Failed to execute goal com.diffplug.spotless:apply: There were 1 lint error(s)",
                                "[ERROR]   src/main/java/A.java:L29 palantir-java-format(palantir-java-format) error:"
                                        + " expected token: '_'; generated ) instead",
                                "[ERROR]   Resolve these lints or suppress with `<lintSuppressions>`",
                                "[ERROR] -> [Help 1]")))
                .isEqualTo("src/main/java/A.java:29: error: expected token: '_'; generated ) instead"
                        + " (the formatter does not know '_' in a record pattern: write 'var _')\n");
    }

    @Test
    void any_other_failure_is_told_as_maven_tells_it() {
        assertThat(BuildErrors.of(ROOT, List.of("[INFO] Building", "[ERROR] No such project")))
                .isEqualTo("No such project\n");
    }
}
