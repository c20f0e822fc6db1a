package dev.storyline.local.gateway;

import dev.storyline.common.Json;
import dev.storyline.local.common.HttpAnswer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Problem documents (RFC 9457) of the gateway itself; the problems of functions are their own. */
final class Problem {
    /** The largest request line and headers that API Gateway takes, in bytes. */
    static final int MAX_HEADERS = 10_240;

    private static final String MEDIA_TYPE = "application/problem+json";
    private static final String TYPES = "urn:storyline:problem:";
    private static final Pattern TYPE = Pattern.compile("\"type\" ?: ?\"" + TYPES + "([a-z-]+)\"");

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
                        MEDIA_TYPE,
                        Json.mapper()
                                .createObjectNode()
                                .put("type", TYPES + type)
                                .put("title", title)
                                .put("status", status)
                                .put("detail", detail)
                                .put("instance", instance)
                                .toString())
                .with("link", link(type));
    }

    /** The answer of a function; a problem has a link to its entry of the page that the local cloud serves. */
    static HttpAnswer linked(HttpAnswer answer) {
        if (!MEDIA_TYPE.equals(answer.headers().get("content-type"))) {
            return answer;
        }
        String body = StandardCharsets.UTF_8.decode(answer.body().duplicate()).toString();
        Matcher type = TYPE.matcher(body);
        return type.find() ? answer.with("link", link(type.group(1))) : answer;
    }

    private static String link(String type) {
        return "<" + ApiDocuments.PROBLEMS + "#" + type + ">; rel=\"help\"";
    }

    /** A request that cannot be read. */
    static HttpAnswer malformed(String detail, String instance) {
        return of(400, "malformed", "The request cannot be read", detail, instance);
    }

    /**
     * A request that the HTTP server cannot read, or that came when it ends.
     *
     * @param status the status that the server proposes
     * @param reason what is wrong, in the words of the server; null where it says nothing
     */
    static HttpAnswer unreadable(int status, @Nullable String reason, String instance) {
        return switch (status) {
            // A request line that is too long, and headers that are too large.
            case 414, 431 -> headersTooLarge(instance);
            case 503 -> busy("The gateway ends.", instance);
            default ->
                status == 500
                        ? of(500, "internal", "Something is broken here", "The gateway failed.", instance)
                        : of(
                                status,
                                "malformed",
                                "The request cannot be read",
                                reason == null ? "It does not follow HTTP/1.1 (RFC 9112)." : reason + ".",
                                instance);
        };
    }

    /** Address and headers that are larger than {@link #MAX_HEADERS}. */
    static HttpAnswer headersTooLarge(String instance) {
        return of(
                431,
                "headers-too-large",
                "The headers are too large",
                "Address and headers have at most " + MAX_HEADERS + " bytes together.",
                instance.substring(0, Math.min(instance.length(), 200)));
    }

    /** Too many requests at the same time. */
    static HttpAnswer busy(String detail, String instance) {
        return of(503, "busy", "Too many requests at once", detail + " Try again after a second.", instance)
                .with("retry-after", "1");
    }

    /** A command that came while the disk of the data directory is full. */
    static HttpAnswer diskFull(String instance) {
        return of(
                        503,
                        "disk-full",
                        "The disk of the data directory is full",
                        "Nothing was recorded. Make room on the disk, or enlarge it; no restart is needed.",
                        instance)
                .with("retry-after", "10");
    }
}
