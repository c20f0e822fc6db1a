package dev.storyline.logistics.recallpresent;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.logistics.ChildId;
import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.contexts.logistics.OrderEvent.OrderCancelledTooLate;
import dev.storyline.contexts.logistics.OrderEvent.PresentDelivered;
import dev.storyline.contexts.logistics.OrderEvent.PresentOrdered;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "recall-present-inner"))
class RecallPresentFunctionTest {
    private static final String COMMAND = """
            {"commandId": "effect-1", "actor": "handler", "correlation": "c", "causation": "order#w1@3",
             "command": {"wishId": "w1"}}""";

    @Test
    void an_unwanted_present_is_recalled_once_however_often_it_is_asked_for() {
        WishId wish = new WishId("w1");
        ChildId ann = new ChildId("ann");
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Logistics.LANGUAGE,
                        Logistics.stream(wish),
                        1,
                        new PresentOrdered(wish, ann, "a kite"),
                        new PresentDelivered(wish, ann),
                        new OrderCancelledTooLate(wish)));
        for (int i = 0; i < 2; i++) {
            given().body(COMMAND)
                    .post()
                    .then()
                    .statusCode(200)
                    .body("outcome", equalTo("accepted"))
                    .body("stream", equalTo("order#w1"))
                    .body("version", equalTo(4));
        }
        assertThat(SliceTables.commits(Logistics.stream(wish))).hasSize(2);
    }

    @Test
    void a_present_that_nobody_cancelled_stays() {
        given().body(COMMAND.replace("w1", "w2").replace("effect-1", "effect-2"))
                .post()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("rule", equalTo("nothing-to-recall"));
    }
}
