package dev.storyline.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks callers: the context's API may call the functions of its routes, a rule its functions and queues, nothing else. */
final class LintCallers {
    private static final String API = "apigateway.amazonaws.com";
    private static final String RULES = "events.amazonaws.com";

    private final Stack stack;
    private final Template template;
    private final List<String> apis;
    private final List<String> needless;

    private LintCallers(Stack stack, Stacks stacks) {
        this.stack = stack;
        this.template = stack.template();
        this.apis = stacks.infra(stack.context()).stream()
                .flatMap(infra -> infra.template().exports().values().stream())
                .filter(value -> value.startsWith("arn:aws:execute-api:"))
                .toList();
        this.needless = new ArrayList<>(template.resources("AWS::Lambda::Permission"));
    }

    static void check(Stack stack, Stacks stacks, Lint.Sink sink) {
        new LintCallers(stack, stacks).check(sink);
    }

    private void check(Lint.Sink sink) {
        boolean complete = true;
        for (String route : template.resources("AWS::ApiGatewayV2::Route")) {
            String key = String.valueOf(template.property(route, "RouteKey"));
            Optional<String> function = stack.functionOf(route);
            // The rules of routes report a missing one.
            boolean permitted = function.isPresent() && permits(function.get(), API, source -> isOf(source, key));
            complete &= permitted;
            if (function.isPresent() && !permitted) {
                sink.report(LintRule.NO_PERMISSION, stack, route, "leads to a function that the API may not call");
            }
        }
        for (String rule : template.resources("AWS::Events::Rule")) {
            for (Object target : TemplateFile.list(template.property(rule, "Targets"))) {
                String arn = target instanceof Map<?, ?> fields ? String.valueOf(fields.get("Arn")) : "";
                boolean permitted = arn.startsWith("arn:aws:sqs:")
                        ? takes(template, arn, RULES, template.arn(rule))
                        : arn.startsWith("arn:aws:states:")
                                ? starts(template, (Map<?, ?>) target)
                                : permits(arn, RULES, template.arn(rule)::equals);
                if (!permitted) {
                    complete = false;
                    sink.report(
                            LintRule.NO_PERMISSION, stack, rule, "has the target " + arn + ", which it may not reach");
                }
            }
        }
        // If a permission is missing, a seemingly needless one may be the intended one.
        for (String permission : complete ? needless : List.<String>of()) {
            sink.report(
                    LintRule.NEEDLESS_PERMISSION,
                    stack,
                    permission,
                    "lets " + template.property(permission, "Principal") + " call what no route and no rule leads to");
        }
    }

    /** A state machine is started in a role of the template, whose rights are checked where it stands. */
    private static boolean starts(Template template, Map<?, ?> target) {
        return template.resources("AWS::IAM::Role").stream()
                .map(template::arn)
                .anyMatch(role -> role.equals(target.get("RoleArn")));
    }

    private boolean permits(String function, String principal, Predicate<String> source) {
        List<String> permissions = template.resources("AWS::Lambda::Permission").stream()
                .filter(id -> "lambda:InvokeFunction".equals(template.property(id, "Action"))
                        && principal.equals(template.property(id, "Principal"))
                        && (function.equals(template.property(id, "FunctionName"))
                                || function.endsWith(":function:" + template.property(id, "FunctionName")))
                        && source.test(String.valueOf(template.property(id, "SourceArn"))))
                .toList();
        needless.removeAll(permissions);
        return !permissions.isEmpty();
    }

    /**
     * Returns whether a source is exactly this route of the context's API, {@code arn:aws:execute-api:...:api/stage/GET/path}.
     * An asterisk stands for the stage or for one parameter.
     */
    private boolean isOf(String source, String routeKey) {
        String path = apis.stream()
                .filter(api -> source.startsWith(api + "/"))
                .map(api -> source.substring(api.length() + 1))
                .findFirst()
                .orElse("");
        String[] have = path.split("/", -1);
        String[] want = ("{stage}/" + routeKey.replace(" ", "")).split("/", -1);
        if (have.length != want.length) {
            return false;
        }
        for (int i = 0; i < want.length; i++) {
            boolean same = want[i].startsWith("{") ? have[i].equals("*") : have[i].equals(want[i]);
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether a queue takes the messages that a principal sends for a source. */
    static boolean takes(Template template, String queue, String principal, String sender) {
        return template.resources("AWS::SQS::QueuePolicy").stream()
                .filter(id -> TemplateFile.list(template.property(id, "Queues")).stream()
                        .anyMatch(url -> queue.endsWith(":" + last(String.valueOf(url)))))
                .map(id -> template.property(id, "PolicyDocument"))
                .filter(document -> document instanceof Map<?, ?>)
                .flatMap(document -> TemplateFile.list(((Map<?, ?>) document).get("Statement")).stream())
                .anyMatch(
                        statement -> statement instanceof Map<?, ?> fields && takes(fields, queue, principal, sender));
    }

    private static String last(String url) {
        return url.substring(url.lastIndexOf('/') + 1);
    }

    /** Returns whether a statement lets a sender send to a queue. Other rules report statements without a condition. */
    private static boolean takes(Map<?, ?> statement, String queue, String principal, String sender) {
        return "Allow".equals(statement.get("Effect"))
                && (Map.of("Service", principal).equals(statement.get("Principal"))
                        || "*".equals(statement.get("Principal")))
                && anyMatches(statement.get("Action"), "sqs:SendMessage")
                && (statement.containsKey("NotResource") || anyMatches(statement.get("Resource"), queue))
                && sources(statement).allMatch(sender::equals);
    }

    private static boolean anyMatches(@Nullable Object patterns, String text) {
        List<?> all = patterns instanceof List<?> several ? several : List.of(String.valueOf(patterns));
        return all.stream().anyMatch(pattern -> Policy.matches(String.valueOf(pattern), text, false));
    }

    /** Returns the sources that the conditions of a statement name. */
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
