package dev.storyline.wishes.makewish;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "make-wish-inner"))
class MakeWishInnerFunctionTest {
    private static final String COMMAND = """
            {"commandId": "effect-1", "actor": "handler", "correlation": "c", "causation": "child#eve@1",
             "command": {"wishId": "w1", "childId": "fay", "wish": "a kite", "naughty": false, "listed": false,
                         "at": "2026-01-01T00:00:00Z"}}""";

    @Test
    void a_complete_command_is_accepted_once_however_often_it_comes() {
        for (int i = 0; i < 3; i++) {
            given().body(COMMAND)
                    .post()
                    .then()
                    .statusCode(200)
                    .body("outcome", equalTo("accepted"))
                    .body("stream", equalTo("child#fay"))
                    .body("version", equalTo(1));
        }
    }

    @Test
    void a_rejection_is_an_outcome_and_no_error() {
        given().body(COMMAND.replace("\"naughty\": false", "\"naughty\": true")
                        .replace("fay", "gil")
                        .replace("effect-1", "effect-2"))
                .post()
                .then()
                .statusCode(200)
                .body("outcome", equalTo("rejected"))
                .body("rule", equalTo("naughty-wish"));
    }
}
