package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReleasedContractTest {
    @TempDir
    Path root;

    @BeforeEach
    void a_contract() throws IOException {
        Path folder = root.resolve("src/contexts/library/contracts/public-events");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("BookLent.v1.json"), """
                {"$schema": "https://json-schema.org/draft/2020-12/schema",
                 "type": "object",
                 "properties": {"book": {"type": "string", "maxLength": 5},
                                "until": {"type": "string", "format": "date-time"}},
                 "required": ["book", "until"]}""");
    }

    private List<String> flaws(Map<String, Object> data) {
        return ReleasedContract.in(root, "library")
                .flaws("public-events", "BookLent", 1, Json.mapper().valueToTree(data));
    }

    @Test
    void an_event_with_the_promised_fields_keeps_its_contract() {
        assertThat(flaws(Map.of("book", "Emma", "until", "1970-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void a_missing_contract_is_told_with_the_way_to_write_it() {
        assertThatThrownBy(() -> ReleasedContract.in(root, "library")
                        .flaws("public-events", "BookSold", 1, Json.mapper().createObjectNode()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BookSold.v1.json is missing")
                .hasMessageContaining("./storyline contracts write");
    }

    @Test
    void a_field_that_is_missing_is_told() {
        assertThat(flaws(Map.of("book", "Emma"))).singleElement().asString().contains("BookLent.v1.json", "'until'");
    }

    @Test
    void a_value_of_another_type_size_or_format_is_told() {
        assertThat(flaws(Map.of("book", 1, "until", "1970-01-01T00:00:00Z")))
                .singleElement()
                .asString()
                .contains("book");
        assertThat(flaws(Map.of("book", "Persuasion", "until", "1970-01-01T00:00:00Z")))
                .singleElement()
                .asString()
                .contains("book");
        assertThat(flaws(Map.of("book", "Emma", "until", "tomorrow")))
                .singleElement()
                .asString()
                .contains("until");
    }
}
