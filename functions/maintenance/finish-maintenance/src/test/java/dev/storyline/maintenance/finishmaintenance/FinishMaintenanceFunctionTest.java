package dev.storyline.maintenance.finishmaintenance;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.testkit.LambdaEvents;
import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "finish-maintenance"))
class FinishMaintenanceFunctionTest {
    @Test
    void what_nobody_has_heard_of_is_refused_by_its_name() {
        given().body(LambdaEvents.post(Map.of("equipmentId", "x"), "{\"unheardOf\": 1}"))
                .post()
                .then()
                .body("statusCode", equalTo(400))
                .body("body", containsString("unheardOf"));
    }
}
