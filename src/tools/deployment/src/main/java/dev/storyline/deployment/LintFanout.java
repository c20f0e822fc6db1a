package dev.storyline.deployment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks what carries commits to more than two readers: Kinesis streams, and topics with a queue for each reader. It also
 * checks that no queue is read faster than its function takes it.
 */
final class LintFanout {
    /** A shard gives five reads a second, and a mapping reads once a second. */
    private static final int MOST_SHARED = 5;

    private static final int MOST_CONSUMERS = 20;
    private static final String TOPICS = "sns.amazonaws.com";

    private LintFanout() {}

    static void check(Stack stack, Stacks stacks, Lint.Sink sink) {
        if (stack.infra()) {
            checkKinesis(stack, stacks, sink);
        }
        for (String mapping : stack.mappings(null)) {
            if (stack.readsQueue(mapping)) {
                checkSpeed(stack, mapping, sink);
            }
        }
        for (String subscription : stack.template().resources("AWS::SNS::Subscription")) {
            checkSubscription(stack, stacks, subscription, sink);
        }
    }

    private static void checkKinesis(Stack infra, Stacks stacks, Lint.Sink sink) {
        for (String stream : infra.template().resources("AWS::Kinesis::Stream")) {
            String arn = infra.template().arn(stream);
            List<String> shared = new ArrayList<>();
            List<String> consumers = new ArrayList<>();
            for (Stack stack : stacks.all()) {
                for (String mapping : stack.mappings(null)) {
                    if (stack.source(mapping).equals(arn)) {
                        shared.add(stack.path());
                    } else if (stack.source(mapping).startsWith(arn + "/consumer/")) {
                        consumers.add(stack.path());
                    }
                }
            }
            if (shared.size() > MOST_SHARED) {
                sink.report(
                        LintRule.TOO_MANY_SHARED_READS,
                        infra,
                        stream,
                        "has " + shared.size() + " readers that share its reads: " + String.join(", ", shared));
            }
            if (consumers.size() > MOST_CONSUMERS) {
                sink.report(
                        LintRule.TOO_MANY_CONSUMERS,
                        infra,
                        stream,
                        "has " + consumers.size() + " consumers: " + String.join(", ", consumers));
            }
        }
    }

    private static void checkSpeed(Stack stack, String mapping, Lint.Sink sink) {
        int most = number(stack.template().property(mapping, "ScalingConfig", "MaximumConcurrency"));
        if (most < 0) {
            sink.report(LintRule.QUEUE_OUTRUNS_FUNCTION, stack, mapping, "has no MaximumConcurrency");
            return;
        }
        for (String function : stack.functions()) {
            int reserved = number(stack.setting(function, "ReservedConcurrentExecutions"));
            if (stack.mappings(function).contains(mapping) && reserved >= 0 && most > reserved) {
                sink.report(
                        LintRule.QUEUE_OUTRUNS_FUNCTION,
                        stack,
                        mapping,
                        "may call " + function + " " + most + " times at once, which takes " + reserved);
            }
        }
    }

    private static void checkSubscription(Stack stack, Stacks stacks, String id, Lint.Sink sink) {
        Template template = stack.template();
        String queue = String.valueOf(template.property(id, "Endpoint"));
        String topic = String.valueOf(template.property(id, "TopicArn"));
        if (!"sqs".equals(template.property(id, "Protocol"))
                || !stack.mappings(null).stream().map(stack::source).toList().contains(queue)
                || !topics(stack, stacks).contains(topic)) {
            sink.report(
                    LintRule.UNKNOWN_RESOURCE,
                    stack,
                    id,
                    "carries " + topic + " to " + queue
                            + ", not commits of the context to a queue that its feed reads");
            return;
        }
        if (!"true".equals(String.valueOf(template.property(id, "RawMessageDelivery")))) {
            sink.report(LintRule.WRAPPED_MESSAGES, stack, id, "wraps what was published");
        }
        if (Stream.of("FilterPolicy", "FilterPolicyScope").anyMatch(key -> template.property(id, key) != null)) {
            sink.report(LintRule.FILTERED_FEED, stack, id, "keeps commits from its queue");
        }
        if (template.resources("AWS::SQS::Queue").stream()
                .filter(one -> template.arn(one).equals(queue))
                .allMatch(one -> template.property(one, "RedrivePolicy", "deadLetterTargetArn") == null)) {
            sink.report(LintRule.NO_FAILURE_DESTINATION, stack, id, "leads to a queue without a queue of dead letters");
        }
        if (!LintCallers.takes(template, queue, TOPICS, topic)) {
            sink.report(LintRule.NO_PERMISSION, stack, id, "leads to a queue that does not take what its topic sends");
        }
    }

    /** The topics of commits of a context. */
    private static List<String> topics(Stack stack, Stacks stacks) {
        return stacks.infra(stack.context()).stream()
                .flatMap(infra -> infra.functions().stream()
                        .map(function -> infra.setting(function, "Environment", "Variables", Deployment.COMMIT_TOPIC)))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    private static int number(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
