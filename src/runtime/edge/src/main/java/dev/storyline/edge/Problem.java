package dev.storyline.edge;

import dev.storyline.kernel.Rule;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A failed request as RFC 9457 problem details: what happened, where, why, and what to do. It is an exception, so that
 * the handling of a request can stop anywhere; the endpoints turn it into the response.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;
    static final String STREAM_ARCHIVED = "stream-archived";
    private static final String TYPES = "urn:storyline:problem:";

    private final int status;
    private final transient Map<String, Object> members = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();

    private Problem(int status, String type, String title, String detail) {
        super(detail, null, false, false);
        this.status = status;
        members.put("type", TYPES + type);
        members.put("title", title);
        members.put("status", status);
        members.put("detail", detail);
    }

    /**
     * One flaw of a request.
     *
     * @param in where the flaw is: {@code path}, {@code query}, {@code header} or {@code body}
     * @param field the field; empty for the whole
     * @param problem what is wrong, to be read after the name of the field
     */
    public record Flaw(String in, String field, String problem) {
        private String sentence() {
            return (field.isEmpty() ? "The " + in : "The " + in + " field '" + field + "'") + " " + problem + ".";
        }
    }

    static Problem malformed(List<Flaw> flaws) {
        String detail = String.join(" ", flaws.stream().map(Flaw::sentence).toList());
        return new Problem(400, "malformed", "The request cannot be read", detail).with("errors", flaws);
    }

    /** A request with one flaw: status 400. */
    public static Problem malformed(String in, String field, String problem) {
        return malformed(List.of(new Flaw(in, field, problem)));
    }

    static Problem tooLarge(int bytes, int most) {
        return new Problem(
                413,
                "too-large",
                "The body is too large",
                "The body has " + bytes + " bytes; a command has at most " + most + ".");
    }

    static Problem notJson(@Nullable String declared) {
        return new Problem(
                415,
                "media-type",
                "The body is not declared as JSON",
                "The Content-Type is " + (declared == null ? "missing" : "'" + StrictJson.shortened(declared) + "'")
                        + "; send 'Content-Type: application/json'. Nothing was recorded.");
    }

    static Problem encoded(String encoding) {
        return new Problem(
                        415,
                        "media-type",
                        "The body is encoded",
                        "The Content-Encoding is '" + StrictJson.shortened(encoding)
                                + "'; send the body as it is. Nothing was recorded.")
                .header("accept-encoding", "identity");
    }

    /** A rule rejected the request. */
    static Problem ruled(Rule rule) {
        return switch (rule.kind()) {
            case UNKNOWN ->
                new Problem(404, "unknown", "There is no such thing", rule.sentence()).with("rule", rule.name());
            case FORBIDDEN -> ruled(rule.name(), rule.sentence());
        };
    }

    static Problem ruled(String rule, String sentence) {
        return new Problem(422, "rejected", "A rule of the business says no", sentence).with("rule", rule);
    }

    static Problem notYours(String subject) {
        return new Problem(
                403,
                "not-yours",
                "This is somebody else's",
                "The token is that of '" + subject
                        + "', who may act and look here for itself only; nothing was recorded." + " Ask about '"
                        + subject + "', or come with a token of somebody who may act for all.");
    }

    static Problem unknown(String detail) {
        return new Problem(404, "unknown", "There is no such thing", detail);
    }

    static Problem keyReused(String key) {
        return new Problem(
                        422,
                        "idempotency-key-reused",
                        "The Idempotency-Key was used for another request",
                        "The key '" + key
                                + "' belongs to an earlier request with another content; use a new key for a new"
                                + " request.")
                .with("rule", "idempotency-key-reused");
    }

    static Problem moved(String stream, long version) {
        return new Problem(
                        412,
                        "version",
                        "The stream has moved on",
                        "The stream " + stream + " is at version " + version
                                + ", which If-Match does not accept; read it again and decide anew.")
                .with("stream", stream)
                .with("version", version);
    }

    static Problem contended(String stream, int tries) {
        return new Problem(
                        409,
                        "conflict",
                        "Others write to the same stream",
                        "The command was decided " + tries + " times on " + stream
                                + " and each time somebody else was faster; nothing was recorded, try again.")
                .header("retry-after", "1");
    }

    static Problem outdated(String detail) {
        return new Problem(503, "slice-outdated", "The slice is older than the story", detail);
    }

    static Problem archived(String stream, Instant at) {
        return new Problem(
                        410,
                        STREAM_ARCHIVED,
                        "The story has ended",
                        "The stream " + stream + " was closed and archived at " + at
                                + "; nothing was recorded. If it must go on, ask an operator to restore it.")
                .with("rule", STREAM_ARCHIVED)
                .with("stream", stream)
                .with("archivedAt", at.toString());
    }

    static Problem throttled() {
        return new Problem(
                        503,
                        "throttled",
                        "Too many requests for now",
                        "The database asks for patience; nothing was recorded, try again after a second.")
                .header("retry-after", "1");
    }

    static Problem unavailable() {
        return new Problem(
                        503,
                        "unavailable",
                        "The database did not answer",
                        "Whether anything was recorded is not known; send the same request again under the same"
                                + " Idempotency-Key, which is in this answer's header.")
                .header("retry-after", "1");
    }

    static Problem limit(String detail) {
        return new Problem(422, "limit", "A limit is exceeded", detail).with("rule", "limit-exceeded");
    }

    static Problem noSuchVersion(String stream, long asked, long head) {
        return new Problem(
                        422,
                        "no-such-version",
                        "The stream does not have this version",
                        "The stream " + stream + (head == 0 ? " has no events" : " ends at version " + head)
                                + ", so that no view will ever be at " + asked
                                + "; ask for the version that the write was answered with.")
                .with("rule", "no-such-version")
                .with("stream", stream)
                .with("version", head);
    }

    static Problem behind(String stream, long asked, long position) {
        return new Problem(
                        503,
                        "view-behind",
                        "The view has not seen this write yet",
                        "The view is at version " + position + " of " + stream + ", not yet at " + asked
                                + "; ask again in a moment, or without atLeast for what it has.")
                .with("stream", stream)
                .with("version", position)
                .header("retry-after", "1");
    }

    static Problem parked(String stream, long version, String reason) {
        return new Problem(
                        503,
                        "view-parked",
                        "The view stands still at this stream",
                        "The view cannot step over version " + version + " of " + stream + ": " + reason
                                + " An operator must redrive it.")
                .with("stream", stream);
    }

    static Problem internal() {
        return new Problem(
                500,
                "internal",
                "Something is broken here",
                "The request was not the reason; the log has the cause under the request's id.");
    }

    /** The rule that was broken, or the kind of problem where it is none of the business: {@code malformed}. */
    String name() {
        Object rule = members.get("rule");
        return rule != null
                ? rule.toString()
                : String.valueOf(members.get("type")).substring(TYPES.length());
    }

    Problem with(String member, Object value) {
        members.put(member, value);
        return this;
    }

    Problem header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    HttpReply reply(String instance) {
        Map<String, Object> body = new LinkedHashMap<>(members);
        body.put("instance", instance);
        HttpReply reply = HttpReply.of(status, "application/problem+json", body);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            reply = reply.with(header.getKey(), header.getValue());
        }
        return reply;
    }
}
