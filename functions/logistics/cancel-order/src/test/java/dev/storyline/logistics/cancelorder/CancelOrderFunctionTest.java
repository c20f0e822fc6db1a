package dev.storyline.logistics.cancelorder;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.logistics.Logistics;
import dev.storyline.contexts.logistics.WishId;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "cancel-order-translation"))
class CancelOrderFunctionTest {
    private static void deliverTwice(String messages) {
        for (int i = 0; i < 2; i++) {
            given().body(messages).post().then().statusCode(200).body("batchItemFailures.size()", equalTo(0));
        }
    }

    @Test
    void a_cancelled_wish_that_is_delivered_twice_cancels_its_order_once() {
        deliverTwice(LambdaEvents.messages(
                LambdaEvents.cloudEvent(WishCancelled.TYPE, "e1", Map.of("wishId", "w1", "childId", "ann"))));
        assertThat(SliceTables.commits(Logistics.stream(new WishId("w1"))))
                .singleElement()
                .satisfies(commit -> assertThat(commit.events())
                        .extracting(event -> event.type())
                        .containsExactly("OrderCancelled"));
    }
}
