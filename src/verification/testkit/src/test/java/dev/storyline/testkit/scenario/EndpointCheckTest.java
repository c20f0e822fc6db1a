package dev.storyline.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.eventstore.Commit;
import dev.storyline.testkit.Repository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class EndpointCheckTest {
    private static final Deployment.FunctionSpec FUNCTION = Deployment.read(Repository.root()).functions().stream()
            .filter(function -> function.export().equals("make-wish"))
            .findFirst()
            .orElseThrow();

    private final List<Map<String, AttributeValue>> items = new ArrayList<>();

    private List<String> differences(int status, int writesAtTheSecondCall) {
        EndpointCheck check = new EndpointCheck(
                FUNCTION,
                "answers 200",
                Json.mapper().createObjectNode(),
                List.of(),
                "status 200",
                reply -> reply.path("statusCode").asInt() == 200);
        return check.differences(new EndpointCheck.World() {
            private int calls;

            @Override
            public JsonNode call(Deployment.FunctionSpec function, JsonNode event) {
                calls++;
                for (int i = 0; calls == 2 && i < writesAtTheSecondCall; i++) {
                    items.add(Map.of("pk", AttributeValue.fromS("written")));
                }
                return Json.mapper().createObjectNode().put("statusCode", status);
            }

            @Override
            public void append(Deployment.FunctionSpec function, Commit commit) {
                throw new AssertionError("No commit belongs to this check.");
            }

            @Override
            public List<Map<String, AttributeValue>> items(Deployment.FunctionSpec function) {
                return List.copyOf(items);
            }
        });
    }

    @Test
    void a_function_that_answers_as_expected_differs_in_nothing() {
        assertThat(differences(200, 0)).isEmpty();
    }

    @Test
    void both_replies_are_checked() {
        assertThat(differences(500, 0))
                .hasSize(2)
                .allSatisfy(difference -> assertThat(difference)
                        .contains("make-wish")
                        .contains("{\"statusCode\":500}")
                        .contains("expected: status 200"));
    }

    @Test
    void a_second_delivery_that_writes_an_item_is_a_difference() {
        assertThat(differences(200, 1))
                .singleElement()
                .satisfies(difference -> assertThat(difference).contains("changed its tables"));
    }
}
