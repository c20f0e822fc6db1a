package dev.storyline.naughtychildren.reportnaughtychild;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.contexts.naughtychildren.NaughtyChildren;
import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "report-naughty-child-translation"))
class ReportNaughtyChildFunctionTest {
    private static void deliverTwice(String messages) {
        for (int i = 0; i < 2; i++) {
            given().body(messages).post().then().statusCode(200).body("batchItemFailures.size()", equalTo(0));
        }
    }

    @Test
    void naughtiness_that_is_delivered_twice_lists_the_child_once() {
        deliverTwice(LambdaEvents.messages(LambdaEvents.cloudEvent(
                NaughtinessDetected.TYPE,
                "e1",
                Map.of("childId", "ann", "at", "2026-12-01T12:00:00Z", "newer", "passed over"))));
        assertThat(SliceTables.commits(NaughtyChildren.stream(new ChildId("ann"))))
                .singleElement()
                .satisfies(commit -> assertThat(commit.events()).singleElement().satisfies(event -> {
                    assertThat(event.type()).isEqualTo("ChildListed");
                    assertThat(event.data()).contains("2026-12-02T12:00:00Z");
                }));
    }

    @Test
    void another_event_than_the_rule_lets_through_is_given_back() {
        given().body(LambdaEvents.messages(LambdaEvents.cloudEvent(
                        "wishes.NaughtinessForgiven.v1", "e2", Map.of("childId", "bea", "at", "2026-12-01T12:00:00Z"))))
                .post()
                .then()
                .statusCode(200)
                .body("batchItemFailures.itemIdentifier", equalTo(List.of("m1")));
        assertThat(SliceTables.commits(NaughtyChildren.stream(new ChildId("bea"))))
                .isEmpty();
    }
}
