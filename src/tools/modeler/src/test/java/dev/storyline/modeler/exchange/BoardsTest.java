package dev.storyline.modeler.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Made-up boards, each with one shape that boards of practitioners have. */
class BoardsTest {
    @TempDir
    Path folder;

    private Imported read(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        return ImportFormat.read(Files.writeString(file, text), "", null);
    }

    private static Model only(Imported imported) {
        assertThat(imported.models()).hasSize(1);
        return imported.models().getFirst();
    }

    private static Slice slice(Model model, String name) {
        return model.slice(name).orElseThrow();
    }

    private static Field field(Model model, String event, String name) {
        return Objects.requireNonNull(model.events().get(event)).field(name).orElseThrow();
    }

    @Test
    void steps_of_a_scenario_follow_their_index() throws IOException {
        Model model = only(read("config.json", """
                {"slices": [{"title": "Ship Box", "commands": [{"id": "c", "title": "Ship Box", "fields": []}],
                  "events": [{"id": "e1", "title": "Box Opened"}, {"id": "e2", "title": "Box Shipped"}],
                  "specifications": [{"title": "twice", "given": [
                    {"title": "Box Shipped", "type": "SPEC_EVENT", "index": 1},
                    {"title": "Box Opened", "type": "SPEC_EVENT", "index": 0}],
                    "when": [{"title": "Ship Box", "type": "SPEC_COMMAND"}], "then": []}]}]}"""));
        assertThat(slice(model, "ship-box").specifications().getFirst().given())
                .extracting(step -> step.subject().toString())
                .containsExactly("BoxOpened", "BoxShipped");
    }

    @Test
    void nothing_is_added_to_a_command_because_a_scenario_names_it_and_it_is_told() throws IOException {
        Imported imported = read("config.json", """
                {"slices": [{"title": "Add Item", "commands": [{"title": "Add Item", "fields": [{"name": "cartId", "type": "UUID"}]}],
                  "specifications": [{"title": "many", "given": [], "when": [{"title": "Add Item", "type": "SPEC_COMMAND",
                    "fields": [{"name": "quantity", "example": "99"}]}], "then": []}]}]}""");
        Model model = only(imported);
        assertThat(Objects.requireNonNull(model.commands().get("AddItem")).fields())
                .extracting(Field::name)
                .containsExactly("cartId");
        assertThat(imported.warnings())
                .containsExactly(
                        "Scenarios tell fields that their elements lack; the elements stay as they are: AddItem.quantity.");
    }

    @Test
    void ids_status_and_comments_are_kept_and_what_is_passed_over_is_told_by_name_and_count() throws IOException {
        Imported imported = read("config.json", """
                {"slices": [{"id": "s-1", "title": "Pay Bill", "status": "InProgress", "comments": [{"description": "Which currency?", "type": "QUESTION"}],
                  "groupId": "g",
                  "commands": [{"id": "c-1", "title": "Pay Bill", "groupId": "g", "comments": ["look at refunds"]}],
                  "events": [{"id": "e-1", "title": "Bill Paid", "query": true}]}]}""");
        Model model = only(imported);
        assertThat(slice(model, "pay-bill").id()).isEqualTo("s-1");
        assertThat(slice(model, "pay-bill").status()).isEqualTo(Slice.Status.IN_PROGRESS);
        assertThat(slice(model, "pay-bill").notes().questions()).containsExactly("Which currency?");
        assertThat(Objects.requireNonNull(model.commands().get("PayBill")).id()).isEqualTo("c-1");
        assertThat(Objects.requireNonNull(model.commands().get("PayBill"))
                        .notes()
                        .comments())
                .containsExactly("look at refunds");
        assertThat(imported.warnings())
                .containsExactly("Passed over, for a model has no place for it: groupId (2), query.");
    }

    @Test
    void a_mapping_names_its_element_and_a_field_of_another_type_is_computed() throws IOException {
        Model model = only(read("config.json", """
                {"slices": [{"title": "Pay Bill",
                  "commands": [{"title": "Pay Bill", "fields": [{"name": "billId", "type": "UUID"}, {"name": "parts", "type": "Custom", "cardinality": "List"}],
                    "dependencies": [{"type": "OUTBOUND", "title": "Bill Paid", "elementType": "EVENT"}]}],
                  "events": [{"title": "Bill Paid", "fields": [
                    {"name": "id", "type": "UUID", "mapping": "Pay Bill.billId"},
                    {"name": "total", "type": "Decimal", "mapping": "parts"},
                    {"name": "at", "type": "DateTime", "generated": "now"},
                    {"name": "number", "type": "Int", "generated": true},
                    {"name": "billId", "type": "UUID", "mapping": "Pay Bill"}]}]}]}"""));
        assertThat(field(model, "BillPaid", "id").from())
                .extracting(Object::toString)
                .containsExactly("PayBill.billId");
        assertThat(field(model, "BillPaid", "total").computed())
                .extracting(Object::toString)
                .containsExactly("PayBill.parts");
        assertThat(field(model, "BillPaid", "at").generated()).isEqualTo("clock");
        assertThat(field(model, "BillPaid", "number").generated()).isEqualTo("true");
        assertThat(field(model, "BillPaid", "billId").from())
                .extracting(Object::toString)
                .containsExactly("PayBill.billId");
    }

    @Test
    void elements_may_stand_in_lists_of_the_root_and_steps_may_name_them_by_id() throws IOException {
        Model model = only(read("board.json", """
                {"commands": [{"id": "c", "title": "Open Door", "fields": [{"name": "doorId", "type": "UUID"}]}],
                 "events": [{"id": "e", "title": "Door Opened"}],
                 "slices": [{"title": "Open Door", "commands": ["c"], "events": ["e"],
                   "specifications": [{"title": "opens", "given": ["e"], "when": [{"id": "c", "title": "whatever", "type": "COMMAND"}],
                     "then": [], "expectError": true, "errorDescription": "It is open already"}]}]}"""));
        Slice slice = slice(model, "open-door");
        assertThat(String.valueOf(slice.command())).isEqualTo("OpenDoor");
        assertThat(slice.specifications().getFirst().given())
                .extracting(step -> step.subject().toString())
                .containsExactly("DoorOpened");
        assertThat(slice.rules())
                .extracting(rule -> rule.name() + ": " + rule.says())
                .containsExactly("it-is-open-already: It is open already");
    }

    @Test
    void a_list_of_slices_and_a_slice_alone_are_boards() throws IOException {
        assertThat(only(read("a.json", "[{\"title\": \"One\", \"commands\": [{\"title\": \"Do One\"}]}]"))
                        .slices())
                .hasSize(1);
        assertThat(only(read(
                                "slice.json",
                                "{\"title\": \"One\", \"sliceType\": \"STATE_CHANGE\", \"commands\": [{\"title\": \"Do One\"}]}"))
                        .slices())
                .hasSize(1);
    }

    @Test
    void an_index_names_the_folders_of_its_slices() throws IOException {
        Files.createDirectories(folder.resolve("Shop/addone"));
        Files.createDirectories(folder.resolve("two"));
        Files.writeString(
                folder.resolve("Shop/addone/slice.json"),
                "{\"id\": \"1\", \"title\": \"Add One\", \"commands\": [{\"title\": \"Add One\"}]}");
        Files.writeString(
                folder.resolve("two/slice.json"),
                "{\"id\": \"2\", \"title\": \"Twos\", \"readmodels\": [{\"title\": \"Twos\"}]}");
        String index = """
                {"slices": [{"id": "2", "slice": "Twos", "index": 3, "context": "Shop", "folder": "two"},
                  {"id": "1", "slice": "Add One", "index": 1, "context": "Shop", "folder": "addone"}]}""";
        assertThat(only(read("index.json", index)).slices())
                .extracting(Slice::name)
                .containsExactly("add-one", "twos");
        assertThat(only(ImportFormat.read(folder, "", null)).slices()).hasSize(2);
        assertThat(read("index.json", index.replace("\"two\"", "\"../../two\"")).warnings())
                .containsExactly("The index names slices that are not there: ../../two.");
        assertThatThrownBy(() -> read("index.json", "{\"slices\": [{\"folder\": \"none\"}]}"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("None of the slices that the index names is there");
    }

    @Test
    void an_automation_works_off_the_view_that_leads_to_its_processor() throws IOException {
        Model model = only(read("config.json", """
                {"slices": [
                  {"title": "Bills To Pay", "readmodels": [{"id": "v", "title": "Bills To Pay"}]},
                  {"title": "Pay Bill", "sliceType": "STATE_CHANGE", "processors": [{"id": "p", "title": "automation", "dependencies": [
                     {"id": "v", "type": "INBOUND", "title": "Bills To Pay", "elementType": "READMODEL"},
                     {"id": "c", "type": "OUTBOUND", "title": "Pay Bill", "elementType": "COMMAND"}]}],
                   "commands": [{"id": "c", "title": "Pay Bill"}]}]}"""));
        Slice slice = slice(model, "pay-bill");
        assertThat(String.valueOf(slice.todo())).isEqualTo("BillsToPay");
        assertThat(slice.pattern()).isEqualTo(Slice.Pattern.AUTOMATION);
        assertThat(slice.gatekeeper()).isNull();
        assertThat(slice.ids()).containsEntry("processor", "p");
    }

    @Test
    void several_screens_keep_their_fields_and_buttons() throws IOException {
        Model model = only(read("config.json", """
                {"slices": [
                  {"title": "Bills", "readmodels": [{"id": "v", "title": "Bills", "fields": [{"name": "total", "type": "Decimal"}]}]},
                  {"title": "Pay Bill", "commands": [{"id": "c", "title": "Pay Bill"}], "screens": [
                    {"id": "a", "title": "Bill", "fields": [{"name": "total", "type": "Decimal"}, {"name": "note", "type": "String"}],
                     "dependencies": [{"id": "c", "type": "OUTBOUND", "title": "Pay Bill", "elementType": "COMMAND"},
                       {"id": "v", "type": "INBOUND", "title": "Bills", "elementType": "READMODEL"}]},
                    {"id": "b", "title": "Thanks"}]}]}"""));
        Slice slice = slice(model, "pay-bill");
        assertThat(slice.screens())
                .extracting(screen -> screen.name() + " " + screen.id())
                .containsExactly("Bill a", "Thanks b");
        assertThat(slice.screens().getFirst().fields().getFirst().from())
                .extracting(Object::toString)
                .containsExactly("Bills.total");
        assertThat(slice.screens().getFirst().buttons()).containsKey("Pay Bill");
    }

    @Test
    void an_event_that_stands_in_a_second_column_is_not_recorded_there() throws IOException {
        Imported imported = read("config.json", """
                {"slices": [
                  {"title": "Do It", "commands": [{"id": "c", "title": "Do It", "dependencies": [{"id": "e", "type": "OUTBOUND", "title": "Done", "elementType": "EVENT"}]}]},
                  {"title": "Done", "events": [{"id": "e", "title": "Done"}]},
                  {"title": "Do More", "commands": [{"title": "Do More"}], "events": [{"id": "e", "title": "Done"}]}]}""");
        Model model = only(imported);
        assertThat(model.slices()).extracting(Slice::name).containsExactly("do-it", "do-more");
        assertThat(slice(model, "do-it").events()).hasSize(1);
        assertThat(slice(model, "do-more").events()).isEmpty();
        assertThat(imported.warnings())
                .containsExactly(
                        "Columns that only show again what other slices record are no slices: Done.",
                        "An event that stands in a second slice as a copy is not recorded there: Done.");
    }

    @Test
    void rows_of_examples_are_steps_of_their_own() throws IOException {
        Model model = only(read("config.json", """
                {"slices": [{"title": "Books", "readmodels": [{"title": "Books", "fields": [{"name": "title"}, {"name": "item id"}]}],
                  "specifications": [{"title": "two", "given": [], "when": [], "then": [{"title": "Books", "type": "SPEC_READMODEL",
                    "examples": [{"title": "Emma", "item id": 1}, {"title": "Ivanhoe", "item id": 2}]}]}]}]}"""));
        assertThat(slice(model, "books").specifications().getFirst().then())
                .extracting(step -> step.values().toString())
                .containsExactly("{title=Emma, item-id=1}", "{title=Ivanhoe, item-id=2}");
    }

    @Test
    void emlang_tells_slices_with_steps_and_tests() throws IOException {
        Model model = only(read("shop.yaml", """
                slices:
                  Register:
                    steps:
                      - t: Customer/RegistrationForm
                      - c: RegisterUser
                        props: {email: string, age: 42}
                      - e: User/UserRegistered
                      - x: EmailTaken
                      - v: UserProfile
                    tests:
                      a taken email is refused:
                        given:
                          - e: User/UserRegistered
                            props: {email: a@b.c}
                        when:
                          - c: RegisterUser
                        then:
                          - x: EmailTaken
                ---
                slices:
                  Profile:
                    - v: UserProfile
                """));
        assertThat(model.slices()).extracting(Slice::name).containsExactly("register", "profile");
        Slice slice = slice(model, "register");
        assertThat(slice.actors()).containsExactly("Customer");
        assertThat(String.valueOf(slice.command())).isEqualTo("RegisterUser");
        assertThat(slice.events()).extracting(Object::toString).containsExactly("UserRegistered");
        assertThat(slice.rules()).extracting(rule -> rule.name()).containsExactly("email-taken");
        assertThat(slice.specifications().getFirst().given().getFirst().values())
                .containsEntry("email", "a@b.c");
        assertThat(model.streams()).containsKey("user");
        assertThat(Objects.requireNonNull(model.commands().get("RegisterUser")).fields())
                .extracting(field -> field.name() + " " + field.type() + " " + field.example())
                .containsExactly("email text ", "age text 42");
    }

    @Test
    void mermaid_frames_follow_the_nearest_frame_that_may_lead_to_them() throws IOException {
        Model model = only(read("model.md", """
                # Cart

                ```mermaid
                eventmodeling
                tf 01 ui Customer.CartUI
                tf 02 cmd AddItem { productId: 7, note: string }
                tf 03 evt Cart.ItemAdded [[ItemAdded]]
                tf 04 rmo CartView ->> 03
                rf 05 rmo Stock
                tf 06 pcr Reorder
                timeframe 07 command OrderGoods

                data ItemAdded {
                  productId: 7
                  price: decimal
                }
                hotspot 02 { two at once }
                gwt 02
                  given
                    evt ItemAdded
                  when
                    cmd AddItem
                  then
                    evt ItemAdded
                ```

                The end.
                """));
        assertThat(model.slices())
                .extracting(Slice::name)
                .containsExactly("add-item", "cart-view", "stock", "order-goods");
        assertThat(slice(model, "add-item").actors()).containsExactly("Customer");
        assertThat(slice(model, "add-item").events())
                .extracting(Object::toString)
                .containsExactly("ItemAdded");
        assertThat(slice(model, "add-item").specifications()).hasSize(1);
        assertThat(slice(model, "cart-view").on()).extracting(Object::toString).containsExactly("ItemAdded");
        assertThat(String.valueOf(slice(model, "order-goods").todo())).isEqualTo("Stock");
        assertThat(field(model, "ItemAdded", "price").type()).isEqualTo("decimal");
        assertThat(field(model, "ItemAdded", "productId").example()).isEqualTo("7");
        assertThat(Objects.requireNonNull(model.commands().get("AddItem"))
                        .notes()
                        .hotspots())
                .containsExactly("two at once");
    }

    @Test
    void a_catalog_becomes_a_model_for_each_domain_and_flows_tell_its_arrows() throws IOException {
        page("domains/Orders", "id: Orders\nname: Orders\nversion: 1.0.0\nservices:\n  - id: OrderService");
        page(
                "services/OrderService",
                "id: OrderService\nname: Order Service\nversion: 1.0.0\nreceives:\n  - id: PlaceOrder\nsends:\n  - id: OrderPlaced");
        page("services/Mailer", "id: Mailer\nname: Mailer\nversion: 1.0.0\nreceives:\n  - id: OrderPlaced");
        page(
                "commands/PlaceOrder",
                "id: PlaceOrder\nname: Place Order\nversion: 1.0.0\nsummary: |\n  Somebody buys.\nschemaPath: schema.json");
        page("events/OrderPlaced", "id: OrderPlaced\nname: Order Placed\nversion: 1.0.0");
        page("events/OrderPlaced/versioned/0.1.0", "id: OrderPlaced\nname: Old\nversion: 0.1.0");
        Files.writeString(folder.resolve("commands/PlaceOrder/schema.json"), """
                {"type": "object", "required": ["orderId"], "properties": {"orderId": {"type": "string", "format": "uuid"},
                  "lines": {"type": "array", "items": {"$ref": "#/$defs/Line"}}},
                 "$defs": {"Line": {"type": "object", "properties": {"of": {"$ref": "#/$defs/Line"}}}}}""");
        page("flows/Ordering", """
                id: Ordering
                name: Ordering
                version: 1.0.0
                steps:
                  - id: a
                    title: The customer orders
                    actor: {name: Customer}
                    next_step: b
                  - id: b
                    title: Place
                    message: {id: PlaceOrder}
                    next_steps:
                      - id: c
                        label: then
                  - id: c
                    title: Service
                    service: {id: OrderService}
                    next_step: {id: d}
                  - id: d
                    title: Placed
                    message: {id: OrderPlaced}
                    next_step: a""");
        Imported imported = ImportFormat.read(folder, "", null);
        assertThat(imported.models()).extracting(Model::context).containsExactly("orders", "mailer");
        Model model = imported.models().getFirst();
        assertThat(model.publicEvents()).containsKey("OrderPlaced");
        assertThat(slice(model, "place-order").publishes())
                .extracting(Object::toString)
                .containsExactly("OrderPlaced");
        assertThat(Objects.requireNonNull(model.commands().get("PlaceOrder")).fields())
                .extracting(field -> field.name() + " " + field.type() + " " + field.optional())
                .containsExactly("orderId uuid false", "lines Lines true");
    }

    private void page(String place, String front) throws IOException {
        Path page = folder.resolve(place).resolve("index.mdx");
        Files.createDirectories(Objects.requireNonNull(page.getParent()));
        Files.writeString(page, "---\n" + front + "\n---\n\n# Words\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"npm\", \"version\": \"1\"}",
                "[]",
                "[1, 2]",
                "hello\n",
                "a: 1\nb: 2\n",
                "{\"slices\": []}",
                "{\"slices\": [{\"x\": 1}]}",
                "eventmodeling\n",
                "slices:\n"
            })
    void what_is_no_board_is_refused_and_never_an_empty_model(String text) {
        assertThatThrownBy(() -> read("some.txt", text)).isInstanceOf(ModelException.class);
    }

    @Test
    @Timeout(60)
    void bad_input_ends_soon_with_one_clear_sentence() throws IOException {
        assertThatThrownBy(() -> read("deep.json", "{\"slices\": " + "[".repeat(100_000)))
                .hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> read("deep.yaml", "slices:\n  A: " + "[".repeat(10_000)))
                .isInstanceOf(ModelException.class);
        StringBuilder bomb = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'z'; c++) {
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [*")
                    .append((char) (c - 1))
                    .append(", *")
                    .append((char) (c - 1))
                    .append("]\n");
        }
        assertThatThrownBy(() -> read("bomb.yaml", bomb + "slices: *y\n"))
                .hasMessageContaining("Anchors and aliases are not read");
        Path latin = Files.write(folder.resolve("latin.json"), new byte[] {'{', '"', (byte) 0xe4, '"', ':', '1', '}'});
        assertThatThrownBy(() -> ImportFormat.read(latin, "", null)).hasMessageContaining("not UTF-8");
        Path large = folder.resolve("large.json");
        Files.write(
                large, ("{\"slices\": [\"" + "x".repeat(50 * 1024 * 1024) + "\"]}").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ImportFormat.read(large, "", null))
                .hasMessageContaining("files of other tools of up to 20971520 bytes are read");
    }

    @Test
    @Timeout(60)
    void two_thousand_slices_with_links_in_circles_and_doubled_ids_are_read_within_seconds() throws IOException {
        StringBuilder json = new StringBuilder("{\"slices\": [");
        for (int i = 0; i < 2_000; i++) {
            int next = (i + 1) % 2_000;
            json.append(i == 0 ? "" : ",")
                    .append("{\"id\": \"same\", \"title\": \"Do ")
                    .append(i)
                    .append("\", \"commands\": [{\"id\": \"c")
                    .append(i)
                    .append("\", \"title\": \"Do ")
                    .append(i)
                    .append("\", \"fields\": [{\"name\": \"a\", \"mapping\": \"a\"}], \"dependencies\": [")
                    .append("{\"id\": \"e")
                    .append(i)
                    .append("\", \"type\": \"OUTBOUND\", \"title\": \"Done ")
                    .append(i)
                    .append("\", \"elementType\": \"EVENT\"},")
                    .append("{\"id\": \"e")
                    .append(next)
                    .append("\", \"type\": \"INBOUND\", \"title\": \"Done ")
                    .append(next)
                    .append("\", \"elementType\": \"EVENT\"}]}],")
                    .append("\"events\": [{\"id\": \"e")
                    .append(i)
                    .append("\", \"title\": \"Done ")
                    .append(i)
                    .append("\", \"fields\": [{\"name\": \"a\"}]}]}");
        }
        Imported imported = read("config.json", json.append("]}").toString());
        assertThat(only(imported).slices()).hasSize(2_000);
        assertThat(imported.warnings()).hasSizeLessThan(10);
    }
}
