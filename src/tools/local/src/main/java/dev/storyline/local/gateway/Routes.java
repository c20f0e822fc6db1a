package dev.storyline.local.gateway;

import dev.storyline.deployment.Cors;
import dev.storyline.deployment.Deployment;
import java.nio.charset.CharacterCodingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

        boolean matches(List<String> path) {
            boolean matches = path.size() == segments.size();
            for (int i = 0; matches && i < path.size(); i++) {
                matches = isParameter(i)
                        ? !path.get(i).isEmpty()
                        : segments.get(i).equals(path.get(i));
            }
            return matches;
        }

        /** The decoded parameters of a path that matches. */
        Map<String, String> parameters(List<String> path) throws CharacterCodingException {
            Map<String, String> parameters = new LinkedHashMap<>();
            for (int i = 0; i < path.size(); i++) {
                if (isParameter(i)) {
                    String segment = segments.get(i);
                    parameters.put(segment.substring(1, segment.length() - 1), PercentEncoding.path(path.get(i)));
                }
            }
            return parameters;
        }

        private boolean isParameter(int segment) {
            return segments.get(segment).startsWith("{");
        }

        String text() {
            return route.method() + " " + route.path();
        }
    }

    private static List<String> cut(String path) {
        return List.of(path.split("/", -1));
    }

    /**
     * Finds the route of a request. A path that takes other methods only is as unknown as any other, {@code HEAD} included.
     *
     * @throws RequestRefused if there is none: 404; or 400 if the path cannot be decoded
     */
    Match match(String method, String path) throws RequestRefused {
        List<String> segments = cut(path);
        TreeSet<String> methods = new TreeSet<>();
        Match best = null;
        try {
            for (Pattern pattern : patterns) {
                if (!pattern.matches(segments)) {
                    continue;
                }
                methods.add(pattern.route().method());
                Map<String, String> parameters = pattern.parameters(segments);
                boolean better =
                        best == null || parameters.size() < best.parameters().size();
                if (pattern.route().method().equals(method) && better) {
                    best = new Match(pattern.route(), parameters);
                }
            }
        } catch (CharacterCodingException e) {
            throw new RequestRefused(Problem.malformed("The path is not percent-encoded UTF-8.", path));
        }
        if (best == null) {
            String detail = methods.isEmpty()
                    ? "No slice serves this path; " + near(segments)
                    : "This path takes " + String.join(", ", methods) + ", not " + method + ".";
            throw new RequestRefused(Problem.of(404, "no-route", "There is no such route", detail, path));
        }
        return best;
    }

    /**
     * Which pages of other origins may use a path, whatever the method; null where none may. A path that no slice serves,
     * like that of the OpenAPI document, has the setting of the routes that begin as it does: they are of one API.
     */
    @Nullable
    Cors cors(String path) {
        List<String> segments = cut(path);
        return patterns.stream()
                .filter(pattern -> pattern.matches(segments))
                .findFirst()
                .or(() -> beside(segments).findFirst())
                .map(pattern -> pattern.route().cors())
                .orElse(null);
    }

    /** The routes under the first segment of the path. */
    private Stream<Pattern> beside(List<String> segments) {
        return patterns.stream()
                .filter(pattern ->
                        segments.size() > 1 && pattern.segments().get(1).equals(segments.get(1)));
    }

    private String near(List<String> segments) {
        String routes = beside(segments).map(Pattern::text).collect(Collectors.joining(", "));
        return routes.isEmpty() ? "GET / lists the routes." : "near it are: " + routes + ".";
    }

    /** All routes, one a line. */
    String text() {
        return patterns.stream().map(pattern -> pattern.text() + "\n").collect(Collectors.joining());
    }
}
