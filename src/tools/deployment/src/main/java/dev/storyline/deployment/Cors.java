package dev.storyline.deployment;

import java.util.List;

/**
 * The cross-origin resource sharing of an API.
 *
 * @param origins the origins whose pages may use it, {@code https://shop.example}; {@code *} for all, and
 *     {@code https://*} or {@code http://*} for all of a scheme
 * @param methods the methods that their pages may use
 * @param headers the headers that their pages may send
 * @param exposed the headers of an answer that their pages may read
 * @param maxAgeSeconds how long a browser may remember it
 */
public record Cors(
        List<String> origins, List<String> methods, List<String> headers, List<String> exposed, int maxAgeSeconds) {
    public Cors {
        origins = List.copyOf(origins);
        methods = List.copyOf(methods);
        headers = List.copyOf(headers);
        exposed = List.copyOf(exposed);
    }

    /** Checks whether pages of an origin may use the API. */
    public boolean allows(String origin) {
        return origins.stream()
                .anyMatch(allowed -> allowed.equals("*")
                        || allowed.equals(origin)
                        || (allowed.endsWith("://*") && origin.startsWith(allowed.substring(0, allowed.length() - 1))));
    }
}
