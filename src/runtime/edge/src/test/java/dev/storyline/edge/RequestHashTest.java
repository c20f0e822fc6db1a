package dev.storyline.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestHashTest {
    private static String hash(String text) {
        ObjectNode body = Json.mapper().createObjectNode().put("wish", text);
        return RequestHash.of("wishes/make-wish", Map.of("childId", "ann"), body);
    }

    @Test
    void half_surrogate_pairs_are_told_apart_from_each_other_and_from_what_replaces_them() {
        List<String> texts = List.of(
                "?",
                "\ud800",
                "\udfff",
                "\udbff",
                "\udc00",
                "\ufffd",
                "\ud83c\udf81",
                "\udf81\ud83c",
                "\ud800?",
                "?\ud800",
                "\ud800\ud800",
                "\\ud800",
                "\u00ed\u00a0\u0080");
        Set<String> hashes = texts.stream().map(RequestHashTest::hash).collect(Collectors.toSet());
        assertThat(hashes).hasSameSizeAs(texts);
    }

    /** A retry may come after an upgrade, so these hashes, taken from an earlier version, are for ever. */
    @Test
    void the_hash_of_a_well_formed_request_never_changes() {
        assertThat(hash("a train")).isEqualTo("47b37075d4eedf2d65b55b799e0543e5");
        assertThat(hash("\u00e4 \u20ac \ud83c\udf81 \u0000 \"")).isEqualTo("09a6bf08519ec36a5ea81ab1cb3a2d38");
        ObjectNode nested = Json.mapper()
                .createObjectNode()
                .put("b", new BigDecimal("1.50"))
                .put("a", true);
        nested.putObject("c").put("y", 1).putNull("x");
        nested.putArray("d").add(1L).add("\u00e4");
        assertThat(RequestHash.of("s", Map.of("q", "2", "p", "1"), nested))
                .isEqualTo("a8175766ba60b6f2e662d86c1f7cab84");
    }

    record Content(String name, @Nullable String more, Set<String> members) {}

    @Test
    void contents_are_told_apart_and_neither_what_is_missing_nor_the_order_of_a_set_counts() {
        Set<String> forth = new LinkedHashSet<>(List.of("a", "b", "c"));
        Set<String> back = new LinkedHashSet<>(List.of("c", "b", "a"));
        String hash = RequestHash.of("s", new Content("n", null, forth));
        assertThat(RequestHash.of("s", new Content("n", null, back))).isEqualTo(hash);
        assertThat(Stream.of(
                                RequestHash.of("t", new Content("n", null, forth)),
                                RequestHash.of("s", new Content("m", null, forth)),
                                RequestHash.of("s", new Content("n", "more", forth)),
                                RequestHash.of("s", new Content("n", null, Set.of("a", "b"))),
                                hash)
                        .distinct())
                .hasSize(5);
    }
}
