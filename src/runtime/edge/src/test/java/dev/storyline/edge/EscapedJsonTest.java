package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.storyline.common.EscapedJson;
import dev.storyline.common.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class EscapedJsonTest {
    private static final String LETTERS = "a\"\\\n\u0001é我\uD83C\uDF81 ";

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        random.ints(random.nextInt(40), 0, LETTERS.codePointCount(0, LETTERS.length()))
                .map(letter -> LETTERS.codePointAt(LETTERS.offsetByCodePoints(0, letter)))
                .forEach(text::appendCodePoint);
        return text.toString();
    }

    private static JsonNode value(Random random, int depth) {
        ObjectNode node = Json.mapper().createObjectNode();
        for (int i = random.nextInt(5); i >= 0; i--) {
            switch (random.nextInt(depth == 0 ? 4 : 6)) {
                case 0 -> node.put("text" + i, text(random));
                case 1 -> node.put("number" + i, BigDecimal.valueOf(random.nextLong(), random.nextInt(60) - 30));
                case 2 -> node.putNull(text(random));
                case 3 -> node.put("flag" + i, random.nextBoolean());
                case 4 -> node.set("object" + i, value(random, depth - 1));
                default -> node.putArray("list" + i).add(text(random)).add(value(random, depth - 1));
            }
        }
        return node;
    }

    private static int written(JsonNode value) {
        return TextNode.valueOf(value.toString()).toString().getBytes(StandardCharsets.UTF_8).length - 2;
    }

    @RepeatedTest(50)
    void a_value_never_takes_more_than_was_counted(RepetitionInfo seed) {
        JsonNode value = value(new Random(seed.getCurrentRepetition()), 3);

        assertThat(EscapedJson.bytes(value))
                .as("seed %s: %s", seed.getCurrentRepetition(), value)
                .isGreaterThanOrEqualTo(written(value));
        assertThat(EscapedJson.textBytes(value.toString())).isEqualTo(written(value));
    }
}
