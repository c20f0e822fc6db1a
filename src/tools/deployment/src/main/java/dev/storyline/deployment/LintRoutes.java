package dev.storyline.deployment;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks the routes of the HTTP APIs: each leads to one function, and lets in the actors of the model. */
final class LintRoutes {
    private final Landscape landscape;
    private final Stacks stacks;
    private final Lint.Sink sink;
    private final Map<String, String> seen = new HashMap<>();

    LintRoutes(Landscape landscape, Stacks stacks, Lint.Sink sink) {
        this.landscape = landscape;
        this.stacks = stacks;
        this.sink = sink;
    }

    void check(Stack stack) {
        List<String> routes = stack.template().resources("AWS::ApiGatewayV2::Route");
        Optional<Slice> slice = Optional.ofNullable(landscape.models().get(stack.context()))
                .flatMap((Model model) -> model.slice(stack.slice()));
        for (String route : routes) {
            if (isDocument(stack, route)) {
                continue;
            }
            if (slice.isEmpty()) {
                sink.report(LintRule.ROUTE_UNSERVED, stack, route, "belongs to no slice of the model");
            } else if (stack.functionOf(route).isEmpty()) {
                sink.report(LintRule.ROUTE_UNSERVED, stack, route, "leads to no function of this template");
            }
            checkTwice(stack, route);
            checkAccess(stack, route, slice.orElse(null));
        }
        if (routes.isEmpty() && slice.isPresent() && !slice.get().actors().isEmpty()) {
            sink.report(
                    LintRule.ROUTE_UNSERVED,
                    stack,
                    "Resources",
                    "have no route, although the model says that " + slice.get().actor() + " uses the slice");
        }
    }

    /** The one route that is open to anybody tells what can be asked, and belongs to no slice. */
    private static boolean isDocument(Stack stack, String route) {
        return stack.infra()
                && ("GET /" + stack.context() + "/openapi.json")
                        .equals(stack.template().property(route, "RouteKey"))
                && stack.functionOf(route).isPresent();
    }

    private void checkTwice(Stack stack, String route) {
        String key = String.valueOf(stack.template().property(route, "RouteKey"));
        String other = seen.putIfAbsent(key.replaceAll("\\{[^}]*}", "{}"), stack.path());
        if (other != null) {
            sink.report(LintRule.ROUTE_SERVED_TWICE, stack, route, "is " + key + ", which " + other + " serves too");
        }
    }

    private void checkAccess(Stack stack, String route, @Nullable Slice slice) {
        Template template = stack.template();
        List<String> scopes = TemplateFile.list(template.property(route, "AuthorizationScopes")).stream()
                .map(String::valueOf)
                .sorted()
                .toList();
        if (!"JWT".equals(template.property(route, "AuthorizationType"))
                || !authorizers(stack).contains(String.valueOf(template.property(route, "AuthorizerId")))
                || scopes.isEmpty()) {
            sink.report(LintRule.OPEN_ROUTE, stack, route, "has no JWT authorizer of its context with scopes");
        } else if (slice != null && !scopes.equals(scopes(stack.context(), slice))) {
            sink.report(
                    LintRule.WRONG_SCOPES,
                    stack,
                    route,
                    "asks for " + scopes + ", the model for " + scopes(stack.context(), slice));
        }
    }

    /** Checks the authorizer of the context's own API. Another one would accept other tokens. */
    private List<String> authorizers(Stack stack) {
        return stacks.infra(stack.context()).stream()
                .map(Stack::template)
                .flatMap(template -> template.resources("AWS::ApiGatewayV2::Authorizer").stream()
                        .map(template::name))
                .toList();
    }

    private static List<String> scopes(String context, Slice slice) {
        return slice.actors().stream()
                .map(actor -> context + "/" + actor)
                .sorted()
                .toList();
    }
}
