package dev.storyline.journeys;

import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.MetricLog;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.local.common.Proxies;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.local.lambda.InProcessHost;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * A maintenance function in a process of its own, on the tables of a running cloud, like one more instance of Lambda. A test
 * kills it and nothing else.
 */
final class MaintenanceProcess {
    private MaintenanceProcess() {}

    /**
     * Invokes the function once.
     *
     * @param arguments the repository, the address of DynamoDB, the slice, and the event
     */
    public static void main(String[] arguments) throws Exception {
        Deployment deployment = Deployment.readLocally(Path.of(arguments[0]), Map.of(), Map.of(), Set.of("wishes"));
        String arn = deployment.functions().stream()
                .filter(function -> function.slice().equals(arguments[2])
                        && function.export().endsWith("-upkeep"))
                .findFirst()
                .orElseThrow()
                .arn();
        try (SdkHttpClient http = Proxies.direct().maxConnections(50).build();
                InProcessHost host = new InProcessHost(
                        deployment,
                        LocalDatabase.client(URI.create(arguments[1]), http, LocalDatabase.FUNCTIONS),
                        OutboundCalls.NONE,
                        Clock.systemUTC(),
                        MetricLog.NOBODY)) {
            System.out.println("begins");
            System.out.println(host.invoke(arn, Json.mapper().readTree(arguments[3])));
        }
        System.exit(0);
    }
}
