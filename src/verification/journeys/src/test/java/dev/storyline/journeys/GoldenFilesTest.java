package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.EventType;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Upcaster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the check of golden files with a small language that has two versions of one event. Each defect is planted. */
class GoldenFilesTest {
    sealed interface Till {
        @EventType(value = "Sold", version = 2)
        record Sold(String item, int amount, String currency) implements Till {}
    }

    private static final Language LANGUAGE = language(fields -> with(fields, "currency", "EUR"));

    @TempDir
    Path root;

    private static Language language(UnaryOperator<Map<String, Object>> change) {
        return Language.of("till", Set.of(Till.class), List.of(new Upcaster("Sold", 1, change)));
    }

    private static Map<String, Object> with(Map<String, Object> fields, String field, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(fields);
        more.put(field, value);
        return more;
    }

    @BeforeEach
    void two_released_versions() throws IOException {
        String first = "\"item\": {\"type\": \"string\"}, \"amount\": {\"type\": \"integer\"}";
        write(
                "contracts/events/Sold.v1.json",
                "{\"type\": \"object\", \"properties\": {" + first + "}, \"required\":" + " [\"item\", \"amount\"]}");
        write(
                "contracts/events/Sold.v2.json",
                "{\"type\": \"object\", \"properties\": {" + first
                        + ", \"currency\": {\"type\": \"string\"}}, \"required\": [\"item\", \"amount\", \"currency\"]}");
        write("src/test/resources/golden/Sold.v1.json", "{\"item\":\"pen\",\"amount\":2}\n");
        write("src/test/resources/golden/Sold.v2.json", "{\"item\":\"pen\",\"amount\":2,\"currency\":\"SEK\"}\n");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve("src/contexts/till/" + file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private List<String> flaws(Language language) {
        return GoldenFiles.flaws(root, "till", language);
    }

    @Test
    void golden_files_of_every_version_are_read() {
        assertThat(flaws(LANGUAGE)).isEmpty();
    }

    @Test
    void a_released_version_without_a_golden_file_is_told() throws IOException {
        Files.delete(root.resolve("src/contexts/till/src/test/resources/golden/Sold.v1.json"));
        assertThat(flaws(LANGUAGE))
                .singleElement()
                .asString()
                .contains("contracts/events/Sold.v1.json was released, but has no golden file: write the data");
    }

    @Test
    void a_golden_file_that_was_never_released_is_told() throws IOException {
        Files.delete(root.resolve("src/contexts/till/contracts/events/Sold.v1.json"));
        assertThat(flaws(LANGUAGE))
                .singleElement()
                .asString()
                .contains("golden/Sold.v1.json belongs to no released event version");
    }

    @Test
    void a_golden_file_that_does_not_match_its_schema_is_told() throws IOException {
        write("src/test/resources/golden/Sold.v1.json", "{\"item\":\"pen\"}");
        assertThat(flaws(LANGUAGE))
                .anySatisfy(flaw -> assertThat(flaw)
                        .contains(
                                "golden/Sold.v1.json does not match a schema.",
                                "Sold.v1.json is not kept",
                                "'amount'"));
    }

    @Test
    void an_upcaster_that_does_not_bring_up_what_the_new_version_promises_is_told() {
        assertThat(flaws(language(fields -> fields)))
                .singleElement()
                .asString()
                .contains("golden/Sold.v1.json does not match a schema.", "Sold.v2.json is not kept", "'currency'");
    }

    @Test
    void an_upcaster_that_fails_is_told() {
        assertThat(flaws(language(fields -> with(fields, "amount", "two"))))
                .singleElement()
                .asString()
                .contains("golden/Sold.v1.json cannot be read any more: ");
    }

    /** Each path reads the event separately. A path that reads it differently is reported by name. */
    @Test
    void a_path_that_reads_something_else_is_told() {
        AtomicInteger reads = new AtomicInteger();
        List<String> flaws =
                flaws(language(fields -> with(with(fields, "currency", "EUR"), "amount", reads.incrementAndGet())));
        for (String path : List.of("load", "feed", "rebuild", "redrive")) {
            assertThat(flaws)
                    .anySatisfy(flaw -> assertThat(flaw)
                            .contains("golden/Sold.v1.json is {\"item\":\"pen\"", "on the path " + path + ", not "));
        }
    }
}
