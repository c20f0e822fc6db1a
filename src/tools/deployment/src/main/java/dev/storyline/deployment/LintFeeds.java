package dev.storyline.deployment;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.storyline.common.Json;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Checks how functions get their events: from change streams and queues, and by which rules. */
final class LintFeeds {
    /** The retention of DynamoDB Streams. */
    private static final int STREAM_SECONDS = 24 * 60 * 60;

    private LintFeeds() {}

    static void check(Stack stack, Lint.Sink sink) {
        for (String mapping : stack.mappings(null)) {
            if (!hasItems(stack, mapping, "FunctionResponseTypes", "ReportBatchItemFailures")) {
                sink.report(
                        LintRule.NO_PARTIAL_BATCH,
                        stack,
                        mapping,
                        "does not let its function say which records failed");
            }
            if (!stack.readsQueue(mapping)) {
                checkStream(stack, mapping, sink);
            }
            checkFilters(stack, mapping, sink);
        }
        for (String rule : stack.template().resources("AWS::Events::Rule")) {
            Object pattern = stack.template().property(rule, "EventPattern");
            if (pattern != null && !isPattern(pattern)) {
                sink.report(LintRule.INVALID_FILTER, stack, rule, "has the EventPattern " + pattern);
            }
        }
    }

    private static void checkStream(Stack stack, String mapping, Lint.Sink sink) {
        Template template = stack.template();
        Object start = template.property(mapping, "StartingPosition");
        if (!"TRIM_HORIZON".equals(start)) {
            sink.report(LintRule.LATEST_START, stack, mapping, "begins at " + (start == null ? "no position" : start));
        }
        int retries = number(template.property(mapping, "MaximumRetryAttempts"));
        int seconds = number(template.property(mapping, "MaximumRecordAgeInSeconds"));
        if (retries < 0) {
            sink.report(LintRule.ENDLESS_RETRIES, stack, mapping, "retries without end");
        }
        if (seconds < 0 || seconds >= STREAM_SECONDS) {
            sink.report(LintRule.ENDLESS_RETRIES, stack, mapping, "keeps records until the stream has forgotten them");
        }
        if (template.property(mapping, "DestinationConfig", "OnFailure", "Destination") == null) {
            sink.report(LintRule.NO_FAILURE_DESTINATION, stack, mapping, "has no on-failure destination");
        }
        if (!"true".equals(String.valueOf(template.property(mapping, "BisectBatchOnFunctionError")))) {
            sink.report(LintRule.NO_BISECT, stack, mapping, "does not split a batch that fails whole");
        }
    }

    private static void checkFilters(Stack stack, String mapping, Lint.Sink sink) {
        Object filters = stack.template().property(mapping, "FilterCriteria", "Filters");
        if (filters == null) {
            return;
        }
        if (!stack.readsQueue(mapping)) {
            sink.report(LintRule.FILTERED_FEED, stack, mapping, "keeps records from its function");
        }
        for (Object filter : TemplateFile.list(filters)) {
            Object pattern = filter instanceof Map<?, ?> fields ? fields.get("Pattern") : null;
            if (!(pattern instanceof String text) || !isPattern(parsed(text))) {
                sink.report(LintRule.INVALID_FILTER, stack, mapping, "has the filter " + pattern);
            }
        }
    }

    private static @Nullable Object parsed(String text) {
        try {
            return Json.mapper().readValue(text, Object.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static boolean isPattern(@Nullable Object value) {
        return value instanceof Map<?, ?> fields
                && !fields.isEmpty()
                && fields.values().stream()
                        .allMatch(one -> one instanceof Collection<?> leaves ? !leaves.isEmpty() : isPattern(one));
    }

    private static boolean hasItems(Stack stack, String mapping, String property, String item) {
        return TemplateFile.list(stack.template().property(mapping, property)).contains(item);
    }

    private static int number(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }
}
