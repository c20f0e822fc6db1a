package dev.storyline.local.gateway;

import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request whose headers have arrived.
 *
 * @param method the method as it came
 * @param path the path as it came, percent-encoded
 * @param query the query as it came, percent-encoded; null where there is none
 * @param headers the values of the headers in order, by name in lower case
 * @param body reads the body, which may still be on its way
 */
record IncomingRequest(
        String method, String path, @Nullable String query, Map<String, List<String>> headers, InputStream body) {

    /** The values of a header in order; none where the header is missing. */
    List<String> values(String header) {
        return headers.getOrDefault(header.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first value of a header; null where the header is missing. */
    @Nullable
    String first(String header) {
        List<String> values = values(header);
        return values.isEmpty() ? null : values.getFirst();
    }

    /** Whether a body is announced. */
    boolean hasBody() {
        String length = first("content-length");
        return headers.containsKey("transfer-encoding") || (length != null && !length.equals("0"));
    }

    /** The bytes of the address and of all headers, without the characters between them. */
    long headerBytes() {
        long size = path.length() + (query == null ? 0 : query.length() + 1L);
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String value : header.getValue()) {
                size += header.getKey().length() + value.length();
            }
        }
        return size;
    }
}
