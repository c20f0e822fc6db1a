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
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A data directory on which no local cloud runs. The functions run in this process, with the parameters with which the
 * last local cloud ran on the directory.
 */
final class RestingInstallation implements Installation {
    private final MaintenanceFunctions functions;
    private final LocalDatabase database;
    private final DeliveryStore deliveries;
    private final InProcessHost host;
    private final Set<String> contexts;

    private RestingInstallation(
            Deployment all, LocalDatabase database, DeliveryStore deliveries, Set<String> contexts) {
        LocalOutboundCalls outgoing = new LocalOutboundCalls(all, new LocalQueues(deliveries));
        this.database = database;
        this.deliveries = deliveries;
        this.contexts = contexts;
        this.host =
                new InProcessHost(all, database.functions(), outgoing, new LocalClock(deliveries), MetricLog.NOBODY);
        this.functions = new MaintenanceFunctions(all, host);
        outgoing.reach(host);
    }

    /**
     * Opens a data directory.
     *
     * @param root the repository
     * @param contexts the contexts whose slices are looked at; empty for all
     * @throws dev.storyline.local.common.LocalCloudException if the directory is in use or cannot be used
     */
    static RestingInstallation open(Path root, Path data, Set<String> contexts) {
        KeptParameters kept = KeptParameters.of(data);
        Deployment named = kept.read(root, contexts);
        // A redriven event handler may publish to any context.
        Deployment all = contexts.isEmpty() ? named : kept.read(root, Set.of());
        LocalDatabase database = LocalDatabase.open(data);
        try {
            database.create(named.tables());
            return new RestingInstallation(all, database, DeliveryStore.open(data), contexts);
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public List<String> slices() {
        return functions.slices().stream()
                .filter(slice -> contexts.isEmpty() || contexts.contains(slice.substring(0, slice.indexOf('/'))))
                .toList();
    }

    @Override
    public JsonNode ask(String slice, ObjectNode request, Consumer<JsonNode> steps) {
        return functions.ask(slice, request, steps);
    }

    @Override
    public JsonNode clock(ObjectNode request) {
        return new LocalClock(deliveries).asked(request);
    }

    @Override
    public void close() {
        host.close();
        deliveries.close();
        database.close();
    }
}
