package dev.storyline.wishes.fulfilwish;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
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
        initArgs = @ResourceArg(name = "export", value = "fulfil-wish-translation"))
class FulfilWishTranslationFunctionTest {
    @Test
    void deliveries_that_are_told_twice_fulfil_one_wish_and_come_in_vain_for_the_other_once() {
        ChildId ann = new ChildId("ann");
        WishId kite = new WishId("kite");
        WishId ball = new WishId("ball");
        SliceTables.edge()
                .events()
                .append(LambdaEvents.commit(
                        Wishes.LANGUAGE,
                        Wishes.stream(ann),
                        1,
                        new WishApproved(kite, ann, "a kite"),
                        new WishApproved(ball, ann, "a ball"),
                        new WishCancelled(ball, ann)));
        String messages = LambdaEvents.messages(
                LambdaEvents.cloudEvent(PresentDelivered.TYPE, "e1", Map.of("wishId", "kite", "childId", "ann")),
                LambdaEvents.cloudEvent(PresentDelivered.TYPE, "e2", Map.of("wishId", "ball", "childId", "ann")));
        for (int i = 0; i < 2; i++) {
            given().body(messages).post().then().statusCode(200).body("batchItemFailures.size()", equalTo(0));
        }
        assertThat(SliceTables.commits(Wishes.stream(ann)).stream().skip(1).flatMap(commit -> commit.events().stream()))
                .extracting(event -> event.type())
                .containsExactly("WishFulfilled", "PresentDeliveredInVain");
    }
}
