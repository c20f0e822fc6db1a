package dev.storyline.infra;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.SliceTables;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.net.CookieHandler;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every function gets of an event, by way of Quarkus's own reader and its own loop, which a native executable uses. */
@QuarkusTest
@TestProfile(LambdaEventTest.Echoing.class)
@WithTestResource(value = SliceTables.class, initArgs = @ResourceArg(name = "export", value = "distributor"))
class LambdaEventTest {
    /** Runs the function of this test. */
    public static final class Echoing implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("quarkus.funqy.export", "echo");
        }
    }

    @Test
    void a_number_of_a_dispatched_command_arrives_with_all_its_digits() {
        String hours = "[12345678901234567890.123456789,0.1000000000000000000001,999999999999.25,7]";
        String command = given().body("""
                        {"commandId": "effect-1", "actor": "handler", "correlation": "c", "command": {"hours": %s}}""".formatted(hours))
                .post()
                .then()
                .statusCode(200)
                .extract()
                .path("command");
        assertThat(command).isEqualTo("{\"hours\":" + hours + "}");
    }

    @Test
    void the_deadline_of_each_event_is_read() {
        assertThat(CookieHandler.getDefault().getClass().getName()).isEqualTo("dev.storyline.edge.EventDeadline");
    }
}
