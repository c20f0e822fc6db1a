package dev.storyline.maintenance.maintenanceorder;

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
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "maintenance-order"))
class MaintenanceOrderFunctionTest {
    @Test
    void what_nobody_has_heard_of_is_refused_by_its_name() {
        given().body(LambdaEvents.http(Map.of("equipmentId", "x"), Map.of("unheardOf", "1"), Map.of(), null))
                .post()
                .then()
                .body("statusCode", equalTo(400))
                .body("body", containsString("unheardOf"));
    }
}
