package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.RandomModel;
import dev.storyline.model.Slice;
import dev.storyline.modeler.check.Check;
import dev.storyline.modeler.check.CheckRule;
import dev.storyline.modeler.check.ModelFinding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class ConfigTest {
    static Model ours(String context) {
        return ModelReader.read(Path.of("../../contexts/" + context + "/model.yaml"), context);
    }

    static JsonSchema schema(String name) {
        InputStream text = Objects.requireNonNull(ConfigTest.class.getResourceAsStream("/exchange/" + name));
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(text);
    }

    private static Imported read(String json) {
        return GraphModels.of(ConfigReader.read(ForeignJson.tree(json, "test"), "test", ""), "");
    }

    private static Model readBack(String json) {
        return read(json).models().getFirst();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wishes", "logistics", "naughtychildren"})
    void what_is_written_keeps_to_the_published_schema_and_reads_back_as_the_same_model(String context) {
        Model model = ours(context);
        String json = ConfigWriter.write(model);
        assertThat(schema("config.schema.json").validate(ForeignJson.read(json, "")))
                .isEmpty();
        assertThat(ModelWriter.write(Taken.into(model, readBack(json)))).isEqualTo(ModelWriter.write(model));
        assertThat(ConfigWriter.write(model)).isEqualTo(json);
    }

    @Test
    void models_made_by_chance_keep_to_the_schema_and_read_back() {
        JsonSchema schema = schema("config.schema.json");
        long first = Long.getLong("seed", 1L);
        for (long seed = first; seed < first + 200; seed++) {
            Model model = new RandomModel(seed).model();
            String json = ConfigWriter.write(model);
            assertThat(schema.validate(ForeignJson.read(json, "")))
                    .as("-Dseed=" + seed)
                    .isEmpty();
            if (!model.slices().isEmpty()) {
                JsonNode board = ForeignJson.tree(json, "test");
                Model read = GraphModels.of(ConfigReader.read(board, "test", model.context()), model.context())
                        .models()
                        .getFirst();
                assertThat(ModelWriter.write(Taken.into(model, read)))
                        .as("-Dseed=" + seed)
                        .isEqualTo(ModelWriter.write(model));
            }
        }
    }

    @Test
    void a_board_alone_tells_elements_fields_edges_and_specifications() {
        Model told = readBack(ConfigWriter.write(ours("wishes")));
        Model model = ours("wishes");
        assertThat(told.events().keySet()).isEqualTo(model.events().keySet());
        assertThat(told.publicEvents().keySet()).isEqualTo(model.publicEvents().keySet());
        assertThat(told.commands().keySet()).isEqualTo(model.commands().keySet());
        assertThat(told.views().keySet()).isEqualTo(model.views().keySet());
        model.elements()
                .forEach(element -> assertThat(Objects.requireNonNull(
                                        told.elements(element.kind()).get(element.name()))
                                .fields())
                        .extracting(field -> field.name() + field.many() + field.optional() + field.identity())
                        .containsExactlyElementsOf(element.fields().stream()
                                .map(field -> field.name() + field.many() + field.optional() + field.identity())
                                .toList()));
        for (Slice slice : model.slices()) {
            Slice same = told.slice(slice.name()).orElseThrow();
            assertThat(same.events())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(texts(slice.events()));
            assertThat(same.publishes())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(texts(slice.publishes()));
            assertThat(same.on())
                    .as(slice.name())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(texts(slice.on()));
            assertThat(same.views())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(texts(slice.views()));
            assertThat(same.dispatches())
                    .extracting(String::valueOf)
                    .containsExactlyInAnyOrderElementsOf(texts(slice.dispatches()));
            assertThat(String.valueOf(same.command())).isEqualTo(String.valueOf(slice.command()));
            assertThat(same.specifications())
                    .extracting(each ->
                            each.name() + each.given().size() + each.when().size())
                    .containsExactlyElementsOf(slice.specifications().stream()
                            .map(each -> each.name()
                                    + each.given().size()
                                    + each.when().size())
                            .toList());
        }
    }

    @Test
    void fields_that_the_scenarios_of_a_board_leave_out_are_told_once(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shop.yaml"), """
                context: shop
                streams: {good: {by: goodId}}
                events: {GoodAdded: {stream: good, fields: {goodId: text, size: text, colour: text}}}
                commands: {AddGood: {fields: {goodId: text, size: text, colour: text}}}
                story:
                  - chapter: Adding
                    slices:
                      - slice: add-good
                        actor: clerk
                        command: AddGood
                        events: GoodAdded
                        rules: {too-large: It fits on a shelf.}
                        specifications:
                          small is fine: {when: {AddGood: {size: small}}, then: {GoodAdded: {size: small}}}
                          large is not: {when: {AddGood: {size: large}}, then: {rejected: too-large}}
                actors: [clerk]
                """);
        Model model = ModelReader.read(file, "shop.yaml");
        assertThat(Check.of(Landscape.of(List.of(model))).findings())
                .extracting(ModelFinding::rule)
                .contains(CheckRule.SPECIFICATION_MISSING_FIELD);
        assertThat(Check.of(Landscape.of(List.of(readBack(ConfigWriter.write(model)))))
                        .findings())
                .filteredOn(finding ->
                        finding.rule() != CheckRule.FIELD_UNUSED && finding.rule() != CheckRule.EVENT_UNCONSUMED)
                .extracting(ModelFinding::rule, ModelFinding::sentence)
                .containsExactly(tuple(
                        CheckRule.NOT_CHECKABLE,
                        "The model of shop does not say every field in the scenarios of add-good: not checkable."));
    }

    private static List<String> texts(List<?> refs) {
        return refs.stream().map(String::valueOf).toList();
    }

    @Test
    void what_was_changed_in_another_tool_is_taken_and_everything_else_stays_as_it_was() {
        Model model = ours("logistics");
        String json = ConfigWriter.write(model)
                .replaceFirst("\"name\" : \"present\"", "\"name\" : \"gift\"")
                .replace("\"The present shall be delivered.\"", "\"The gift shall be brought.\"");
        Model read = Taken.into(model, readBack(json));
        assertThat(read.events().get("PresentOrdered"))
                .extracting(Object::toString)
                .asString()
                .contains("The gift");
        assertThat(read.slice("deliver-present").orElseThrow().rules())
                .hasSameSizeAs(model.slice("deliver-present").orElseThrow().rules());
        assertThat(read.slice("order-present").orElseThrow().folds()).hasSize(2);
    }

    private static final String CARTS = """
        {"slices": [
          {"title": "slice: Add Item", "unknown": 1,
           "commands": [{"title": "Add Item", "fields": [{"name": "cartId", "type": "UUID", "idAttribute": true}, "quantity"],
             "dependencies": [{"type": "OUTBOUND", "title": "Item Added", "elementType": "EVENT"}]}],
           "events": [{"title": "Item Added", "fields": [{"name": "cartId", "type": "UUID"}]}],
           "specifications": [{"title": "spec: too many", "given": [{"title": "3 x Item Added", "type": "SPEC_EVENT"}],
             "when": {"title": "Add Item", "type": "SPEC_COMMAND", "fields": [{"name": "quantity", "example": "99"}]},
             "then": [{"title": "Too Many Items", "type": "SPEC_ERROR"}]}]},
          {"title": "Cart Items", "events": [{"title": "item added", "fields": [{"name": "size", "type": "Int", "cardinality": "List"}]}],
           "readmodels": [{"title": "Cart Items", "dependencies": [
             {"type": "INBOUND", "title": "Item Added", "elementType": "EVENT"},
             {"type": "INBOUND", "title": "Cart Cleared", "elementType": "EVENT"},
             {"type": "INBOUND", "title": "Nowhere", "elementType": "SCREEN"}]}]}
        ]}""";

    @Test
    void copies_are_merged_arrows_of_one_end_are_followed_and_what_dangles_is_told() {
        Imported imported = read(CARTS);
        assertThat(ModelWriter.write(imported.models().getFirst())).isEqualTo("""
                context: imported

                events:
                  ItemAdded:
                    fields:
                      cartId: uuid
                      size: list of integer
                  CartCleared:

                commands:
                  AddItem:
                    fields:
                      cartId: {type: uuid, identity: true}
                      quantity: text

                views:
                  CartItems:

                story:
                  - chapter: Story
                    slices:
                      - slice: add-item
                        pattern: state change
                        command: AddItem
                        rules:
                          too-many-items: Too Many Items
                        events: ItemAdded
                        specifications:
                          too many:
                            given: 3 x ItemAdded
                            when: {AddItem: {quantity: 99}}
                            then: {rejected: too-many-items}

                      - slice: cart-items
                        pattern: state view
                        on: [ItemAdded, CartCleared]
                        view: CartItems
                """);
        assertThat(imported.warnings())
                .containsExactlyInAnyOrder(
                        "Only named by arrows or scenarios, and without a place or fields: event Cart Cleared.",
                        "Leads to nothing and was passed over: 'Nowhere'.",
                        "Passed over, for a model has no place for it: unknown.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"slices\": [null, 1, \"x\", [], {\"title\": \"a\"}]}",
                "{\"slices\": [{\"title\": 7, \"commands\": [{}, null, 3], \"events\": {}, \"specifications\": [{\"given\": [{}], \"then\": \"x\"}]}]}",
                "{\"slices\": [{\"title\": \"数\", \"events\": [{\"title\": \"数\", \"fields\": [{\"name\": \"\"}, {\"name\": \"\"}]}], \"actors\": [{}]}]}",
                "{\"slices\": [{\"commands\": [{\"title\": \"\", \"dependencies\": [{}, {\"type\": 1, \"elementType\": \"X\"}]}]}]}"
            })
    void a_board_full_of_holes_becomes_a_model_whose_names_all_lead_somewhere(String json, @TempDir Path folder)
            throws Exception {
        Model model = readBack(json);
        Path file = folder.resolve("src/contexts/imported/model.yaml");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, ModelWriter.write(model));
        assertThat(dev.storyline.model.Landscape.read(folder).models()).hasSize(1);
    }

    @Test
    void what_is_no_json_is_told_with_its_line() {
        assertThatThrownBy(() -> ForeignJson.read("{\n  \"slices\": [\n    }", "x.json"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith("x.json:3:5: This is not readable JSON: ");
        assertThatThrownBy(() -> ForeignJson.read("[".repeat(200), "x.json"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> ForeignJson.read("[]", "x.json")).hasMessageContaining("one JSON object");
    }

    @Test
    void what_is_no_utf8_is_refused(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("latin.json");
        Files.write(file, new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'});
        assertThatThrownBy(() -> new Texts("latin.json").read(file)).hasMessageContaining("not UTF-8");
    }

    @Test
    void three_thousand_slices_are_written_read_and_compared_within_seconds() {
        StringBuilder text = new StringBuilder("context: big\nevents:\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("  Done" + i + ": {fields: {a: text, b: integer, c: uuid, d: date, e: boolean}}\n");
        }
        text.append("commands:\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("  Do" + i + ": {fields: {a: text, b: integer, c: uuid, d: date, e: boolean}}\n");
        }
        text.append("story:\n  - chapter: All\n    slices:\n");
        for (int i = 0; i < 3_000; i++) {
            text.append("      - {slice: do-" + i + ", command: Do" + i + ", events: Done" + i + "}\n");
        }
        Model model = ModelReader.read(text.toString(), "big");
        assertThat(java.time.Duration.ofSeconds(60)).isGreaterThan(timeOf(() -> {
            assertThat(ModelDiff.of(model, Taken.into(model, readBack(ConfigWriter.write(model)))))
                    .isEmpty();
            JsonNode scalable = ForeignJson.read(ScalableWriter.write(List.of(model)), "");
            assertThat(GraphModels.of(ScalableReader.read(scalable, ""), "")
                            .models()
                            .getFirst()
                            .slices())
                    .hasSize(3_000);
        }));
    }

    private static java.time.Duration timeOf(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        java.time.Duration time = java.time.Duration.ofNanos(System.nanoTime() - begin);
        System.out.println("3,000 slices: " + time.toMillis() + " ms");
        return time;
    }
}
