package dev.storyline.local.gateway;

import dev.storyline.common.Json;
import dev.storyline.local.common.HttpAnswer;

/** Problem documents (RFC 9457) of the gateway itself; the problems of functions are their own. */
final class Problem {
    private Problem() {}

    /**
     * A problem document.
     *
     * @param type the end of its URN, {@code urn:storyline:problem:<type>}
     * @param instance the path of the request
     */
    static HttpAnswer of(int status, String type, String title, String detail, String instance) {
        return HttpAnswer.of(
                status,
                "application/problem+json",
                Json.mapper()
                        .createObjectNode()
                        .put("type", "urn:storyline:problem:" + type)
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("instance", instance)
                        .toString());
    }

    /** A request that cannot be read. */
    static HttpAnswer malformed(String detail, String instance) {
        return of(400, "malformed", "The request cannot be read", detail, instance);
    }

    /** Too many requests at the same time. */
    static HttpAnswer busy(String detail, String instance) {
        return of(503, "busy", "Too many requests at once", detail + " Try again after a second.", instance)
                .with("retry-after", "1");
    }
}
