package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The public HTTP endpoint of a slice. A command has the route {@code POST /<context>/<streams>/{<by>}/<slice>}. A view
 * has {@code GET /<context>/<views>/{<identity>}}, or {@code GET /<context>/<view>} if it has no identity.
 *
 * @param method {@code POST}
 * @param path {@code /wishes/children/{childId}/make-wish}
 */
record Route(String method, String path) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]*)}");
    private static final Pattern KEY = Pattern.compile("(?m)^ +RouteKey: (\\S+) (\\S+)\\s*$");
    private static final Pattern ASKED =
            Pattern.compile("(POST|GET) (/[A-Za-z0-9-]+((/[A-Za-z0-9-]+)|(/\\{[A-Za-z][A-Za-z0-9]*}))*)");

    /** Returns the route of a command. */
    static Route post(Draft draft, @Nullable String asked, EventStream stream, List<Field> inputs) {
        String path = "/" + draft.model().context() + "/" + Words.many(stream.name()) + "/{" + stream.by() + "}/"
                + draft.slice().name();
        Route route = route(draft, "POST", asked, path);
        for (String name : route.parameters()) {
            if (inputs.stream().noneMatch(field -> field.name().equals(name))) {
                draft.trouble(
                        draft.slice().place(),
                        "The route " + path + " has '" + name + "', which is nothing that the command's sender tells:"
                                + " give another one with --route \"POST /...\".");
            }
        }
        return route;
    }

    /** Returns the route of a view. */
    static Route get(Draft draft, @Nullable String asked, Element view, @Nullable Field identity) {
        String name = Words.kebab(view.name());
        String path = "/" + draft.model().context() + "/"
                + (identity == null ? name : Words.many(name) + "/{" + identity.name() + "}");
        Route route = route(draft, "GET", asked, path);
        for (String parameter : route.parameters()) {
            if (identity == null || !identity.name().equals(parameter)) {
                draft.trouble(
                        draft.slice().place(),
                        "The route " + route.path() + " has '" + parameter + "', which is not the identity of "
                                + view.name() + ".");
            }
        }
        return route;
    }

    /**
     * Returns the path of the query that shows an entity: one that a template of the context has, else the one that a view
     * of that name would get.
     */
    static String showing(Draft draft, Field identity) {
        Path functions = draft.root().resolve("functions").resolve(draft.model().context());
        String parameter = "{" + identity.name() + "}";
        String usual = "/" + draft.model().context() + "/"
                + Words.many(Words.kebab(identity.name().replaceFirst("Id$", ""))) + "/" + parameter;
        if (!Files.isDirectory(functions)) {
            return usual;
        }
        try (Stream<Path> templates = Files.walk(functions, 2)) {
            for (Path template : templates
                    .filter(file -> file.endsWith("template.yaml"))
                    .sorted()
                    .toList()) {
                Matcher keys = KEY.matcher(Files.readString(template));
                while (keys.find()) {
                    if (keys.group(1).equals("GET") && keys.group(2).endsWith("/" + parameter)) {
                        return keys.group(2);
                    }
                }
            }
            return usual;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Route route(Draft draft, String method, @Nullable String asked, String path) {
        Route route = new Route(method, path);
        if (asked != null) {
            Matcher matcher = ASKED.matcher(asked);
            if (!matcher.matches() || !matcher.group(1).equals(method)) {
                draft.trouble(
                        draft.slice().place(),
                        "The slice " + draft.slice().name() + " is reached by " + method + ": --route \"" + method + " "
                                + path + "\", not '" + asked + "'.");
                return route;
            }
            route = new Route(method, matcher.group(2));
        }
        String other = other(draft, route);
        if (other != null) {
            draft.trouble(
                    draft.slice().place(),
                    "The route " + route.method + " " + route.path + " is that of " + other
                            + " already: give another one with --route \"" + method + " /...\".");
        }
        return route;
    }

    /** Returns the slice that already has this route; null if there is none. */
    private static @Nullable String other(Draft draft, Route route) {
        Path functions = draft.root().resolve("functions");
        try (Stream<Path> templates = Files.walk(functions, 3)) {
            for (Path template : templates
                    .filter(file -> file.endsWith("template.yaml"))
                    .sorted()
                    .toList()) {
                String folder = draft.root().relativize(template).toString().replace('\\', '/');
                Matcher keys = KEY.matcher(Files.readString(template));
                while (!folder.startsWith(draft.folder() + "/") && keys.find()) {
                    if (new Route(keys.group(1), keys.group(2)).shape().equals(route.shape())) {
                        return folder.substring("functions/".length(), folder.lastIndexOf('/'));
                    }
                }
            }
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String shape() {
        return method + " " + PARAMETER.matcher(path).replaceAll("*");
    }

    /** Returns the path in the form that a permission uses. */
    String pattern() {
        return PARAMETER.matcher(path).replaceAll("*");
    }

    /** Returns the names of its path parameters. */
    Set<String> parameters() {
        Set<String> names = new LinkedHashSet<>();
        Matcher matcher = PARAMETER.matcher(path);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }
}
