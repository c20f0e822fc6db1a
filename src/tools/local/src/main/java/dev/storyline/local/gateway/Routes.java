package dev.storyline.local.gateway;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.common.HttpAnswer;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the route of a request, as API Gateway does: of several that match, the one with the fewest parameters. */
final class Routes {
    private final List<Pattern> patterns;

    Routes(List<Deployment.Route> routes) {
        patterns = routes.stream().map(Pattern::of).toList();
    }

    /**
     * A route that matches a request.
     *
     * @param parameters the decoded parameters of the path by name, in order
     */
    record Match(Deployment.Route route, Map<String, String> parameters) {}

    /** A route and the segments of its path. */
    private record Pattern(Deployment.Route route, List<String> segments) {
        static Pattern of(Deployment.Route route) {
            return new Pattern(route, cut(route.path()));
        }

        /** The decoded parameters, or null if the path does not match. */
        @Nullable
        Map<String, String> parameters(List<String> path) throws CharacterCodingException {
            if (path.size() != segments.size()) {
                return null;
            }
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                String segment = segments.get(i);
                if (segment.startsWith("{")) {
                    if (path.get(i).isEmpty()) {
                        return null;
                    }
                    parameters.put(segment.substring(1, segment.length() - 1), PercentEncoding.segment(path.get(i)));
                } else if (!segment.equals(path.get(i))) {
                    return null;
                }
            }
            return parameters;
        }

        String text() {
            return route.method() + " " + route.path();
        }
    }

    private static List<String> cut(String path) {
        return List.of(path.split("/", -1));
    }

    /**
     * Finds the route of a request.
     *
     * @throws RequestRefused if there is none: 404, 405 if the path takes other methods, 400 if it cannot be decoded
     */
    Match match(String method, String path) throws RequestRefused {
        List<String> segments = cut(path);
        TreeSet<String> allowed = new TreeSet<>();
        Match best = null;
        try {
            for (Pattern pattern : patterns) {
                Map<String, String> parameters = pattern.parameters(segments);
                if (parameters == null) {
                    continue;
                }
                String its = pattern.route().method();
                allowed.add(its);
                if (its.equals("GET")) {
                    allowed.add("HEAD");
                }
                boolean better =
                        best == null || parameters.size() < best.parameters().size();
                if (its.equals(method) && better) {
                    best = new Match(pattern.route(), parameters);
                }
            }
        } catch (CharacterCodingException e) {
            throw new RequestRefused(Problem.malformed("The path is not percent-encoded UTF-8.", path));
        }
        if (best == null) {
            throw new RequestRefused(allowed.isEmpty() ? noRoute(segments, path) : wrongMethod(method, allowed, path));
        }
        return best;
    }

    private static HttpAnswer wrongMethod(String method, Set<String> allowed, String path) {
        String methods = String.join(", ", allowed);
        return Problem.of(
                        405,
                        "method",
                        "The path does not take this method",
                        "It takes " + methods + ", not " + method + ".",
                        path)
                .with("allow", methods);
    }

    private HttpAnswer noRoute(List<String> segments, String path) {
        return Problem.of(
                404, "no-route", "There is no such route", "No slice serves this path; " + near(segments), path);
    }

    /** The routes under the first segment of the path. */
    private String near(List<String> segments) {
        String routes = patterns.stream()
                .filter(pattern ->
                        segments.size() > 1 && pattern.segments().get(1).equals(segments.get(1)))
                .map(Pattern::text)
                .collect(Collectors.joining(", "));
        return routes.isEmpty() ? "GET / lists the routes." : "near it are: " + routes + ".";
    }

    /** All routes, one a line. */
    String text() {
        return patterns.stream().map(pattern -> pattern.text() + "\n").collect(Collectors.joining());
    }
}
