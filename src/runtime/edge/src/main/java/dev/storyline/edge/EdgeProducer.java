package dev.storyline.edge;

import dev.storyline.common.Backoff;
import dev.storyline.common.ParallelTasks;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.config.Config;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Produces the edge of the one function in this process, on Lambda, with settings from the environment. */
@Singleton
class EdgeProducer {
    @Produces
    @Singleton
    Edge edge(DynamoDbClient dynamo, Config config) {
        Map<String, String> settings = new HashMap<>();
        for (String name : config.getPropertyNames()) {
            if (name.matches("[A-Z][A-Z0-9_]*")) {
                config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value));
            }
        }
        String region = settings.getOrDefault("AWS_REGION", "us-east-1");
        return new Edge(
                new Settings(settings),
                dynamo,
                AwsOutboundCalls.of(region, dynamo.serviceClientConfiguration().credentialsProvider(), settings),
                Clock.offset(Clock.systemUTC(), Duration.parse(settings.getOrDefault("CLOCK_AHEAD", "PT0S"))),
                Backoff.REAL,
                ParallelTasks.REAL,
                MetricLog.OF_FUNCTION);
    }
}
