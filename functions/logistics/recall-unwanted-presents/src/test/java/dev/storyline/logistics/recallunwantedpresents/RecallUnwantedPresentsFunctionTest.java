package dev.storyline.logistics.recallunwantedpresents;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.notNullValue;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.Sent;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "recall-unwanted-presents-upkeep"))
class RecallUnwantedPresentsFunctionTest {
    @Test
    void what_was_before_the_birth_stays_history_and_what_comes_after_is_dispatched() {
        given().body("{\"do\": \"birth\"}").post().then().statusCode(200).body("birth", notNullValue());
        Sent sent = new Sent();
        RecallUnwantedPresentsFunction function = new RecallUnwantedPresentsFunction(SliceTables.edge(sent));
        var history = LambdaEvents.commit(
                Logistics.LANGUAGE,
                Logistics.stream(new WishId("past")),
                1,
                new OrderCancelledTooLate(new WishId("past")));
        assertThat(function.feed(LambdaEvents.feed(history)).batchItemFailures())
                .isEmpty();
        assertThat(sent.events()).isEmpty();
        assertThat(sent.commands()).isEmpty();
        var live = LambdaEvents.commit(
                Logistics.LANGUAGE,
                LambdaEvents.AFTER_ANY_BIRTH,
                Logistics.stream(new WishId("live")),
                1,
                new OrderCancelledTooLate(new WishId("live")));
        assertThat(function.feed(LambdaEvents.feed(live)).batchItemFailures()).isEmpty();
        assertThat(sent.events()).isEmpty();
        assertThat(sent.commands())
                .singleElement()
                .satisfies(command ->
                        assertThat(command.path("command").toString()).isEqualTo("{\"wishId\":\"live\"}"));
    }
}
