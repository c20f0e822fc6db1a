package dev.storyline.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.MetricLog;
import dev.storyline.local.database.KeptParameters;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.feeds.DeliveryStore;
import dev.storyline.local.feeds.LocalClock;
import dev.storyline.local.feeds.LocalOutboundCalls;
import dev.storyline.local.feeds.LocalQueues;
import dev.storyline.local.lambda.InProcessHost;
import dev.storyline.local.lambda.LocalAws;
import java.nio.file.Path;
import java.util.Set;
import java.util.UUID;

/**
 * A data directory on which no local cloud runs. The functions run in this process, with the parameters with which the
 * last local cloud ran on the directory, behind the same services of AWS as those of a running one.
 */
final class RestingCloud implements LocalSide {
    private final LocalDatabase database;
    private final DeliveryStore deliveries;
    private final InProcessHost host;
    private final LocalAws aws;
    private final LocalClock clock;

    private RestingCloud(Deployment all, LocalDatabase database, DeliveryStore deliveries, Path data) {
        LocalOutboundCalls outgoing = new LocalOutboundCalls(all, new LocalQueues(deliveries), data);
        this.database = database;
        this.deliveries = deliveries;
        this.clock = new LocalClock(deliveries);
        this.host = new InProcessHost(all, database.functions(), outgoing, clock, MetricLog.NOBODY);
        this.aws = new LocalAws(all, database.endpoint(), database.http(), outgoing, clock::ahead);
        outgoing.reach(host);
    }

    /**
     * Opens a data directory.
     *
     * @param root the repository
     * @param contexts the contexts that count; empty for all
     * @throws dev.storyline.local.common.LocalCloudException if the directory is in use or cannot be used
     */
    static Installation open(Path root, Path data, Set<String> contexts) {
        KeptParameters kept = KeptParameters.of(data);
        Deployment named = kept.read(root, contexts);
        // A redriven event handler may publish to any context.
        Deployment all = contexts.isEmpty() ? named : kept.read(root, Set.of());
        LocalDatabase database = LocalDatabase.open(data);
        try {
            database.create(named.tables());
            RestingCloud cloud = new RestingCloud(all, database, DeliveryStore.open(data), data);
            String key = UUID.randomUUID().toString().replace("-", "");
            cloud.aws.admitOperator(key);
            return new Installation(
                    Installations.local("The data directory " + data, cloud.aws.address(), key, cloud, cloud::close),
                    contexts);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public JsonNode clock(ObjectNode request) {
        return clock.asked(request);
    }

    @Override
    public JsonNode restore(ObjectNode request) {
        return DataCopy.restore(request, database.client());
    }

    private void close() {
        aws.close();
        host.close();
        deliveries.close();
        database.close();
    }
}
