package dev.storyline.local;

import dev.storyline.deployment.Deployment;
import dev.storyline.local.feeds.DeliveryStore;
import dev.storyline.local.feeds.EventSourceMapping;
import dev.storyline.local.lambda.CountedInvoker;
import dev.storyline.local.metrics.MetricsRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What no function knows: the queues, the feeds and the invocations of a local cloud. On AWS the services tell it
 * themselves.
 */
record LocalGauges(
        Deployment deployment, DeliveryStore deliveries, List<EventSourceMapping> feeds, CountedInvoker host) {
    private static final double NANOS_IN_A_SECOND = 1e9;

    void addTo(MetricsRegistry metrics) {
        metrics.gauge(
                "storyline_queue_messages",
                "Messages of a queue.",
                "queue",
                () -> queues(DeliveryStore.Depth::messages));
        metrics.gauge(
                "storyline_queue_failing_messages",
                "Messages of a queue whose last delivery failed.",
                "queue",
                () -> queues(DeliveryStore.Depth::failing));
        metrics.gauge(
                "storyline_queue_oldest_seconds",
                "The age of the oldest message of a queue; zero for an empty one.",
                "queue",
                () -> queues(DeliveryStore.Depth::oldestSeconds));
        metrics.gauge(
                "storyline_feed_lag_seconds",
                "How long ago the record was written that a feed is delivering; zero where all are delivered.",
                "feed",
                () -> feeds(feed -> feed.lag().toNanos() / NANOS_IN_A_SECOND));
        metrics.counter(
                "storyline_feed_given_up_records",
                "Records that a feed gave up.",
                "feed",
                () -> feeds(EventSourceMapping::givenUp));
        metrics.counter("storyline_function_invocations", "Invocations of a function.", "function", this::invocations);
    }

    private Map<String, Number> queues(Function<DeliveryStore.Depth, Number> figure) {
        Map<String, DeliveryStore.Depth> depths = deliveries.depths(Instant.now());
        Map<String, Number> figures = new TreeMap<>();
        deployment
                .queues()
                .forEach(queue -> figures.put(
                        nameOf(queue.arn()),
                        figure.apply(depths.getOrDefault(queue.arn(), DeliveryStore.Depth.EMPTY))));
        return figures;
    }

    private Map<String, Number> feeds(Function<EventSourceMapping, Number> figure) {
        Map<String, Number> figures = new TreeMap<>();
        feeds.forEach(feed -> figures.put(feed.name(), figure.apply(feed)));
        return figures;
    }

    private Map<String, Number> invocations() {
        Map<String, Number> figures = new TreeMap<>();
        host.counts()
                .forEach((arn, count) -> figures.put(deployment.function(arn).export(), count));
        return figures;
    }

    private static String nameOf(String arn) {
        return arn.substring(arn.lastIndexOf(':') + 1);
    }
}
