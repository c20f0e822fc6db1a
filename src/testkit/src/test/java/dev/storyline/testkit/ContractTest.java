package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.eventstore.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractTest {
    private static final String KEPT = """
            {"$id": "urn:storyline:contract:library/BookLent.v1.json", "x-owner": "library",
             "properties": {"book": {"type": "string", "maxLength": 5},
                            "until": {"type": "string", "format": "date-time"}},
             "required": ["book", "until"]}""";

    @TempDir
    Path root;

    @BeforeEach
    void a_contract() throws IOException {
        write(KEPT);
    }

    private void write(String contract) throws IOException {
        Path folder = root.resolve("src/contexts/library/contracts");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("BookLent.v1.json"), contract);
    }

    private List<String> flaws(Object book) {
        JsonNode data = Json.mapper().valueToTree(Map.of("book", book, "until", "1970-01-01T00:00:00Z"));
        return Contract.in(root, "library").flaws("BookLent", 1, data);
    }

    @Test
    void an_event_with_the_promised_fields_keeps_its_contract() {
        assertThat(flaws("Emma")).isEmpty();
    }

    @Test
    void a_missing_contract_is_told() {
        JsonNode data = Json.mapper().createObjectNode();
        assertThatThrownBy(() -> Contract.in(root, "library").flaws("BookSold", 1, data))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BookSold.v1.json is missing");
    }

    @Test
    void a_field_that_is_not_promised_and_one_that_is_missing_are_told() throws IOException {
        write(KEPT.replace("\"required\": [\"book\", ", "\"required\": [\"reader\", "));
        assertThat(flaws("Emma"))
                .singleElement()
                .asString()
                .contains("it requires [reader, until], the event has [book, until]");
    }

    @Test
    void a_value_of_another_type_or_size_is_told() throws IOException {
        assertThat(flaws("Persuasion")).singleElement().asString().contains("book is promised as");
        write(KEPT.replace("{\"type\": \"string\", \"maxLength\": 5}", "{\"type\": \"integer\"}"));
        assertThat(flaws("Emma")).singleElement().asString().contains("book is promised as");
    }

    @Test
    void what_a_list_holds_is_promised_too() throws IOException {
        write(KEPT.replace("{\"type\": \"string\", \"maxLength\": 5}", """
                {"type": "array", "items": {"type": "object", "properties": {"title": {"type": "string"}},
                "required": ["title"]}}"""));
        assertThat(flaws(List.of())).isEmpty();
        assertThat(flaws(List.of(Map.of("title", "Emma"), Map.of("title", "Persuasion"))))
                .isEmpty();
        assertThat(flaws("Emma")).singleElement().asString().contains("book is promised as");
        assertThat(flaws(List.of(Map.of("title", "Emma"), Map.of("title", 1)))).hasSize(1);
        assertThat(flaws(List.of(Map.of()))).hasSize(1);
        assertThat(flaws(List.of(Map.of("title", "Emma", "pages", 1)))).hasSize(1);
        assertThat(flaws(List.of("Emma"))).hasSize(1);
    }

    @Test
    void a_contract_under_another_name_or_owner_is_told() throws IOException {
        write(KEPT.replace("library", "books"));
        assertThat(flaws("Emma")).anySatisfy(flaw -> assertThat(flaw).contains("its $id is not"));
        assertThat(flaws("Emma")).anySatisfy(flaw -> assertThat(flaw).contains("its x-owner is not library"));
    }
}
