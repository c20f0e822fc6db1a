package dev.storyline.logistics.orderpresent;

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
        initArgs = @ResourceArg(name = "export", value = "order-present-translation"))
class OrderPresentFunctionTest {
    private static void deliverTwice(String messages) {
        for (int i = 0; i < 2; i++) {
            given().body(messages).post().then().statusCode(200).body("batchItemFailures.size()", equalTo(0));
        }
    }

    @Test
    void an_approved_wish_that_is_delivered_twice_orders_one_present() {
        deliverTwice(LambdaEvents.messages(LambdaEvents.cloudEvent(
                WishApproved.TYPE,
                "e1",
                Map.of("wishId", "w1", "childId", "ann", "wish", "a kite", "newer", "passed over"))));
        assertThat(SliceTables.commits(Logistics.stream(new WishId("w1"))))
                .singleElement()
                .satisfies(commit -> assertThat(commit.events()).singleElement().satisfies(event -> {
                    assertThat(event.type()).isEqualTo("PresentOrdered");
                    assertThat(event.data()).contains("\"present\":\"a kite\"");
                }));
    }
}
