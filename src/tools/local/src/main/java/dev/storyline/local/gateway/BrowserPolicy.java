package dev.storyline.local.gateway;

import dev.storyline.deployment.Cors;
import dev.storyline.local.common.HttpAnswer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What pages in a browser may do. Every site can send requests to this machine, also under a name of its own that it lets
 * point here. So only requests for the names of this machine are served, and those of a page of another origin only where
 * the context of the route allows it.
 *
 * @see <a href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS in the Fetch standard</a>
 */
final class BrowserPolicy {
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");

    private BrowserPolicy() {}

    /**
     * Refuses a request for a name that is not of this machine.
     *
     * @throws RequestRefused with 403
     */
    static void checkHost(IncomingRequest request) throws RequestRefused {
        String host = request.first("host");
        // Only HTTP/1.0 may leave it out, which no browser speaks.
        if (host != null && !OWN_NAMES.contains(name(host))) {
            throw new RequestRefused(Problem.of(
                    403,
                    "foreign-host",
                    "The request is for another host",
                    "The local cloud serves 127.0.0.1 and localhost only, not the host that the request names.",
                    request.path()));
        }
    }

    private static String name(String host) {
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /**
     * The other origin whose page sent a request; null where no page of another origin did.
     *
     * @param request a request for a name of this machine
     */
    static @Nullable String foreignOrigin(IncomingRequest request) {
        List<String> origins = request.values("origin");
        String host = request.first("host");
        boolean own = origins.size() == 1
                && host != null
                && (origins.getFirst().equalsIgnoreCase("http://" + host)
                        || origins.getFirst().equalsIgnoreCase("https://" + host));
        return origins.isEmpty() || own ? null : String.join(", ", origins);
    }

    /** The answer to a page of another origin that no context has allowed. */
    static HttpAnswer refusal(String path) {
        return Problem.of(
                403,
                "foreign-origin",
                "The page is of another origin",
                "Pages of this origin may not call this route. Name the origin in the parameter CorsOrigins of the context,"
                        + " for instance: ./storyline up --set CorsOrigins=http://localhost:3000",
                path);
    }

    /** Whether a request asks for leave to send another one. */
    static boolean isPreflight(IncomingRequest request) {
        return request.method().equals("OPTIONS") && request.first("access-control-request-method") != null;
    }

    /** The answer that gives a page leave to send requests. */
    static HttpAnswer preflight(Cors cors) {
        return new HttpAnswer(204, Map.of(), ByteBuffer.allocate(0), false)
                .with("access-control-allow-methods", String.join(",", cors.methods()))
                .with("access-control-allow-headers", String.join(",", cors.headers()))
                .with("access-control-max-age", String.valueOf(cors.maxAgeSeconds()));
    }

    /** An answer that a page of this origin may read. */
    static HttpAnswer readable(HttpAnswer answer, String origin, Cors cors) {
        HttpAnswer readable = answer.with(
                        "access-control-allow-origin", cors.origins().contains("*") ? "*" : origin)
                .with("vary", "origin");
        return cors.exposed().isEmpty()
                ? readable
                : readable.with("access-control-expose-headers", String.join(",", cors.exposed()));
    }
}
