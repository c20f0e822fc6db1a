package dev.storyline.deployment;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks functions and tables: log retention, a decision about concurrency, and protected tables. */
final class LintResources {
    /** The known types and properties: each is checked, or gives nobody access. */
    private static final Set<String> TYPES = Set.of(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Authorizer",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage",
            "AWS::ApplicationAutoScaling::ScalableTarget",
            "AWS::ApplicationAutoScaling::ScalingPolicy",
            "AWS::CloudWatch::Alarm",
            "AWS::CloudWatch::Dashboard",
            "AWS::DynamoDB::Table",
            "AWS::Events::EventBus",
            "AWS::Events::Rule",
            "AWS::IAM::ManagedPolicy",
            "AWS::IAM::Role",
            "AWS::Kinesis::Stream",
            "AWS::Kinesis::StreamConsumer",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Permission",
            "AWS::Logs::LogGroup",
            "AWS::S3::Bucket",
            "AWS::SNS::Subscription",
            "AWS::SNS::Topic",
            "AWS::SQS::Queue",
            "AWS::SQS::QueuePolicy",
            "AWS::Scheduler::ScheduleGroup",
            "AWS::Serverless::Function",
            "AWS::StepFunctions::StateMachine");

    /** The known properties of functions. The rule of grants checks roles and events. */
    private static final Set<String> OF_FUNCTIONS = Set.of(
            "Architectures",
            "CodeUri",
            "Description",
            "Environment",
            "EventInvokeConfig",
            "Events",
            "FunctionName",
            "Handler",
            "Layers",
            "LoggingConfig",
            "MemorySize",
            "Policies",
            "ReservedConcurrentExecutions",
            "Role",
            "Runtime",
            "SnapStart",
            "Tags",
            "Timeout",
            "Tracing");

    private LintResources() {}

    static void check(Stack stack, Sources sources, Lint.Sink sink) {
        stack.template().source().types().forEach((id, type) -> {
            // A custom resource calls one function, for example to store an activation time.
            if (!TYPES.contains(type) && !type.startsWith("Custom::")) {
                sink.report(LintRule.UNKNOWN_RESOURCE, stack, id, "is a " + type);
            }
            if (type.equals("AWS::IAM::ManagedPolicy") && !stack.infra()) {
                sink.report(LintRule.UNKNOWN_RESOURCE, stack, id, "is a " + type + " of a slice");
            }
            if ((type.equals("AWS::ApiGatewayV2::Authorizer") || type.equals("AWS::ApiGatewayV2::Api"))
                    && !stack.infra()) {
                sink.report(LintRule.UNKNOWN_RESOURCE, stack, id, "is a " + type + " beside that of the context");
            }
        });
        stack.functions().forEach(function -> checkFunction(stack, function, sources, sink));
        for (String group : stack.template().resources("AWS::Logs::LogGroup")) {
            if (stack.template().property(group, "RetentionInDays") == null) {
                sink.report(LintRule.NO_LOG_RETENTION, stack, group, "has no RetentionInDays");
            }
        }
        stack.template().resources("AWS::DynamoDB::Table").forEach(table -> checkTable(stack, table, sink));
    }

    private static void checkFunction(Stack stack, String function, Sources sources, Lint.Sink sink) {
        Template template = stack.template();
        template.source().properties(function).stream()
                .filter(property -> !OF_FUNCTIONS.contains(property))
                .forEach(property -> sink.report(LintRule.UNKNOWN_RESOURCE, stack, function, "has " + property));
        Object group = stack.setting(function, "LoggingConfig", "LogGroup");
        List<String> groups = template.resources("AWS::Logs::LogGroup").stream()
                .map(template::name)
                .toList();
        if (group == null || !groups.contains(group.toString())) {
            sink.report(LintRule.NO_LOG_RETENTION, stack, function, "logs to no LogGroup of its template");
        }
        if (!template.source().isWritten(function, "ReservedConcurrentExecutions")) {
            sink.report(LintRule.NO_CONCURRENCY_DECISION, stack, function, "says nothing about its concurrency");
        }
        String export = stack.export(function);
        if (stack.infra() && String.valueOf(stack.setting(function, "Runtime")).startsWith("nodejs")) {
            return;
        }
        if (!sources.exports(stack).contains(export)) {
            sink.report(
                    LintRule.UNKNOWN_EXPORT,
                    stack,
                    function,
                    export.isEmpty() ? "has no QUARKUS_FUNQY_EXPORT" : "exports '" + export + "', which no source has");
        }
    }

    private static void checkTable(Stack stack, String table, Lint.Sink sink) {
        Template template = stack.template();
        if (!isTrue(stack, table, "SSESpecification", "SSEEnabled")) {
            sink.report(LintRule.UNENCRYPTED_TABLE, stack, table, "is not encrypted with a key of its account");
        }
        boolean events = stack.eventTables().contains(table);
        Object view = template.property(table, "StreamSpecification", "StreamViewType");
        boolean kinesis = template.property(table, "KinesisStreamSpecification") != null;
        if (view == null ? events && !kinesis : !view.equals("NEW_IMAGE")) {
            sink.report(
                    LintRule.WRONG_STREAM_VIEW,
                    stack,
                    table,
                    view == null ? "has no change stream" : "streams " + view);
        }
        if (!events) {
            return;
        }
        if (!isTrue(stack, table, "PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")) {
            sink.report(LintRule.UNPROTECTED_EVENTS, stack, table, "cannot be brought back to a point in time");
        }
        if (!isTrue(stack, table, "DeletionProtectionEnabled")) {
            sink.report(LintRule.UNPROTECTED_EVENTS, stack, table, "can be deleted by one call");
        }
        for (String policy : List.of("DeletionPolicy", "UpdateReplacePolicy")) {
            if (!template.attribute(table, policy).equals("Retain")) {
                sink.report(LintRule.UNPROTECTED_EVENTS, stack, table, "has no " + policy + ": Retain");
            }
        }
    }

    private static boolean isTrue(Stack stack, String resource, String... path) {
        return Objects.equals("true", String.valueOf(stack.template().property(resource, path)));
    }
}
