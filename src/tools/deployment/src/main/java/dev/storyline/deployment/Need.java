package dev.storyline.deployment;

import java.util.List;
import java.util.Map;

/**
 * One permission that a call needs.
 *
 * @param action such as {@code dynamodb:Query}
 * @param resource the ARN of what it is done to
 * @param context what conditions may ask for, by key
 */
public record Need(String action, String resource, Map<String, String> context) {
    /** The actions by which Lambda reads the change stream of a table for a function; AWS asks for all of them. */
    public static final List<String> OF_CHANGE_STREAMS = List.of(
            "dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams");

    /** The actions by which Lambda reads a queue for a function. */
    public static final List<String> OF_QUEUES =
            List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage");

    public Need {
        context = Map.copyOf(context);
    }

    /** A permission that depends on nothing else. */
    public Need(String action, String resource) {
        this(action, resource, Map.of());
    }

    /** How AWS tells a function that it may not. */
    public String refusal(Deployment.FunctionSpec function) {
        String name = function.arn().substring(function.arn().lastIndexOf(':') + 1);
        return "User: arn:aws:sts::" + Deployment.ACCOUNT + ":assumed-role/" + name + "Role/" + name
                + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }
}
