package dev.storyline.deployment;

import java.util.Map;

/**
 * One permission that a call needs.
 *
 * @param action such as {@code dynamodb:Query}
 * @param resource the ARN of what it is done to
 * @param context what conditions may ask for, by key
 */
public record Need(String action, String resource, Map<String, String> context) {
    public Need {
        context = Map.copyOf(context);
    }

    /** A permission that depends on nothing else. */
    public Need(String action, String resource) {
        this(action, resource, Map.of());
    }

    /** How AWS tells a function that it may not. */
    public String refusal(Deployment.Fn function) {
        String name = function.arn().substring(function.arn().lastIndexOf(':') + 1);
        return "User: arn:aws:sts::" + Deployment.ACCOUNT + ":assumed-role/" + name + "Role/" + name
                + " is not authorized to perform: " + action + " on resource: " + resource
                + " because no identity-based policy allows the " + action + " action";
    }
}
