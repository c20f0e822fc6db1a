package dev.storyline.deployment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides the rights of a role as IAM does: a denying statement wins, then an allowing one; everything else is denied.
 * Supports {@code Action} and {@code Resource} with {@code *} and {@code ?}, and conditions that compare text. Refuses
 * to read anything else, so that nothing is allowed by mistake.
 *
 * @param statements the allowing and denying statements
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html">Policy
 *     evaluation logic</a>
 */
public record Policy(List<Statement> statements) {
    /** A policy without any right. */
    public static final Policy NONE = new Policy(List.of());

    private static final Set<String> ELEMENTS =
            Set.of("Sid", "Effect", "Action", "Resource", "Condition", "NotAction", "NotResource", "Principal");

    /** The condition keys for which the local cloud has values. */
    private static final Set<String> KEYS =
            Set.of("dynamodb:enclosingoperation", "dynamodb:leadingkeys", "aws:sourcearn");

    /** The keys of the tags of the resource begin with this. */
    private static final String TAGS = "aws:resourcetag/";

    private static final Set<String> PLAYED = Set.of("dynamodb", "lambda", "events", "sqs", "aws");

    private static final Set<String> OPERATORS =
            Set.of("StringEquals", "StringNotEquals", "StringLike", "StringNotLike", "ArnEquals", "ArnLike");

    private static final String ANY = "ForAnyValue:";
    private static final String ALL = "ForAllValues:";
    private static final String IF_EXISTS = "IfExists";

    public Policy {
        statements = List.copyOf(statements);
    }

    /**
     * One statement.
     *
     * @param denies whether the statement denies
     * @param actions such as {@code dynamodb:Query}
     * @param resources ARNs
     * @param conditions operator to key to values, such as {@code StringEquals} to {@code dynamodb:EnclosingOperation}
     */
    public record Statement(
            boolean denies,
            List<String> actions,
            List<String> resources,
            Map<String, Map<String, List<String>>> conditions) {
        public Statement {
            actions = List.copyOf(actions);
            resources = List.copyOf(resources);
            conditions = Map.copyOf(conditions);
        }

        /** Creates a statement that allows actions on one resource without conditions. */
        public static Statement allow(String resource, String... actions) {
            return new Statement(false, List.of(actions), List.of(resource), Map.of());
        }

        private boolean matches(Need need) {
            return matchesAny(actions, need.action(), true)
                    && matchesAny(resources, need.resource(), false)
                    && (conditions.isEmpty() || isMet(need.context()));
        }

        private boolean isMet(Map<String, String> context) {
            return conditions.entrySet().stream()
                    .allMatch(operator -> operator.getValue().entrySet().stream()
                            .allMatch(key -> meets(operator.getKey(), key.getValue(), value(context, key.getKey()))));
        }
    }

    /** Condition keys ignore case. */
    private static @Nullable String value(Map<String, String> context, String key) {
        for (Map.Entry<String, String> one : context.entrySet()) {
            if (one.getKey().equalsIgnoreCase(key)) {
                return one.getValue();
            }
        }
        return null;
    }

    /** Every key has at most one value here, so ForAllValues and ForAnyValue are the same. */
    private static boolean meets(String operator, List<String> wanted, @Nullable String value) {
        String comparison = comparison(operator);
        boolean negated = comparison.contains("Not");
        if (value == null) {
            return operator.startsWith(ALL) || (!operator.startsWith(ANY) && (operator.endsWith(IF_EXISTS) || negated));
        }
        boolean found = (comparison.startsWith("String") && comparison.endsWith("Equals"))
                ? wanted.contains(value)
                : matchesAny(wanted, value, false);
        return found != negated;
    }

    private static String comparison(String operator) {
        String bare = operator.startsWith(ANY)
                ? operator.substring(ANY.length())
                : operator.startsWith(ALL) ? operator.substring(ALL.length()) : operator;
        return bare.endsWith(IF_EXISTS) ? bare.substring(0, bare.length() - IF_EXISTS.length()) : bare;
    }

    /** Returns whether an action on a resource is allowed under these condition values. */
    public boolean allows(String action, String resource, Map<String, String> context) {
        return allows(new Need(action, resource, context));
    }

    /** Returns whether a needed permission is allowed. */
    public boolean allows(Need need) {
        boolean allowed = false;
        for (Statement statement : statements) {
            if ((statement.denies || !allowed) && statement.matches(need)) {
                if (statement.denies) {
                    return false;
                }
                allowed = true;
            }
        }
        return allowed;
    }

    /** Returns the first of these permissions that is denied; null if all are allowed. */
    public @Nullable Need missing(List<Need> needs) {
        for (Need need : needs) {
            if (!allows(need)) {
                return need;
            }
        }
        return null;
    }

    private static boolean matchesAny(List<String> patterns, String text, boolean anyCase) {
        for (String pattern : patterns) {
            if (matches(pattern, text, anyCase)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether a text matches a pattern in which {@code *} stands for any characters and {@code ?} for one. */
    static boolean matches(String pattern, String text, boolean anyCase) {
        if (pattern.indexOf('*') < 0 && pattern.indexOf('?') < 0) {
            return anyCase ? pattern.equalsIgnoreCase(text) : pattern.equals(text);
        }
        int star = -1;
        int resume = 0;
        int at = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = i;
            } else if (at < pattern.length() && same(pattern.charAt(at), text.charAt(i), anyCase)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static boolean same(char wanted, char given, boolean anyCase) {
        return wanted == '?'
                || wanted == given
                || (anyCase && Character.toLowerCase(wanted) == Character.toLowerCase(given));
    }

    /**
     * Reads the policies of a function with resolved intrinsic functions.
     *
     * @param policies one policy or several; null for none
     * @param trouble creates an exception from a message
     */
    static Policy read(@Nullable Object policies, Function<String, TemplateException> trouble) {
        List<Statement> statements = new ArrayList<>();
        for (Object policy : oneOrMore(policies)) {
            if (!(policy instanceof Map<?, ?> document) || document.get("Statement") == null) {
                throw trouble.apply("names a policy that stands elsewhere, " + policy
                        + ": write its statements here, or nobody can hold the function to them");
            }
            statements.addAll(statements(document, trouble));
        }
        return new Policy(statements);
    }

    /** Reads the statements of one policy document. */
    static List<Statement> statements(Map<?, ?> document, Function<String, TemplateException> trouble) {
        List<Statement> statements = new ArrayList<>();
        for (Object statement : oneOrMore(document.get("Statement"))) {
            if (!(statement instanceof Map<?, ?> fields)) {
                throw trouble.apply("has a statement that is no mapping: " + statement);
            }
            statements.add(statement(fields, trouble));
        }
        return statements;
    }

    private static Statement statement(Map<?, ?> fields, Function<String, TemplateException> trouble) {
        for (Object element : fields.keySet()) {
            if (!ELEMENTS.contains(String.valueOf(element))) {
                throw trouble.apply("has a statement with " + element + ", which is no element of IAM");
            }
            if (String.valueOf(element).startsWith("Not")) {
                throw trouble.apply("has a statement with " + element
                        + ", which is about everything that it does not name: name what it is about");
            }
        }
        String effect = String.valueOf(fields.get("Effect"));
        List<String> actions = texts(fields.get("Action"));
        List<String> resources = texts(fields.get("Resource"));
        if (!(effect.equals("Allow") || effect.equals("Deny")) || actions.isEmpty() || resources.isEmpty()) {
            throw trouble.apply("has a statement that needs an Effect, Allow or Deny, an Action and a Resource");
        }
        Map<String, Map<String, List<String>>> conditions = new LinkedHashMap<>();
        if (fields.get("Condition") instanceof Map<?, ?> operators) {
            operators.forEach((operator, keys) ->
                    conditions.put(String.valueOf(operator), condition(String.valueOf(operator), keys, trouble)));
        }
        Statement statement = new Statement(effect.equals("Deny"), actions, resources, conditions);
        if (statement.toString().contains("${")) {
            throw trouble.apply(
                    "has a statement with a policy variable, which the local cloud does not know: " + fields);
        }
        return statement;
    }

    private static Map<String, List<String>> condition(
            String operator, @Nullable Object keys, Function<String, TemplateException> trouble) {
        if (!OPERATORS.contains(comparison(operator))) {
            throw trouble.apply(
                    "has a condition with the operator " + operator + ", which the local cloud does not know; it knows "
                            + OPERATORS.stream().sorted().toList());
        }
        if (!(keys instanceof Map<?, ?> pairs)) {
            throw trouble.apply("has a condition " + operator + " without keys");
        }
        Map<String, List<String>> condition = new LinkedHashMap<>();
        pairs.forEach((key, values) -> {
            String name = String.valueOf(key).toLowerCase(Locale.ROOT);
            int colon = name.indexOf(':');
            boolean known = KEYS.contains(name) || name.startsWith(TAGS);
            if (colon < 0 || (PLAYED.contains(name.substring(0, colon)) && !known)) {
                throw trouble.apply("has a condition on " + key + ", which the local cloud has no value for");
            }
            condition.put(String.valueOf(key), texts(values));
        });
        return condition;
    }

    private static List<?> oneOrMore(@Nullable Object value) {
        return value instanceof List<?> several ? several : value == null ? List.of() : List.of(value);
    }

    private static List<String> texts(@Nullable Object value) {
        return oneOrMore(value).stream().map(String::valueOf).toList();
    }
}
