package dev.storyline.fieldops.resetmaintenanceinterval;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "reset-maintenance-interval-inner"))
class ResetMaintenanceIntervalFunctionTest {
    @Test
    void a_command_that_nobody_understands_is_unreadable() {
        given().body(
                        "{\"commandId\": \"c\", \"actor\": \"a\", \"correlation\": \"c\", \"command\": {\"unheardOf\": 1}}")
                .post()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("unreadable"));
    }
}
