package dev.storyline.local.common;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of an HTTP server on loopback.
 *
 * @param status the status code
 * @param headers the headers by name
 * @param body the bytes of the body; none for an answer without a body
 * @param early whether the answer may come before the request was read to its end
 */
public record HttpAnswer(int status, Map<String, String> headers, ByteBuffer body, boolean early) {
    public HttpAnswer {
        headers = Map.copyOf(headers);
    }

    /** An answer with a body of text in UTF-8. */
    public static HttpAnswer of(int status, String contentType, String body) {
        return new HttpAnswer(status, Map.of("content-type", contentType), StandardCharsets.UTF_8.encode(body), false);
    }

    /** The same with one more header, or with another value of a header. */
    public HttpAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, more, body, early);
    }

    /** The same as an answer to a request that was not read to its end; it closes the connection. */
    public HttpAnswer beforeTheEnd() {
        return new HttpAnswer(status, headers, body, true).with("connection", "close");
    }

    /** Sends the answer. */
    public void send(HttpExchange exchange) throws IOException {
        headers.forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        int length = body.remaining();
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
        if (length > 0) {
            exchange.getResponseBody().write(body.array(), body.arrayOffset() + body.position(), length);
            exchange.getResponseBody().flush();
        }
    }
}
