package dev.storyline.maintenance.ordermaintenance;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

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
        initArgs = @ResourceArg(name = "export", value = "order-maintenance-translation"))
class OrderMaintenanceFunctionTest {
    @Test
    void an_event_of_another_type_is_not_taken() {
        given().body(LambdaEvents.messages(LambdaEvents.cloudEvent("nowhere.UnheardOf.v1", "e1", Map.of())))
                .post()
                .then()
                .statusCode(200)
                .body("batchItemFailures.size()", equalTo(1));
    }
}
