package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Model;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A made-up board that is imported, exported, and taken back. */
class TakenTest {
    private static final String BOARD = """
            {"boardId": "b", "sliceImages": [{"x": 1}], "slices": [
              {"id": "s1", "title": "slice: Open Account", "context": "Accounts", "chapter": "Start", "status": "Done", "sliceType": "STATE_CHANGE", "groupId": "g1",
               "commands": [{"id": "c1", "title": "open account", "type": "COMMAND", "description": "Begins.", "aggregate": "Account", "prototype": {"x": 3},
                 "fields": [{"name": "accountId", "type": "UUID", "idAttribute": true, "cardinality": "Single"},
                   {"name": "owner", "type": "Custom", "cardinality": "Single", "subfields": [{"name": "first name", "type": "String"}]}],
                 "dependencies": [{"id": "e1", "type": "OUTBOUND", "title": "Account opened", "elementType": "EVENT"}]}],
               "events": [{"id": "e1", "title": "Account opened", "type": "EVENT", "aggregate": "Account",
                 "fields": [{"name": "accountId", "type": "UUID", "mapping": "open account.accountId"}, {"name": "at", "type": "DateTime", "generated": true}],
                 "dependencies": [{"id": "v1", "type": "OUTBOUND", "title": "Accounts", "elementType": "READMODEL"}]}],
               "screens": [{"id": "w1", "title": "Welcome", "type": "SCREEN", "fields": [{"name": "accountId", "type": "UUID"}],
                 "dependencies": [{"id": "c1", "type": "OUTBOUND", "title": "open account", "elementType": "COMMAND"}]}],
               "actors": [{"name": "Clerk", "authRequired": true}],
               "specifications": [{"id": "p1", "title": "only once", "linkedId": "s1", "comments": [{"description": "is it so?"}],
                 "given": [{"id": "g", "title": "Account opened", "type": "SPEC_EVENT", "linkedId": "e1", "index": 0, "fields": [{"name": "accountId", "type": "UUID", "example": "a1"}]}],
                 "when": [{"id": "h", "title": "open account", "type": "SPEC_COMMAND", "linkedId": "c1"}],
                 "then": [{"id": "i", "title": "Account exists", "type": "SPEC_ERROR"}]}]},
              {"id": "s2", "title": "slice: Accounts", "context": "Accounts", "chapter": "Start", "sliceType": "STATE_VIEW",
               "readmodels": [{"id": "v1", "title": "Accounts", "type": "READMODEL", "listElement": true, "fields": [{"name": "accountId", "type": "UUID"}], "dependencies": []}],
               "events": [], "commands": [], "screens": [], "processors": [], "specifications": []},
              {"id": "s3", "title": "Close Idle Account", "context": "Accounts", "chapter": "End", "sliceType": "AUTOMATION",
               "processors": [{"id": "r1", "title": "Idle accounts are closed", "type": "AUTOMATION", "fields": [],
                 "dependencies": [{"id": "v1", "type": "INBOUND", "title": "Accounts", "elementType": "READMODEL"},
                   {"id": "c2", "type": "OUTBOUND", "title": "Close", "elementType": "COMMAND"}]}],
               "commands": [{"id": "c2", "title": "Close", "type": "COMMAND", "fields": [], "dependencies": []}], "events": [], "readmodels": [], "screens": [], "specifications": []}
            ]}""";

    @TempDir
    Path folder;

    private Path board = Path.of("");

    @BeforeEach
    void board() throws IOException {
        board = Files.writeString(folder.resolve("config.json"), BOARD);
    }

    private Model read(Path file) {
        return ImportFormat.read(file, "", null).models().getFirst();
    }

    private Model through(String text, String name) throws IOException {
        return read(Files.writeString(folder.resolve(name), text));
    }

    private static JsonNode json(String text) {
        return ForeignJson.read(text, "test");
    }

    @Test
    void a_board_that_is_imported_exported_and_imported_again_is_the_same_model() throws IOException {
        Model once = read(board);
        Model again = through(ConfigWriter.write(once), "again.json");
        assertThat(ModelDiff.of(once, again)).isEmpty();
        assertThat(ModelWriter.write(again)).isEqualTo(ModelWriter.write(once));
    }

    @Test
    void a_model_without_changes_gives_its_board_back_as_it_was() throws IOException {
        Model model = through(ModelWriter.write(read(board)), "model.yaml");
        assertThat(json(Taken.back(model, board))).isEqualTo(json(BOARD));
    }

    @Test
    void a_change_of_the_model_is_the_only_change_of_the_board() throws IOException {
        String yaml = ModelWriter.write(read(board))
                .replace("Begins.", "An account begins.")
                .replace("AccountOpened", "AccountBegun");
        String expected = BOARD.replace("Begins.", "An account begins.").replace("Account opened", "Account Begun");
        assertThat(json(Taken.back(through(yaml, "model.yaml"), board))).isEqualTo(json(expected));
    }

    @Test
    void a_slice_that_the_model_lacks_leaves_the_board() throws IOException {
        String yaml = ModelWriter.write(read(board));
        String fewer = yaml.substring(0, yaml.indexOf("  - chapter: End"));
        assertThat(fewer).isNotEqualTo(yaml);
        JsonNode back = json(Taken.back(through(fewer, "model.yaml"), board));
        assertThat(back.path("slices")
                        .valueStream()
                        .map(slice -> slice.path("id").asText()))
                .startsWith("s1", "s2")
                .doesNotContain("s3");
        assertThat(back.path("sliceImages")).isEqualTo(json(BOARD).path("sliceImages"));
    }

    @Test
    void a_renamed_element_of_the_board_keeps_what_only_the_model_knows() throws IOException {
        String rich = ModelWriter.write(read(board))
                .replaceFirst("(?m)^  AccountOpened:$", "  AccountOpened:\n    version: 3");
        Model model = ModelReader.read(rich, "model.yaml");
        assertThat(model.events().values()).anyMatch(event -> event.version() == 3);
        Model merged = Taken.into(model, through(BOARD.replace("Account opened", "Account Begun"), "new.json"));
        assertThat(merged.events().keySet()).containsExactly("AccountBegun");
        assertThat(merged.events().values()).allMatch(event -> event.version() == 3);
        assertThat(merged.slices().getFirst().events())
                .extracting(Object::toString)
                .containsExactly("AccountBegun");
    }

    @Test
    void a_diagram_of_mermaid_and_a_catalog_read_back_what_they_can_say() throws IOException {
        Model model = read(board);
        Model diagram = through(Mermaid.write(model), "model.mmd");
        assertThat(diagram.slices())
                .extracting(slice -> slice.name() + slice.events() + slice.views() + slice.todo())
                .hasSameElementsAs(model.slices().stream()
                        .map(slice -> slice.name() + slice.events() + slice.views() + slice.todo())
                        .toList());
        for (var file : EventCatalog.write(List.of(model)).entrySet()) {
            Path page = folder.resolve("catalog").resolve(file.getKey());
            Files.createDirectories(page.resolveSibling(""));
            Files.writeString(page, file.getValue());
        }
        Model catalog = read(folder.resolve("catalog"));
        assertThat(catalog.context()).isEqualTo(model.context());
        assertThat(catalog.slices())
                .extracting(slice ->
                        slice.name() + slice.events().size() + slice.on().size())
                .hasSameElementsAs(model.slices().stream()
                        .map(slice -> slice.name()
                                + slice.events().size()
                                + slice.on().size())
                        .toList());
        assertThat(catalog.events().keySet()).isEqualTo(model.events().keySet());
    }
}
