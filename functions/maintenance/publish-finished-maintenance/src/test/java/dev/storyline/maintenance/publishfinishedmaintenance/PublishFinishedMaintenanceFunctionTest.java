package dev.storyline.maintenance.publishfinishedmaintenance;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.notNullValue;

import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(
        value = SliceTables.class,
        initArgs = @ResourceArg(name = "export", value = "publish-finished-maintenance-upkeep"))
class PublishFinishedMaintenanceFunctionTest {
    @Test
    void its_birth_is_stored() {
        given().body("{\"do\": \"birth\"}").post().then().statusCode(200).body("birth", notNullValue());
    }
}
