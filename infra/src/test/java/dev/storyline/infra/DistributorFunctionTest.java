package dev.storyline.infra;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "distributor"))
class DistributorFunctionTest {
    @Test
    void the_zip_has_the_function_that_the_template_names() {
        String answer = given().body("{\"Records\": []}")
                .post()
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(answer).isEqualTo("{\"batchItemFailures\":[]}");
    }
}
