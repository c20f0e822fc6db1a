package dev.storyline.local.identity;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import dev.storyline.edge.Edge;
import dev.storyline.local.common.LocalCloudException;
import java.util.List;

/**
 * Enforces the policies of the templates: for the calls of functions, and for the event source mappings that Lambda runs
 * under the roles of functions.
 */
public final class Permissions {
    private static final List<String> KINESIS = List.of(
            "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards");

    private static final String CONSUMER = "/consumer/";

    private Permissions() {}

    /** The same edge for a function that may only do what its policy allows. */
    public static Edge held(Edge edge, Deployment.FunctionSpec function) {
        return new Edge(
                edge.settings(),
                PermittedDynamoDb.of(edge.dynamo(), function),
                new PermittedOutboundCalls(edge.outgoing(), function),
                edge.clock(),
                edge.backoff(),
                edge.tasks(),
                edge.metrics());
    }

    /**
     * Checks that each event source mapping is allowed to work. AWS checks it when the mapping is created.
     *
     * @throws LocalCloudException if a policy lacks an action
     */
    public static void check(Deployment deployment) {
        for (Deployment.Feed feed : deployment.feeds()) {
            Deployment.FunctionSpec function = deployment.function(feed.function());
            boolean kinesis = feed.source().startsWith("arn:aws:kinesis:");
            boolean consumer = kinesis && feed.source().contains(CONSUMER);
            String stream = consumer ? feed.source().substring(0, feed.source().indexOf(CONSUMER)) : feed.source();
            require(feed.name(), function, kinesis ? KINESIS : Need.OF_CHANGE_STREAMS, stream);
            if (consumer) {
                require(feed.name(), function, List.of("kinesis:SubscribeToShard"), feed.source());
            }
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
