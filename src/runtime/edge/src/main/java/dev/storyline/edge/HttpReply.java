package dev.storyline.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storyline.common.EscapedJson;
import dev.storyline.common.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A response as API Gateway's HTTP API takes it from a function. */
public record HttpReply(
        int statusCode,
        Map<String, String> headers,
        String body,
        @JsonProperty("isBase64Encoded") boolean isBase64Encoded) {
    /** The most bytes that Lambda returns of a function's whole answer: this record as JSON, the body as text in it. */
    public static final int MOST_BYTES = 6_291_556;

    /** What status and headers take at most. */
    private static final int FRAME_BYTES = 8 * 1024;

    /** The most bytes that one character of JSON takes inside of JSON. */
    private static final int MOST_BYTES_A_CHARACTER = 3;

    /** Responses hold nulls, so that a client sees every field. */
    private static final ObjectMapper JSON =
            Json.mapper().copy().setDefaultPropertyInclusion(JsonInclude.Include.ALWAYS);

    static HttpReply json(int status, Object body) {
        return of(status, "application/json", body);
    }

    static HttpReply of(int status, String contentType, Object body) {
        try {
            return new HttpReply(
                    status,
                    Map.of("content-type", contentType, "x-content-type-options", "nosniff"),
                    JSON.writeValueAsString(body),
                    false);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "A response of the type " + body.getClass() + " cannot be written as JSON", e);
        }
    }

    /** Whether Lambda returns an answer of this size. */
    boolean isReturnable() {
        int room = MOST_BYTES - FRAME_BYTES;
        return body.length() <= room / MOST_BYTES_A_CHARACTER || EscapedJson.textBytes(body) <= room;
    }

    HttpReply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpReply(statusCode, more, body, isBase64Encoded);
    }
}
