package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.RandomModel;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScalableTest {
    private static Imported read(JsonNode root, String context) {
        return GraphModels.of(ScalableReader.read(root, "test"), context);
    }

    private static List<Model> ours() {
        return Stream.of("logistics", "naughtychildren", "wishes")
                .map(ConfigTest::ours)
                .toList();
    }

    /**
     * Returns the parts of a model that the metamodel can express: its elements with streams, its streams, and the
     * elements that each slice handles, reads, shows, records and sends. The metamodel has no fields, types, rules,
     * specifications, chapters, actors, screens, names of processors, patterns, owners, versions, systems, waivers and
     * reviews.
     */
    private static List<String> sayable(Model model) {
        List<String> lines = new ArrayList<>(List.of(
                model.context(),
                model.about(),
                model.streams().values().stream()
                        .map(one -> one.name() + " by " + one.by())
                        .toList()
                        .toString()));
        for (Element element : model.elements()) {
            lines.add(element.kind() + " " + element.name() + " " + element.stream() + " " + element.about());
        }
        for (Slice slice : model.slices()) {
            lines.add(slice.name() + " " + slice.about() + " on " + texts(slice.on()) + " handles " + slice.command()
                    + " reads "
                    + (slice.gatekeeper() == null
                            ? ""
                            : slice.gatekeeper().about()
                                    + texts(slice.gatekeeper().reads())) + " records "
                    + texts(slice.events()) + " publishes " + texts(slice.publishes()) + " dispatches "
                    + texts(slice.dispatches())
                    + " shows " + texts(slice.views()));
        }
        lines.sort(null);
        return lines;
    }

    private static List<String> texts(List<Ref> refs) {
        return refs.stream().map(Ref::toString).sorted().toList();
    }

    @Test
    void what_is_written_keeps_to_the_schema_and_reads_back_as_far_as_it_can_say() {
        String json = ScalableWriter.write(ours());
        JsonNode root = ForeignJson.read(json, "");
        assertThat(ConfigTest.schema("scalable.schema.json").validate(root)).isEmpty();
        Imported read = read(root, "");
        assertThat(read.warnings()).isEmpty();
        assertThat(read.models()).hasSize(3);
        for (int i = 0; i < 3; i++) {
            assertThat(sayable(read.models().get(i))).isEqualTo(sayable(ours().get(i)));
        }
        assertThat(ScalableWriter.write(ours())).isEqualTo(json);
        assertThat(read(root, "wishes").models()).hasSize(1);
    }

    @Test
    void ids_are_unique_every_arrow_has_both_ends_and_nothing_belongs_to_two_contexts() {
        for (long seed = 1; seed <= 100; seed++) {
            JsonNode root = ForeignJson.read(ScalableWriter.write(List.of(new RandomModel(seed).model())), "");
            assertThat(ConfigTest.schema("scalable.schema.json").validate(root))
                    .as("seed " + seed)
                    .isEmpty();
            Set<String> ids = new HashSet<>();
            root.path("elements")
                    .forEach(element ->
                            assertThat(ids.add(element.path("id").asText())).isTrue());
            Set<String> owned = new HashSet<>();
            for (JsonNode relationship : root.path("relationships")) {
                assertThat(ids)
                        .contains(
                                relationship.path("sourceId").asText(),
                                relationship.path("targetId").asText());
                if (relationship.path("type").asText().equals("belongs_to")) {
                    assertThat(owned.add(relationship.path("sourceId").asText()))
                            .isTrue();
                }
            }
            assertThat(read(root, "").models()).hasSize(1);
        }
    }

    /** A document in the form of another tool: two contexts, and one relationship that does not resolve. */
    private static final String OF_OTHERS = """
                {"schemaVersion": "0.1", "id": "d", "name": "Shop", "elements": [
                  {"id": "c1", "type": "bounded_context", "name": "Order Desk"},
                  {"id": "c2", "type": "bounded_context", "name": "Store"},
                  {"id": "place", "type": "command", "name": "PlaceOrder"},
                  {"id": "placed", "type": "event", "name": "OrderPlaced", "visibility": "public"},
                  {"id": "hold", "type": "command", "name": "HoldItems"},
                  {"id": "held", "type": "event", "name": "ItemsHeld", "visibility": "private"},
                  {"id": "order", "type": "model", "name": "Order", "roles": ["command", "query"], "authority": "authoritative", "stateSource": "stored"},
                  {"id": "h1", "type": "command_handler", "name": "PlaceOrderHandler"},
                  {"id": "h2", "type": "event_handler", "name": "HoldAfterOrder"},
                  {"id": "h3", "type": "command_handler", "name": "HoldItemsHandler"},
                  {"id": "t", "type": "glossary_term", "term": "Order", "definition": "What somebody wants to buy."},
                  {"id": "q", "type": "hotspot", "text": "How long?", "status": "open", "targets": [{"kind": "element", "id": "held"}]}],
                 "relationships": [
                  {"id": "1", "type": "handles", "sourceId": "h1", "targetId": "place"},
                  {"id": "2", "type": "updates", "sourceId": "h1", "targetId": "order"},
                  {"id": "3", "type": "emits", "sourceId": "h1", "targetId": "placed"},
                  {"id": "4", "type": "handles", "sourceId": "h2", "targetId": "placed"},
                  {"id": "5", "type": "dispatches", "sourceId": "h2", "targetId": "hold"},
                  {"id": "6", "type": "handles", "sourceId": "h3", "targetId": "hold"},
                  {"id": "7", "type": "emits", "sourceId": "h3", "targetId": "held"},
                  {"id": "8", "type": "defines", "sourceId": "t", "targetId": "order"},
                  {"id": "9", "type": "handles", "sourceId": "h3", "targetId": "nowhere"},
                  {"id": "a", "type": "belongs_to", "sourceId": "place", "targetId": "c1"},
                  {"id": "b", "type": "belongs_to", "sourceId": "placed", "targetId": "c1"},
                  {"id": "c", "type": "belongs_to", "sourceId": "order", "targetId": "c1"},
                  {"id": "d", "type": "belongs_to", "sourceId": "h1", "targetId": "c1"},
                  {"id": "e", "type": "belongs_to", "sourceId": "hold", "targetId": "c2"},
                  {"id": "f", "type": "belongs_to", "sourceId": "held", "targetId": "c2"},
                  {"id": "g", "type": "belongs_to", "sourceId": "h2", "targetId": "c2"},
                  {"id": "h", "type": "belongs_to", "sourceId": "h3", "targetId": "c2"}],
                 "views": []}""";

    @Test
    void a_document_of_others_becomes_a_model_for_each_context_and_every_name_leads_somewhere(@TempDir Path folder)
            throws IOException {
        Imported read = read(ForeignJson.read(OF_OTHERS, ""), "");
        assertThat(read.warnings()).containsExactly("Relationships that lead to nothing were passed over: '9'.");
        for (Model model : read.models()) {
            Path context = Files.createDirectories(folder.resolve("src/contexts/" + model.context()));
            Files.writeString(context.resolve("model.yaml"), ModelWriter.write(model));
        }
        Landscape landscape = Landscape.read(folder);
        assertThat(landscape.models().keySet()).containsExactly("orderdesk", "store");
        assertThat(ModelWriter.write(read.models().get(1))).isEqualTo("""
                context: store

                events:
                  ItemsHeld:
                    notes: {questions: "How long?"}
                    id: held

                commands:
                  HoldItems:
                    id: hold

                story:
                  - chapter: Story
                    slices:
                      - slice: hold-after-order
                        pattern: automation
                        on: orderdesk.OrderPlaced
                        dispatches: HoldItems
                        ids: {processor: h2}

                      - slice: hold-items
                        pattern: state change
                        command: HoldItems
                        events: ItemsHeld
                """);
        assertThat(ModelWriter.write(read.models().getFirst()))
                .contains("order: What somebody wants to buy.", "publishes: OrderPlaced");
    }
}
