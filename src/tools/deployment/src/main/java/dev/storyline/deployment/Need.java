package dev.storyline.deployment;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A permission that a call needs.
 *
 * @param action such as {@code dynamodb:Query}
 * @param resource the ARN of the resource
 * @param context the values for conditions, by key
 */
public record Need(String action, String resource, Map<String, String> context) {
    /** The actions by which Lambda reads the change stream of a table for a function; AWS asks for all of them. */
    public static final List<String> OF_CHANGE_STREAMS = List.of(
            "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams");

    /** The actions by which Lambda reads a queue for a function. */
    public static final List<String> OF_QUEUES =
            List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

    /** Returns the ARN of a schedule in a group. */
    static String schedule(String group, String name) {
        return "arn:aws:scheduler:" + Deployment.REGION + ":" + Deployment.ACCOUNT + ":schedule/" + group + "/" + name;
    }

    /** Returns the permissions for a new schedule: for the schedule, and for lending it a role. */
    public static List<Need> ofNewSchedule(String group, String name, String role) {
        return List.of(
                new Need("scheduler:CreateSchedule", schedule(group, name)),
                new Need("iam:PassRole", role, Map.of("iam:PassedToService", "scheduler.amazonaws.com")));
    }

    /** Returns the permissions for the removal of a schedule. */
    public static List<Need> ofRemovedSchedule(String group, String name) {
        return List.of(new Need("scheduler:DeleteSchedule", schedule(group, name)));
    }

    /** Returns the permission for one object, by its bucket and key with a slash between. */
    public static Need ofObject(String action, String name) {
        return new Need(action, "arn:aws:s3:::" + name);
    }

    public Need {
        context = Map.copyOf(context);
    }

    /** Creates a permission without condition values. */
    public Need(String action, String resource) {
        this(action, resource, Map.of());
    }

    /** Returns the permission to invoke a function, which a policy may name by its tags. */
    public static Need ofInvocation(Deployment.FunctionSpec function) {
        Map<String, String> tags = new HashMap<>();
        function.tags().forEach((tag, value) -> tags.put("aws:ResourceTag/" + tag, value));
        return new Need("lambda:InvokeFunction", function.arn(), tags);
    }

    /** Returns the text of AWS for a denied call of a function. */
    public String refusal(Deployment.FunctionSpec function) {
        return refusal(function.name());
    }

    /**
     * Returns the text of AWS for a denied call.
     *
     * @param name the name of the caller
     */
    public String refusal(String name) {
        return "User: arn:aws:sts::" + Deployment.ACCOUNT + ":assumed-role/" + name + "Role/" + name
                + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }
}
