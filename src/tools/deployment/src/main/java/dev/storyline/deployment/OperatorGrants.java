package dev.storyline.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The most that the policy of a context's operators may grant: what the operator's commands do. */
final class OperatorGrants {
    /** The conditions on the tags by which policies name the maintenance functions and the deciders of the context. */
    static final List<String> TAGS = List.of("aws:ResourceTag/storyline-upkeep", "aws:ResourceTag/storyline-decider");

    private static final Set<String> READS = Set.of("dynamodb:DescribeTable", "dynamodb:Query", "dynamodb:Scan");

    /** What a restore needs on the new table, beside {@link #READS}, and its end. */
    private static final Set<String> RESTORES = Set.of(
            "dynamodb:BatchWriteItem",
            "dynamodb:DeleteItem",
            "dynamodb:DeleteTable",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:UpdateItem");
    /**
     * The one policy that may put into an event table and delete from it: the archiver's. It moves streams that have ended to
     * the archive, which nobody else may.
     */
    private static final String ARCHIVER = "ArchiverPolicy";

    private static final Set<String> OF_ARCHIVER =
            Set.of("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem");

    private OperatorGrants() {}

    /** Returns the excess grants of a managed policy in words. */
    static List<String> beyond(Stack stack, String policy) {
        Template template = stack.template();
        List<String> tables = stack.eventTables().stream().map(template::arn).toList();
        List<String> beyond = new ArrayList<>();
        for (String property : template.source().properties(policy)) {
            if (!Set.of("Description", "PolicyDocument").contains(property)) {
                beyond.add("has " + property + ": whoever operates attaches it");
            }
        }
        for (Object one : Grants.oneOrMore(template.property(policy, "PolicyDocument", "Statement"))) {
            if (!(one instanceof Map<?, ?> statement) || "Deny".equals(statement.get("Effect"))) {
                continue;
            }
            for (Object action : Grants.oneOrMore(statement.get("Action"))) {
                for (Object resource : Grants.oneOrMore(statement.get("Resource"))) {
                    boolean archiver = policy.equals(ARCHIVER);
                    if (!allows(stack, tables, statement, action.toString(), resource.toString())
                            && !(archiver && OF_ARCHIVER.contains(action.toString()) && tables.contains(resource))
                            && !(isObject(stack, resource.toString())
                                    && (action.equals("s3:GetObject")
                                            || (archiver && action.equals("s3:PutObject"))))) {
                        beyond.add("may " + action + " on " + resource);
                    }
                }
            }
        }
        return beyond;
    }

    /** Whether a resource is the objects of the context's archive. */
    static boolean isObject(Stack stack, String resource) {
        return stack.template().resources("AWS::S3::Bucket").stream()
                .anyMatch(bucket -> resource.equals(stack.template().arn(bucket) + "/*"));
    }

    private static boolean allows(
            Stack stack, List<String> tables, Map<?, ?> statement, String action, String resource) {
        return switch (action) {
            case "lambda:ListFunctions" -> true;
            case "lambda:InvokeFunction" ->
                TAGS.stream()
                        .anyMatch(tag -> Objects.equals(
                                statement.get("Condition"),
                                Map.of(
                                        "StringEquals",
                                        Map.of(tag, stack.template().name("Stage") + "/" + stack.context()))));
            case "dynamodb:RestoreTableToPointInTime" -> tables.contains(resource);
            default ->
                (READS.contains(action) && tables.contains(resource))
                        || ((READS.contains(action) || RESTORES.contains(action))
                                && tables.stream()
                                        .anyMatch(table -> restored(table).equals(resource)));
        };
    }

    /** Returns the table into which a drill restores an event table, by name or ARN. */
    static String restored(String table) {
        return table + "-restored";
    }
}
