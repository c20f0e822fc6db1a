package dev.storyline.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.HttpReply;
import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.identity.JwtAuthorizer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Payload format 2.0 of API Gateway: the event that a function gets for a request, and the answer that it returns.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">
 *     Lambda integrations of HTTP APIs</a>
 */
final class PayloadFormat {
    /** A control character is six bytes in JSON. */
    private static final int MOST_BYTES_A_CHARACTER = 6;

    /** What status and headers of an answer may take. */
    private static final int FRAME = 10_240;

    private static final Set<String> SET_BY_THE_SERVER = Set.of("content-length", "transfer-encoding", "connection");

    /** The types whose bodies are handed over as text. */
    private static final Pattern TEXT =
            Pattern.compile("(?i)(?:text/[^;]+|application/(?:json|xml|javascript))[ \\t]*(?:;.*)?");

    private PayloadFormat() {}

    /**
     * The event for a request.
     *
     * @param id the id of the request
     * @param token the claims of its token; null where the route asks for none
     * @throws RequestRefused if the path or the query cannot be decoded
     */
    static ObjectNode event(
            IncomingRequest request, Routes.Match match, byte[] body, String id, JwtAuthorizer.@Nullable Checked token)
            throws RequestRefused {
        ObjectNode event = Json.mapper().createObjectNode();
        String query = request.query();
        String path = decoded(request.path());
        Deployment.Route route = match.route();
        event.put("version", "2.0")
                .put("routeKey", route.method() + " " + route.path())
                .put("rawPath", path)
                .put("rawQueryString", query == null ? "" : query);
        ObjectNode headers = event.putObject("headers");
        request.headers().forEach((name, values) -> headers.put(name, String.join(",", values)));
        if (query != null && !query.isEmpty()) {
            ObjectNode parameters = event.putObject("queryStringParameters");
            PercentEncoding.parameters(query, request.path())
                    .forEach((name, values) -> parameters.put(name, String.join(",", values)));
        }
        if (!match.parameters().isEmpty()) {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("requestId", id).put("timeEpoch", System.currentTimeMillis());
        context.putObject("http")
                .put("method", request.method())
                .put("path", path)
                .put("sourceIp", "127.0.0.1");
        if (token != null) {
            ObjectNode jwt = context.putObject("authorizer").putObject("jwt");
            jwt.set("claims", Json.mapper().valueToTree(token.claims()));
            jwt.set("scopes", Json.mapper().valueToTree(route.scopes()));
        }
        putBody(event, request.first("content-type"), body);
        return event;
    }

    private static String decoded(String path) throws RequestRefused {
        try {
            return PercentEncoding.path(path);
        } catch (CharacterCodingException e) {
            throw new RequestRefused(Problem.malformed("The path is not percent-encoded UTF-8.", path));
        }
    }

    /** Types of text go as text, all others in base64, and so does text that is no UTF-8. */
    private static void putBody(ObjectNode event, @Nullable String type, byte[] body) {
        String text = type == null || !TEXT.matcher(type.strip()).matches() ? null : text(body);
        if (body.length == 0) {
            event.put("isBase64Encoded", false);
        } else if (text == null) {
            event.put("body", Base64.getEncoder().encodeToString(body)).put("isBase64Encoded", true);
        } else {
            event.put("body", text).put("isBase64Encoded", false);
        }
    }

    private static @Nullable String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** What is too large there is too large here, so that nobody finds out on AWS. Most answers need no measure. */
    private static void checkSize(JsonNode returned) {
        if (returned.path("body").asText().length() > HttpReply.MOST_BYTES / MOST_BYTES_A_CHARACTER - FRAME) {
            int bytes = returned.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > HttpReply.MOST_BYTES) {
                throw new IllegalArgumentException("The answer has " + bytes + " bytes as JSON, and Lambda returns "
                        + HttpReply.MOST_BYTES + " at most");
            }
        }
    }

    /**
     * The answer that a function returned. Without a status code, all of it is the body of a success.
     *
     * @throws IllegalArgumentException if it does not follow the payload format, or is larger than Lambda returns
     */
    static HttpAnswer answer(JsonNode returned) {
        checkSize(returned);
        if (!returned.has("statusCode")) {
            return HttpAnswer.of(200, "application/json", returned.toString());
        }
        int status = returned.path("statusCode").asInt();
        if (!returned.path("statusCode").isInt() || status < 200 || status > 599) {
            throw new IllegalArgumentException("The status code is " + returned.path("statusCode"));
        }
        JsonNode text = returned.path("body");
        if (!text.isTextual() && !text.isNull() && !text.isMissingNode()) {
            throw new IllegalArgumentException("The body is not text");
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "text/plain; charset=utf-8");
        for (Map.Entry<String, JsonNode> header : returned.path("headers").properties()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            String value = header.getValue().asText();
            if (!name.matches("[!#$%&'*+.^_`|~0-9a-z-]+") || !value.matches("[\\t\\x20-\\x7e\\x80-\\xff]*")) {
                throw new IllegalArgumentException("The header " + name + " cannot be sent");
            }
            if (!SET_BY_THE_SERVER.contains(name)) {
                headers.put(name, value);
            }
        }
        ByteBuffer body = returned.path("isBase64Encoded").asBoolean()
                ? ByteBuffer.wrap(Base64.getDecoder().decode(text.asText("")))
                : StandardCharsets.UTF_8.encode(text.asText(""));
        return new HttpAnswer(status, headers, body, false);
    }
}
