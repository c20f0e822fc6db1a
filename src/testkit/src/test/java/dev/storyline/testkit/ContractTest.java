package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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

    @EventType("BookLent")
    record BookLent(String book, Instant until) {}

    @EventType("BookSold")
    record BookSold(String book) {}

    @BeforeEach
    void a_contract() throws IOException {
        write(KEPT);
    }

    private void write(String contract) throws IOException {
        Path folder = root.resolve("src/contexts/library/contracts");
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("BookLent.v1.json"), contract);
    }

    private void check(String book) {
        Contract.in(root, "library").keeps(new BookLent(book, Instant.EPOCH));
    }

    @Test
    void an_event_with_the_promised_fields_keeps_its_contract() {
        assertThatCode(() -> check("Emma")).doesNotThrowAnyException();
    }

    @Test
    void a_missing_contract_is_told() {
        assertThatThrownBy(() -> Contract.in(root, "library").keeps(new BookSold("Emma")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("BookSold.v1.json is missing");
    }

    @Test
    void a_field_that_is_not_promised_and_one_that_is_missing_are_told() throws IOException {
        write(KEPT.replace("\"required\": [\"book\", ", "\"required\": [\"reader\", "));
        assertThatThrownBy(() -> check("Emma"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it requires [reader, until], the event has [book, until]");
    }

    @Test
    void a_value_of_another_type_or_size_is_told() throws IOException {
        assertThatThrownBy(() -> check("Persuasion"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("book is promised as");
        write(KEPT.replace("{\"type\": \"string\", \"maxLength\": 5}", "{\"type\": \"integer\"}"));
        assertThatThrownBy(() -> check("Emma"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("book is promised as");
    }

    @Test
    void a_contract_under_another_name_or_owner_is_told() throws IOException {
        write(KEPT.replace("library", "books"));
        assertThatThrownBy(() -> check("Emma"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("its $id is not")
                .hasMessageContaining("its x-owner is not library");
    }
}
