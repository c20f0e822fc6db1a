package dev.storyline.contracts;

import static dev.storyline.contracts.Shop.RELEASED;
import static dev.storyline.contracts.Shop.promise;
import static dev.storyline.contracts.Shop.sentences;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.Bounds;
import dev.storyline.model.Element.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractsTest {
    private static final String EVENT = "events/OrderPaid.v1.json";
    private static final String PUBLIC = "public-events/OrderPaid.v1.json";

    private final Contract event = promise(Kind.EVENT, "OrderPaid", 1, Shop.First.OrderPaid.class);
    private final Contract event2 = promise(Kind.EVENT, "OrderPaid", 2, Shop.Second.OrderPaid.class);
    private final Contract told = promise(Kind.PUBLIC_EVENT, "OrderPaid", 1, Shop.First.OrderPaid.class);
    private final Contract told2 = promise(Kind.PUBLIC_EVENT, "OrderPaid", 2, Shop.Second.OrderPaid.class);
    private final Contract view = promise(Kind.VIEW, "Orders", 1, Shop.First.OrderPaid.class);

    @TempDir
    Path root;

    private Shop shop = new Shop(Path.of(""));

    @BeforeEach
    void a_shop() {
        shop = new Shop(root);
    }

    @Test
    void what_is_new_is_told_written_and_then_kept_with_the_day_of_its_release() throws IOException {
        Contracts contracts = shop.compare(RELEASED, event);
        assertThat(contracts.findings())
                .extracting(ContractFinding::toString)
                .contains("src/contexts/shop/contracts/events/OrderPaid.v1.json: this is new and not released yet: run"
                        + " './storyline contracts write' and commit what it writes.");
        assertThat(contracts.write()).hasSize(4);
        assertThat(Files.readString(shop.file(EVENT)))
                .contains(
                        "\"owner\": \"sales\"",
                        "\"shop/pay\"",
                        "\"mail/send-receipt\"",
                        "\"released\": \"2026-01-01\"");
        assertThat(shop.compare(RELEASED.plusYears(1), event).findings()).isEmpty();
    }

    @Test
    void a_change_by_hand_is_told_and_set_right() {
        shop.release(event);
        shop.edit(EVENT, "\"sales\"", "\"somebody\"");
        Contracts contracts = shop.compare(RELEASED, event);
        assertThat(contracts.findings())
                .singleElement()
                .asString()
                .contains("this differs from what types, model and templates say now");
        assertThat(contracts.write()).hasSize(1);
        assertThat(shop.compare(RELEASED, event).findings()).isEmpty();
    }

    @Test
    void a_new_version_of_an_event_stands_beside_the_old_one_for_ever() {
        shop.release(event);
        shop.release(event2);
        assertThat(shop.file(EVENT)).exists();
        assertThat(shop.compare(RELEASED.plusYears(50), event2).findings()).isEmpty();
    }

    @Test
    void an_old_version_that_was_never_released_is_told() {
        assertThat(sentences(shop.compare(RELEASED, event2)))
                .singleElement()
                .asString()
                .contains(EVENT
                        + ": the language upcasts this version, so it was released, but its contract file is missing.");
    }

    @Test
    void past_its_window_an_old_version_is_told_with_its_day() {
        shop.release(event);
        shop.release(event2);
        shop.edit(
                EVENT,
                "\"released\": \"2026-01-01\"",
                "\"released\": \"2026-01-01\", \"readableUntil\": \"2026-06-30\"");
        assertThat(sentences(shop.compare(RELEASED.withMonth(6).withDayOfMonth(30), event2)))
                .isEmpty();
        assertThat(sentences(shop.compare(RELEASED.withMonth(7), event2)))
                .singleElement()
                .asString()
                .contains(
                        EVENT + ": this version could be read until 2026-06-30, and today is 2026-07-01.",
                        "a later day with those who fold it (mail/send-receipt)",
                        "or take that key out");
    }

    @Test
    void a_window_that_is_no_day_is_told() {
        shop.release(event);
        shop.edit(EVENT, "\"2026-01-01\"", "\"2026-01-01\", \"readableUntil\": \"next year\"");
        assertThat(sentences(shop.compare(RELEASED, event)))
                .singleElement()
                .asString()
                .contains("its readableUntil must be a day like 2027-01-31, not 'next year'");
    }

    @Test
    void a_window_is_kept_when_the_file_is_written_again() throws IOException {
        shop.release(told);
        shop.edit(PUBLIC, "\"2026-01-01\"", "\"2026-01-01\", \"readableUntil\": \"2027-01-31\"");
        shop.compare(RELEASED, told).write();
        assertThat(Files.readString(shop.file(PUBLIC))).contains("\"readableUntil\": \"2027-01-31\"\n");
    }

    @Test
    void an_old_public_version_is_published_beside_the_new_one_until_its_window_is_over() {
        shop.release(told);
        shop.release(told, told2);
        assertThat(shop.compare(RELEASED, told, told2).findings()).isEmpty();
        shop.edit(PUBLIC, "\"2026-01-01\"", "\"2026-01-01\", \"readableUntil\": \"2026-06-30\"");
        assertThat(sentences(shop.compare(RELEASED, told2)))
                .singleElement()
                .asString()
                .contains(
                        PUBLIC
                                + ": this was released on 2026-01-01 and holds until 2026-06-30, but no slice has a record"
                                + " for it any more. Put the record back",
                        "mail/send-receipt");
        assertThat(sentences(shop.compare(RELEASED.plusYears(1), told, told2)))
                .singleElement()
                .asString()
                .contains("could be read until 2026-06-30", "Stop making it, and delete this file");
    }

    @Test
    void an_event_whose_record_is_gone_is_told() {
        shop.release(event, promise(Kind.EVENT, "OrderLost", 1, Shop.First.OrderPaid.class));
        assertThat(sentences(shop.compare(RELEASED, event)))
                .singleElement()
                .asString()
                .contains(
                        "events/OrderLost.v1.json: this was released on 2026-01-01 and holds without an end",
                        "stored events of it could not be read");
    }

    @Test
    void a_renamed_file_is_told_on_both_sides() throws IOException {
        shop.release(told);
        Files.move(shop.file(PUBLIC), shop.file("public-events/OrderSettled.v1.json"));
        assertThat(sentences(shop.compare(RELEASED, told)))
                .anySatisfy(one -> assertThat(one)
                        .contains(
                                "public-events/OrderSettled.v1.json: the file was renamed",
                                "its $id is 'urn:storyline:contract:shop/" + PUBLIC + "'"))
                .anySatisfy(
                        one -> assertThat(one).contains(PUBLIC + ": this contract was released, and its file is gone"));
    }

    @Test
    void a_deleted_event_is_remembered_by_its_golden_data() throws IOException {
        shop.release(event);
        Files.delete(shop.file(EVENT));
        assertThat(sentences(shop.compare(RELEASED, event))).isEmpty();
        Path golden = Files.createDirectories(root.resolve("src/contexts/shop/src/test/resources/golden"));
        Files.writeString(golden.resolve("OrderPaid.v1.json"), "{}");
        assertThat(sentences(shop.compare(RELEASED, event)))
                .singleElement()
                .asString()
                .contains(EVENT + ": this contract was released, and its file is gone");
    }

    @Test
    void a_route_and_its_parameters_are_promised() {
        shop.routed("/orders", view, "after").write();
        assertThat(shop.routed("/orders", view, "after", "state").findings())
                .allSatisfy(finding -> assertThat(finding.breaking()).isFalse());
        assertThat(sentences(shop.routed("/orders", view, "after!")))
                .singleElement()
                .asString()
                .contains(
                        "openapi.yaml: of the parameters of GET /orders, the field 'after' was optional and is required now");
        assertThat(sentences(shop.routed("/orders", view)))
                .singleElement()
                .asString()
                .contains("the field 'after' was removed");
        assertThat(sentences(shop.routed(null, view)))
                .singleElement()
                .asString()
                .contains("openapi.yaml: the route GET /orders was released and is gone", "./views/Orders.v1.json");
        Contract other = promise(Kind.VIEW, "Invoices", 1, Shop.First.OrderPaid.class);
        assertThat(sentences(shop.routed("/orders", other, "after")))
                .anySatisfy(one -> assertThat(one)
                        .contains("the route GET /orders had the contract ./views/Orders.v1.json and has"
                                + " ./views/Invoices.v1.json now"));
    }

    @Test
    void a_refused_change_does_not_keep_others_from_being_released() {
        shop.release(event, view);
        Contracts contracts = shop.compare(
                RELEASED,
                promise(Kind.EVENT, "OrderPaid", 1, Empty.class),
                promise(Kind.VIEW, "Orders", 1, More.class));
        assertThat(sentences(contracts)).hasSize(1);
        assertThat(contracts.write()).isEqualTo(List.of(Path.of("src/contexts/shop/contracts/views/Orders.v1.json")));
    }

    /** A command with a value of each kind that has bounds. */
    record Pay(
            String order,
            BigDecimal amount,
            long count,
            @Nullable Instant at,
            LocalDate on,
            Duration lasting,
            List<String> notes,

            @Bounds(
                    length = 3,
                    oneOf = {"EUR", "USD"})
            String currency) {}

    private static final String COMMAND = "commands/Pay.v1.json";

    @Test
    void a_contract_says_the_bounds_of_every_value() throws IOException {
        shop.release(Shop.bounded(Kind.COMMAND, "Pay", Pay.class));
        JsonNode fields =
                Json.mapper().readTree(Files.readString(shop.file(COMMAND))).path("properties");
        assertThat(fields.path("order").path("maxLength").asInt()).isEqualTo(4_000);
        assertThat(fields.path("amount").path("minimum").asLong()).isEqualTo(-999_999_999_999L);
        assertThat(fields.path("amount").path("x-storyline").path("decimals").asInt())
                .isEqualTo(22);
        assertThat(fields.path("count").path("maximum").asLong()).isEqualTo(999_999_999_999L);
        assertThat(fields.path("at").path("x-storyline").path("max").asText())
                .isEqualTo("2999-12-31T23:59:59.999999999Z");
        assertThat(fields.path("on").path("x-storyline").path("min").asText()).isEqualTo("1900-01-01");
        assertThat(fields.path("lasting").path("x-storyline").path("min").asText())
                .isEqualTo("PT0S");
        assertThat(fields.path("notes").path("maxItems").asInt()).isEqualTo(1_000);
        assertThat(fields.path("notes").path("items").path("maxLength").asInt()).isEqualTo(4_000);
        assertThat(fields.path("currency").path("enum")).hasSize(2);
    }

    @Test
    void a_command_takes_fewer_values_only_where_somebody_says_why_and_the_changelog_tells_it() throws IOException {
        shop.release(promise(Kind.COMMAND, "Pay", 1, Pay.class));
        Contract bounded = Shop.bounded(Kind.COMMAND, "Pay", Pay.class);
        assertThat(sentences(shop.compare(RELEASED, bounded)))
                .hasSizeGreaterThanOrEqualTo(8)
                .allSatisfy(one -> assertThat(one)
                        .contains(
                                "takes fewer values",
                                "run './storyline contracts write --narrow' with the same words"));
        String reason = "Every value has an end.";
        assertThat(sentences(shop.narrow(reason, bounded)))
                .singleElement()
                .asString()
                .contains("narrowings.yaml", "because: 'Every value has an end.'", "in these words in CHANGELOG.md");
        Files.writeString(root.resolve("CHANGELOG.md"), "- **Pay.** Every value\n  has an end.\n");
        Contracts narrowed = shop.narrow(reason, bounded);
        assertThat(sentences(narrowed)).isEmpty();
        narrowed.write();
        assertThat(Files.readString(shop.file("narrowings.yaml")))
                .contains(
                        "\"on\": 2026-01-01",
                        reason,
                        COMMAND + ", order: was without most characters, is most characters 4000");
        assertThat(shop.compare(RELEASED, bounded).findings()).isEmpty();
        assertThat(sentences(shop.compare(RELEASED, promise(Kind.COMMAND, "Pay", 1, Pay.class))))
                .isEmpty();
        Files.writeString(root.resolve("CHANGELOG.md"), "");
        assertThat(sentences(shop.compare(RELEASED, bounded)))
                .singleElement()
                .asString()
                .contains(reason);
    }

    @Test
    void a_stored_event_is_never_narrowed() throws IOException {
        shop.release(event);
        Files.writeString(root.resolve("CHANGELOG.md"), "Every value has an end.");
        assertThat(sentences(shop.narrow(
                        "Every value has an end.", Shop.bounded(Kind.EVENT, "OrderPaid", Shop.First.OrderPaid.class))))
                .singleElement()
                .asString()
                .contains(EVENT, "takes fewer values");
    }

    @Test
    void a_bound_that_moves_is_told_in_its_direction() {
        ObjectNode was = Json.mapper().createObjectNode();
        was.putObject("properties")
                .putObject("lasting")
                .put("type", "string")
                .put("format", "duration")
                .putObject("x-storyline")
                .put("max", "PT100H");
        JsonNode longer = was.deepCopy();
        ((ObjectNode) longer.at("/properties/lasting/x-storyline")).put("max", "PT1000H");
        assertThat(Compatibility.breaches(Kind.PUBLIC_EVENT, was, longer))
                .extracting(Breach::rule)
                .containsExactly(Breach.BreachKind.WIDENED);
        assertThat(Compatibility.breaches(Kind.COMMAND, longer, was))
                .extracting(Breach::rule)
                .containsExactly(Breach.BreachKind.NARROWED);
        assertThat(Compatibility.breaches(Kind.COMMAND, was, longer)).isEmpty();
    }

    @Test
    void a_duration_whose_format_was_named_is_spelled_out_and_breaks_nobody() {
        ObjectNode was = Json.mapper().createObjectNode();
        was.putObject("properties").putObject("lasting").put("type", "string").put("format", "duration");
        ObjectNode is = Json.mapper().createObjectNode();
        is.putObject("properties").putObject("lasting").put("type", "string").put("pattern", Schemas.DURATION);
        for (Kind kind : Kind.values()) {
            assertThat(Compatibility.breaches(kind, was, is)).isEmpty();
        }
        assertThat(List.of("PT0S", "PT1H5S", "PT26H30M0.5S", "PT-1.5S", "P2DT3H", "P365250D"))
                .allMatch(duration -> duration.matches(Schemas.DURATION));
        assertThat(List.of("", "P", "PT", "P1Y", "1H", "PT1H5"))
                .noneMatch(duration -> duration.matches(Schemas.DURATION));
    }

    record Empty() {}

    record More(String order, String state) {}
}
