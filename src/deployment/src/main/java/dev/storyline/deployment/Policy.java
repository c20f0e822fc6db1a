package dev.storyline.deployment;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a function's role may do: statements that allow; what none of them allows is denied, as AWS does it.
 *
 * @param statements what is allowed
 */
public record Policy(List<Statement> statements) {
    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param actions such as {@code dynamodb:Query}
     * @param resources ARNs
     * @param conditions operator to key to values, such as {@code StringEquals} to {@code dynamodb:EnclosingOperation}
     */
    public record Statement(
            List<String> actions, List<String> resources, Map<String, Map<String, List<String>>> conditions) {
        public Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            conditions = Map.copyOf(conditions);
        }
    }

    /** Reads the inline policies of a function, intrinsics resolved; {@code Effect} is always {@code Allow}. */
    static Policy read(List<?> policies) {
        return new Policy(policies.stream()
                .filter(policy -> policy instanceof Map<?, ?>)
                .flatMap(policy -> Deployment.list(((Map<?, ?>) policy).get("Statement")).stream())
                .map(statement -> statement((Map<?, ?>) statement))
                .toList());
    }

    private static Statement statement(Map<?, ?> fields) {
        return new Statement(texts(fields.get("Action")), texts(fields.get("Resource")), Map.of());
    }

    private static List<String> texts(@Nullable Object oneOrMore) {
        return oneOrMore instanceof List<?> several
                ? several.stream().map(String::valueOf).toList()
                : oneOrMore == null ? List.of() : List.of(oneOrMore.toString());
    }
}
