package dev.storyline.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.edge.HttpReply;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadFormatTest {
    private static ObjectNode answer(String body) {
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.put("statusCode", 200).putObject("headers").put("content-type", "text/plain");
        return answer.put("body", body).put("isBase64Encoded", false);
    }

    /** The sizes are those of the whole answer as JSON, in which characters take from 1 to 6 bytes. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\u6211", "\u0001"})
    void an_answer_may_be_as_large_as_lambda_returns_and_no_larger(String character) {
        int each = size(answer(character)) - size(answer(""));
        int most = (HttpReply.MOST_BYTES - size(answer(""))) / each;

        assertThat(PayloadFormat.answer(answer(character.repeat(most))).status())
                .isEqualTo(200);
        assertThatThrownBy(() -> PayloadFormat.answer(answer(character.repeat(most + 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Lambda returns 6291556 at most");
    }

    private static int size(ObjectNode answer) {
        return answer.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
