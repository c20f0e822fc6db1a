package dev.storyline.deployment;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who may call what: the API the functions of its routes, a rule its functions and queues. */
final class LintCallers {
    private static final String API = "apigateway.amazonaws.com";
    private static final String RULES = "events.amazonaws.com";

    private LintCallers() {}

    static void check(Stack stack, Lint.Sink sink) {
        Template template = stack.template();
        for (String route : template.resources("AWS::ApiGatewayV2::Route")) {
            String key = String.valueOf(template.property(route, "RouteKey"));
            String function = function(template, route);
            if (!function.isEmpty() && !permits(stack, function, API, source -> isOf(source, key))) {
                sink.report(LintRule.NO_PERMISSION, stack, route, "leads to a function that the API may not call");
            }
        }
        for (String rule : template.resources("AWS::Events::Rule")) {
            for (Object target : Deployment.list(template.property(rule, "Targets"))) {
                String arn = target instanceof Map<?, ?> fields ? String.valueOf(fields.get("Arn")) : "";
                boolean permitted = arn.startsWith("arn:aws:sqs:")
                        ? takes(template, arn, template.arn(rule))
                        : permits(stack, arn, RULES, template.arn(rule)::equals);
                if (!permitted) {
                    sink.report(
                            LintRule.NO_PERMISSION, stack, rule, "has the target " + arn + ", which it may not reach");
                }
            }
        }
    }

    /** The ARN of the function that a route leads to; empty where that is none of this template, which is told elsewhere. */
    private static String function(Template template, String route) {
        Object target = template.property(route, "Target");
        return template.resources("AWS::ApiGatewayV2::Integration").stream()
                .filter(id -> ("integrations/" + id).equals(target))
                .map(id -> String.valueOf(template.property(id, "IntegrationUri")))
                .filter(uri -> uri.startsWith("arn:aws:lambda:"))
                .findFirst()
                .orElse("");
    }

    private static boolean permits(Stack stack, String function, String principal, Predicate<String> source) {
        Template template = stack.template();
        return template.resources("AWS::Lambda::Permission").stream()
                .anyMatch(id -> "lambda:InvokeFunction".equals(template.property(id, "Action"))
                        && principal.equals(template.property(id, "Principal"))
                        && (function.equals(template.property(id, "FunctionName"))
                                || function.endsWith(":function:" + template.property(id, "FunctionName")))
                        && source.test(String.valueOf(template.property(id, "SourceArn"))));
    }

    /** Whether a source is an API's request of this route: {@code arn:aws:execute-api:...:api/stage/GET/path}. */
    private static boolean isOf(String source, String routeKey) {
        int slash = source.indexOf('/');
        return slash > 0
                && source.contains(":execute-api:")
                && Policy.matches(source, source.substring(0, slash) + "/stage/" + routeKey.replace(" ", ""), false);
    }

    private static boolean takes(Template template, String queue, String rule) {
        return template.resources("AWS::SQS::QueuePolicy").stream()
                .map(id -> template.property(id, "PolicyDocument"))
                .filter(document -> document instanceof Map<?, ?>)
                .flatMap(document -> Deployment.list(((Map<?, ?>) document).get("Statement")).stream())
                .anyMatch(statement -> statement instanceof Map<?, ?> fields && takes(fields, queue, rule));
    }

    /** Whether a statement lets a rule send to a queue; one that lets everybody is what other rules are about. */
    private static boolean takes(Map<?, ?> statement, String queue, String rule) {
        Object principal = statement.get("Principal");
        return (Map.of("Service", RULES).equals(principal) || "*".equals(principal))
                && anyMatches(statement.get("Action"), "sqs:SendMessage")
                && (statement.containsKey("NotResource") || anyMatches(statement.get("Resource"), queue))
                && sources(statement).allMatch(rule::equals);
    }

    private static boolean anyMatches(@Nullable Object patterns, String text) {
        List<?> all = patterns instanceof List<?> several ? several : List.of(String.valueOf(patterns));
        return all.stream().anyMatch(pattern -> Policy.matches(String.valueOf(pattern), text, false));
    }

    /** The sources that the conditions of a statement name. */
    private static Stream<String> sources(Map<?, ?> statement) {
        return statement.get("Condition") instanceof Map<?, ?> operators
                ? operators.values().stream()
                        .filter(keys -> keys instanceof Map<?, ?>)
                        .map(keys -> ((Map<?, ?>) keys).get("aws:SourceArn"))
                        .filter(Objects::nonNull)
                        .map(String::valueOf)
                : Stream.of();
    }
}
