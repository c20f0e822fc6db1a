package dev.storyline.local.identity;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import dev.storyline.edge.Edge;
import dev.storyline.local.common.LocalCloudException;
import java.util.List;

/**
 * Holds functions to the policies of their templates: what they ask for by themselves, and what Lambda does in the name of
 * their roles.
 */
public final class Permissions {
    private static final List<String> KINESIS = List.of(
            "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards");

    private Permissions() {}

    /** The same edge for a function that may do what its policy allows, and nothing else. */
    public static Edge held(Edge edge, Deployment.FunctionSpec function) {
        return new Edge(
                edge.settings(),
                PermittedDynamoDb.of(edge.dynamo(), function),
                new PermittedOutboundCalls(edge.outgoing(), function),
                edge.clock(),
                edge.pace());
    }

    /**
     * Whether every mapping may do its work, which AWS finds out when it is created.
     *
     * @throws LocalCloudException if one may not
     */
    public static void check(Deployment deployment) {
        for (Deployment.Feed feed : deployment.feeds()) {
            Deployment.FunctionSpec function = deployment.function(feed.function());
            require(
                    feed.name(),
                    function,
                    feed.source().startsWith("arn:aws:kinesis:") ? KINESIS : Need.OF_CHANGE_STREAMS,
                    feed.source());
            if (!feed.onFailure().isEmpty()) {
                require(feed.name(), function, List.of("sqs:SendMessage"), feed.onFailure());
            }
        }
        for (Deployment.QueueFeed feed : deployment.queueFeeds()) {
            require(feed.name(), deployment.function(feed.function()), Need.OF_QUEUES, feed.queue());
        }
    }

    private static void require(
            String mapping, Deployment.FunctionSpec function, List<String> actions, String resource) {
        for (String action : actions) {
            if (!function.policy().allows(new Need(action, resource))) {
                throw new LocalCloudException("The mapping " + mapping + " cannot work: the policy of the function '"
                        + function.export() + "' of " + function.slice() + " does not allow " + action + " on "
                        + resource + ".");
            }
        }
    }
}
