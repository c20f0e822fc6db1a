package dev.storyline.deployment;

import static dev.storyline.deployment.LintRule.BROKEN_STATE_MACHINE;
import static dev.storyline.deployment.LintRule.COPIED_ARN;
import static dev.storyline.deployment.LintRule.COSTLY_ALARMS;
import static dev.storyline.deployment.LintRule.ENDLESS_RETRIES;
import static dev.storyline.deployment.LintRule.FILTERED_FEED;
import static dev.storyline.deployment.LintRule.INVALID_FILTER;
import static dev.storyline.deployment.LintRule.LATEST_START;
import static dev.storyline.deployment.LintRule.NEEDLESS_PERMISSION;
import static dev.storyline.deployment.LintRule.NO_BISECT;
import static dev.storyline.deployment.LintRule.NO_CONCURRENCY_DECISION;
import static dev.storyline.deployment.LintRule.NO_FAILURE_DESTINATION;
import static dev.storyline.deployment.LintRule.NO_LOG_RETENTION;
import static dev.storyline.deployment.LintRule.NO_PARTIAL_BATCH;
import static dev.storyline.deployment.LintRule.NO_PERMISSION;
import static dev.storyline.deployment.LintRule.OPEN_ROUTE;
import static dev.storyline.deployment.LintRule.PLAINTEXT_SECRET;
import static dev.storyline.deployment.LintRule.QUEUE_OUTRUNS_FUNCTION;
import static dev.storyline.deployment.LintRule.ROUTE_SERVED_TWICE;
import static dev.storyline.deployment.LintRule.ROUTE_UNSERVED;
import static dev.storyline.deployment.LintRule.TOO_MANY_CONSUMERS;
import static dev.storyline.deployment.LintRule.TOO_MANY_READERS;
import static dev.storyline.deployment.LintRule.TOO_MANY_SHARED_READS;
import static dev.storyline.deployment.LintRule.TOO_MUCH_GRANTED;
import static dev.storyline.deployment.LintRule.UNENCRYPTED_TABLE;
import static dev.storyline.deployment.LintRule.UNKNOWN_EXPORT;
import static dev.storyline.deployment.LintRule.UNKNOWN_RESOURCE;
import static dev.storyline.deployment.LintRule.UNPROTECTED_EVENTS;
import static dev.storyline.deployment.LintRule.UNREADABLE;
import static dev.storyline.deployment.LintRule.WILDCARD;
import static dev.storyline.deployment.LintRule.WRAPPED_MESSAGES;
import static dev.storyline.deployment.LintRule.WRONG_SCOPES;
import static dev.storyline.deployment.LintRule.WRONG_STREAM_VIEW;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintTest {
    private static final String INFRA = "infra/context.yaml";
    private static final String SELL = "functions/shop/sell/template.yaml";
    private static final String STOCK = "functions/shop/stock/template.yaml";
    private static final String HISTORY = "functions/shop/history/template.yaml";
    private static final String TELL = "functions/shop/tell/template.yaml";
    private static final String RESTOCK = "functions/shop/restock/template.yaml";
    private static final String AUTHORIZER =
            "AuthorizerId: !ImportValue {\"Fn::Sub\": \"storyline-${Stage}-shop-authorizer-id\"}";
    private static final String SETTING = "SLICE: shop/sell";
    private static final String QUEUE_MAPPING = "      EventSourceArn: !GetAtt Queue.Arn\n";
    private static final String QUEUE_RESOURCE =
            "Action: [\"sqs:SendMessage\"]\n            Resource: !GetAtt Queue.Arn";
    private static final String START = "      StartingPosition: TRIM_HORIZON\n";
    private static final String DESTINATION =
            "      DestinationConfig: {OnFailure: {Destination: !GetAtt FailureQueue.Arn}}\n";
    private static final String PARTIAL = "      FunctionResponseTypes: [ReportBatchItemFailures]\n";

    private static final String QUEUE_ALLOWED =
            "- Effect: Allow\n            Principal: {Service: events.amazonaws.com}";

    private static final String ANYBODY = """
              Anybody:
                Type: AWS::Lambda::Permission
                Properties: {Action: "lambda:InvokeFunction", FunctionName: !Ref Sell, Principal: "*"}
            """;

    private static final String FUNCTION_URL = """
              Endpoint:
                Type: AWS::Lambda::Url
                Properties: {AuthType: NONE, TargetFunctionArn: !GetAtt Sell.Arn}
            """;

    private static final String OWN_AUTHORIZER = """
              Own:
                Type: AWS::ApiGatewayV2::Authorizer
                Properties: {AuthorizerType: JWT, JwtConfiguration: {Issuer: "https://issuer.example"}}
            """;

    private static final String OWN_POLICY = """
              Own:
                Type: AWS::IAM::ManagedPolicy
                Properties:
                  PolicyDocument: {Statement: [{Effect: Allow, Action: ["lambda:ListFunctions"], Resource: "*"}]}
            """;

    private static final String ROUTE = """
                Type: AWS::Lambda::Permission
                Properties:
                  Action: lambda:InvokeFunction
                  FunctionName: !Ref Sell
                  Principal: apigateway.amazonaws.com
                  SourceArn: !Join ["", [!ImportValue {"Fn::Sub": "storyline-${Stage}-shop-api-execution-arn"}, "/*/POST/shop/things/*/sell"]]
              Route:
                Type: AWS::ApiGatewayV2::Route
            """;

    private static final String HISTORY_ROUTE = """
            /*/GET/shop/things/*/history"]]
              Route:
                Type: AWS::ApiGatewayV2::Route
                Properties:
                  RouteKey: GET /shop/things/{thingId}/history
            """;

    private static final String SECOND_MAPPING = """
              SecondMapping:
                Type: AWS::Lambda::EventSourceMapping
                Properties:
                  FunctionName: !Ref Feeding
                  EventSourceArn: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-stream-arn"}
                  StartingPosition: TRIM_HORIZON
                  BisectBatchOnFunctionError: true
                  MaximumRetryAttempts: 8
                  MaximumRecordAgeInSeconds: 43200
                  FunctionResponseTypes: [ReportBatchItemFailures]
                  DestinationConfig: {OnFailure: {Destination: !GetAtt FailureQueue.Arn}}
            """;

    private static final String FEED_QUEUE =
            "      RedrivePolicy: {deadLetterTargetArn: !GetAtt FailureQueue.Arn, maxReceiveCount: 9}\n";
    private static final String RAW = "      RawMessageDelivery: true\n";
    private static final String SCALING = "      ScalingConfig: {MaximumConcurrency: 10}\n";

    private static final String MISSED =
            "      EventInvokeConfig: {DestinationConfig: {OnFailure: {Type: SQS, Destination: !GetAtt Missed.Arn}}}\n";

    @TempDir
    Path root;

    /** A planted fault: a text of a file and its replacement. */
    record Plant(LintRule rule, String file, String text, String fault) {
        /** Removes the text. */
        Plant(LintRule rule, String file, String text) {
            this(rule, file, text, "");
        }

        @Override
        public String toString() {
            return rule.id() + ": " + file + ": "
                    + fault.strip().lines().findFirst().orElse("no " + text.strip());
        }
    }

    private static Stream<Plant> plants() {
        return Stream.of(
                        feeds(),
                        resources(),
                        routes(),
                        callers(),
                        texts(),
                        commands(),
                        readers(),
                        handlers(),
                        deadlines(),
                        stateMachines(),
                        drills(),
                        operators(),
                        fanout())
                .flatMap(List::stream);
    }

    private static List<Plant> feeds() {
        return List.of(
                new Plant(LATEST_START, STOCK, "TRIM_HORIZON", "LATEST"),
                new Plant(ENDLESS_RETRIES, STOCK, "      MaximumRetryAttempts: 8\n"),
                new Plant(ENDLESS_RETRIES, STOCK, "MaximumRetryAttempts: 8", "MaximumRetryAttempts: -1"),
                new Plant(ENDLESS_RETRIES, STOCK, "      MaximumRecordAgeInSeconds: 43200\n"),
                new Plant(ENDLESS_RETRIES, STOCK, "AgeInSeconds: 43200", "AgeInSeconds: -1"),
                new Plant(ENDLESS_RETRIES, STOCK, "AgeInSeconds: 43200", "AgeInSeconds: 86400"),
                new Plant(NO_FAILURE_DESTINATION, TELL, DESTINATION),
                new Plant(NO_BISECT, STOCK, "      BisectBatchOnFunctionError: true\n"),
                new Plant(NO_PARTIAL_BATCH, STOCK, PARTIAL),
                new Plant(NO_PARTIAL_BATCH, RESTOCK, PARTIAL),
                new Plant(
                        FILTERED_FEED,
                        STOCK,
                        START,
                        START + filter("{\"dynamodb\": {\"NewImage\": [{\"exists\": true}]}}")),
                new Plant(INVALID_FILTER, RESTOCK, QUEUE_MAPPING, QUEUE_MAPPING + filter("{\"body\": ")),
                new Plant(INVALID_FILTER, RESTOCK, QUEUE_MAPPING, QUEUE_MAPPING + filter("[\"body\"]")),
                new Plant(
                        INVALID_FILTER,
                        RESTOCK,
                        QUEUE_MAPPING,
                        QUEUE_MAPPING + filter("{\"body\": {\"type\": \"Sold\"}}")),
                new Plant(
                        INVALID_FILTER,
                        RESTOCK,
                        "detail-type: [\"market.Delivered.v1\"]",
                        "detail-type: market.Delivered.v1"),
                new Plant(TOO_MANY_READERS, TELL, "  FailureMapping:", SECOND_MAPPING + "  FailureMapping:"));
    }

    private static String filter(String pattern) {
        return "      FilterCriteria: {Filters: [{Pattern: '" + pattern + "'}]}\n";
    }

    private static List<Plant> resources() {
        return List.of(
                new Plant(WRONG_STREAM_VIEW, INFRA, "NEW_IMAGE", "NEW_AND_OLD_IMAGES"),
                new Plant(NO_LOG_RETENTION, INFRA, ", RetentionInDays: 30"),
                new Plant(NO_LOG_RETENTION, SELL, ", RetentionInDays: 30"),
                new Plant(NO_LOG_RETENTION, SELL, "      LoggingConfig: {LogGroup: !Ref SellLogGroup}\n"),
                new Plant(NO_LOG_RETENTION, SELL, "!Ref SellLogGroup", "of-somebody-else"),
                new Plant(NO_CONCURRENCY_DECISION, SELL, "      ReservedConcurrentExecutions: 10\n"),
                new Plant(UNKNOWN_EXPORT, SELL, "EXPORT: sell", "EXPORT: sale"),
                new Plant(UNPROTECTED_EVENTS, INFRA, "RecoveryEnabled: true", "RecoveryEnabled: false"),
                new Plant(UNPROTECTED_EVENTS, INFRA, "      DeletionProtectionEnabled: true\n"),
                new Plant(UNPROTECTED_EVENTS, INFRA, "    DeletionPolicy: Retain\n"),
                new Plant(UNPROTECTED_EVENTS, INFRA, "UpdateReplacePolicy: Retain", "UpdateReplacePolicy: Delete"),
                new Plant(UNENCRYPTED_TABLE, STOCK, "      SSESpecification: {SSEEnabled: true}\n"),
                new Plant(UNENCRYPTED_TABLE, INFRA, "SSEEnabled: true", "SSEEnabled: !If [KinesisFeed, false, true]"),
                new Plant(UNREADABLE, STOCK, "[!Ref Feed,", "[!Ref Food,"),
                new Plant(UNREADABLE, SELL, "shop-authorizer-id", "shop-bouncer-id"));
    }

    private static List<Plant> routes() {
        return List.of(
                new Plant(ROUTE_UNSERVED, SELL, "integrations/${Integration}", "integrations/elsewhere"),
                new Plant(ROUTE_UNSERVED, SELL, "IntegrationUri: !GetAtt Sell.Arn", "IntegrationUri: elsewhere"),
                new Plant(ROUTE_UNSERVED, SELL, ROUTE, ROUTE.replaceAll("Type: .*", "Type: AWS::Events::EventBus")),
                new Plant(ROUTE_SERVED_TWICE, HISTORY, HISTORY_ROUTE, HISTORY_ROUTE.replace("/history", "")),
                new Plant(OPEN_ROUTE, SELL, "      AuthorizationType: JWT\n"),
                new Plant(OPEN_ROUTE, SELL, "AuthorizationType: JWT", "AuthorizationType: NONE"),
                new Plant(OPEN_ROUTE, SELL, "      " + AUTHORIZER + "\n"),
                new Plant(OPEN_ROUTE, SELL, "[shop/clerk]", "[]"),
                new Plant(WRONG_SCOPES, SELL, "[shop/clerk]", "[shop/owner]"),
                new Plant(WRONG_SCOPES, SELL, "[shop/clerk]", "[shop/clerk, shop/owner]"));
    }

    private static List<Plant> callers() {
        return List.of(
                new Plant(NO_PERMISSION, SELL, "AWS::Lambda::Permission", "AWS::Events::EventBus"),
                new Plant(NO_PERMISSION, SELL, "/*/POST/shop/things", "/*/GET/shop/things"),
                new Plant(NO_PERMISSION, SELL, "Principal: apigateway", "Principal: events"),
                new Plant(NO_PERMISSION, SELL, "FunctionName: !Ref Sell", "FunctionName: of-somebody-else"),
                new Plant(NO_PERMISSION, RESTOCK, "AWS::SQS::QueuePolicy", "AWS::SNS::Topic"),
                new Plant(NO_PERMISSION, RESTOCK, "{Service: events.", "{Service: sns."),
                new Plant(NO_PERMISSION, RESTOCK, "!GetAtt Rule.Arn", "!GetAtt Inner.Arn"),
                new Plant(NO_PERMISSION, RESTOCK, "Queues: [!Ref Queue]", "Queues: []"),
                new Plant(NO_PERMISSION, RESTOCK, QUEUE_ALLOWED, QUEUE_ALLOWED.replace("Allow", "Deny")),
                new Plant(NO_PERMISSION, SELL, "shop-api-execution-arn", "shop-bus-arn"),
                new Plant(NO_PERMISSION, SELL, "/*/POST/shop/things/*/sell", "/*"),
                new Plant(NO_PERMISSION, SELL, "/*/POST/shop/things/*/sell", "/*/*/shop/things/*/sell"),
                new Plant(NEEDLESS_PERMISSION, SELL, "  Permission:", ANYBODY + "  Permission:"),
                new Plant(UNKNOWN_RESOURCE, SELL, "  Permission:", FUNCTION_URL + "  Permission:"),
                new Plant(UNKNOWN_RESOURCE, SELL, "  Permission:", OWN_AUTHORIZER + "  Permission:"),
                new Plant(
                        UNKNOWN_RESOURCE,
                        SELL,
                        "      ReservedConcurrentExecutions: 10\n",
                        "      ReservedConcurrentExecutions: 10\n      FunctionUrlConfig: {AuthType: NONE}\n"),
                new Plant(OPEN_ROUTE, SELL, AUTHORIZER, "AuthorizerId: !Ref Sell"));
    }

    private static List<Plant> texts() {
        return List.of(
                new Plant(WILDCARD, RESTOCK, "\"sqs:SendMessage\"", "\"sqs:*\""),
                new Plant(WILDCARD, RESTOCK, QUEUE_RESOURCE, QUEUE_RESOURCE.replace("!GetAtt Queue.Arn", "\"*\"")),
                new Plant(WILDCARD, RESTOCK, "{Service: events.amazonaws.com}", "\"*\""),
                new Plant(WILDCARD, RESTOCK, QUEUE_RESOURCE, QUEUE_RESOURCE.replace("Resource", "NotResource")),
                new Plant(COPIED_ARN, SELL, SETTING, "BUS: arn:aws:events:eu-north-1:123456789012:event-bus/shop"),
                new Plant(COPIED_ARN, SELL, SETTING, "BUS: !Sub \"arn:${AWS::Partition}:iam::123456789012:role/shop\""),
                new Plant(PLAINTEXT_SECRET, SELL, SETTING, "KEY: AKIAABCDEFGHIJKLMNOP"),
                new Plant(PLAINTEXT_SECRET, SELL, SETTING, "PEM: \"-----BEGIN RSA PRIVATE KEY-----\""),
                new Plant(PLAINTEXT_SECRET, SELL, SETTING, "DB_PASSWORD: sesame"),
                new Plant(PLAINTEXT_SECRET, SELL, "Parameters:\n", "Parameters:\n  ApiToken: {Type: String}\n"),
                new Plant(
                        PLAINTEXT_SECRET,
                        SELL,
                        "Parameters:\n",
                        "Parameters:\n  ApiToken: {Type: String, NoEcho: true, Default: sesame}\n"));
    }

    private static List<Plant> commands() {
        return List.of(
                new Plant(TOO_MUCH_GRANTED, SELL, "dynamodb:PutItem", "dynamodb:PutItem, dynamodb:UpdateItem"),
                new Plant(TOO_MUCH_GRANTED, SELL, "dynamodb:PutItem", "dynamodb:PutItem, dynamodb:DeleteItem"),
                new Plant(TOO_MUCH_GRANTED, SELL, "dynamodb:PutItem", "dynamodb:PutItem, dynamodb:ConditionCheckItem"),
                new Plant(TOO_MUCH_GRANTED, SELL, "dynamodb:GetItem", "dynamodb:PutItem"),
                new Plant(TOO_MUCH_GRANTED, "src/contexts/shop/model.yaml", "gatekeeper: {reads: Stock}, "),
                new Plant(
                        TOO_MUCH_GRANTED,
                        "functions/shop/restock/src/main/java/Endpoints.java",
                        "AtomicDecider",
                        "Decider"),
                new Plant(TOO_MUCH_GRANTED, RESTOCK, "          Condition: ", "          Because: "),
                new Plant(TOO_MUCH_GRANTED, RESTOCK, "dynamodb:Query", "dynamodb:Scan"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        SELL,
                        "      Policies:\n",
                        "      Policies:\n        - AmazonDynamoDBFullAccess\n"),
                new Plant(
                        TOO_MUCH_GRANTED, SELL, "      Policies:\n", "      Role: of-somebody-else\n      Policies:\n"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        SELL,
                        "      Policies:\n",
                        "      Events: {Stream: {Type: DynamoDB}}\n      Policies:\n"));
    }

    private static List<Plant> readers() {
        return List.of(
                new Plant(
                        TOO_MUCH_GRANTED,
                        STOCK,
                        "[dynamodb:GetItem, dynamodb:Query]",
                        "[dynamodb:GetItem, dynamodb:PutItem]"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "[dynamodb:Query]", "[dynamodb:Query, dynamodb:PutItem]"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "[sqs:SendMessage]", "[sqs:SendMessage, sqs:PurgeQueue]"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "[sqs:DeleteMessage,", "[sqs:SendMessage, sqs:DeleteMessage,"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        STOCK,
                        "[dynamodb:DescribeTable, ",
                        "[dynamodb:DescribeTable, dynamodb:UpdateItem, "),
                new Plant(TOO_MUCH_GRANTED, STOCK, "\"kinesis:GetRecords\"", "\"kinesis:PutRecord\""));
    }

    private static List<Plant> operators() {
        String invoke = "\"lambda:InvokeFunction\"";
        return List.of(
                new Plant(
                        TOO_MUCH_GRANTED, INFRA, "[" + invoke + "]", "[" + invoke + ", \"lambda:UpdateFunctionCode\"]"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "${Stage}/shop\"", "${Stage}/kitchen\""),
                new Plant(TOO_MUCH_GRANTED, INFRA, "[\"dynamodb:Scan\"]", "[\"dynamodb:Scan\", \"dynamodb:PutItem\"]"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        INFRA,
                        "      PolicyDocument:\n        Statement:\n          - {Effect: Allow, Action: [\"lambda:",
                        "      Roles: [somebody]\n      PolicyDocument:\n        Statement:\n          - {Effect: Allow, Action: [\"lambda:"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "  ArchiverPolicy:", "  MoverPolicy:"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "\"dynamodb:DeleteItem\"", "\"dynamodb:UpdateItem\""),
                new Plant(UNKNOWN_RESOURCE, SELL, "  Permission:", OWN_POLICY + "  Permission:"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "operator#stock", "thing#4711"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "ForAllValues:StringEquals", "ForAllValues:StringLike"));
    }

    private static List<Plant> fanout() {
        String shared = "!ImportValue {\"Fn::Sub\": \"storyline-${Stage}-shop-kinesis-stream-arn\"}";
        String consumer = "!Sub [\"${Stream}/consumer/NUMBER:1\", {Stream: " + shared + "}]";
        String sender = "\"aws:SourceArn\": !ImportValue {\"Fn::Sub\": \"storyline-${Stage}-shop-commit-topic-arn\"}";
        return List.of(
                new Plant(TOO_MANY_SHARED_READS, TELL, "  FailureMapping:", more(5, shared) + "  FailureMapping:"),
                new Plant(TOO_MANY_CONSUMERS, TELL, "  FailureMapping:", more(20, consumer) + "  FailureMapping:"),
                new Plant(QUEUE_OUTRUNS_FUNCTION, STOCK, SCALING),
                new Plant(QUEUE_OUTRUNS_FUNCTION, RESTOCK, "MaximumConcurrency: 10", "MaximumConcurrency: 11"),
                new Plant(WRAPPED_MESSAGES, STOCK, RAW),
                new Plant(FILTERED_FEED, STOCK, RAW, RAW + "      FilterPolicy: {type: [Sold]}\n"),
                new Plant(NO_FAILURE_DESTINATION, STOCK, FEED_QUEUE, "      QueueName: shop-stock-feed\n"),
                new Plant(NO_PERMISSION, STOCK, "{Service: sns.", "{Service: events."),
                new Plant(NO_PERMISSION, STOCK, sender, sender.replace("commit-topic", "bus")),
                new Plant(UNKNOWN_RESOURCE, STOCK, "Protocol: sqs", "Protocol: https"),
                new Plant(UNKNOWN_RESOURCE, STOCK, "Endpoint: !GetAtt FeedQueue.Arn", "Endpoint: elsewhere"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "[\"sns:Publish\"]", "[\"sns:Publish\", \"sns:Subscribe\"]"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "\"kinesis:SubscribeToShard\"", "\"kinesis:PutRecord\""),
                new Plant(COSTLY_ALARMS, SELL, "  Permission:", alarms(9) + "  Permission:"));
    }

    /** More mappings that read the Kinesis stream. */
    private static String more(int many, String source) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i -> SECOND_MAPPING
                        .replace("SecondMapping:", "Mapping" + i + ":")
                        .replace("    Properties:", "    Condition: Kinesis\n    Properties:")
                        .replaceFirst(
                                "EventSourceArn: .*",
                                Matcher.quoteReplacement(
                                        "EventSourceArn: " + source.replace("NUMBER", String.valueOf(i)))))
                .collect(Collectors.joining());
    }

    private static String alarms(int many) {
        return IntStream.rangeClosed(1, many)
                .mapToObj(i ->
                        "  Alarm" + i + ":\n    Type: AWS::CloudWatch::Alarm\n    Properties: {MetricName: Errors}\n")
                .collect(Collectors.joining());
    }

    private static List<Plant> handlers() {
        String model = "src/contexts/shop/model.yaml";
        return List.of(
                new Plant(TOO_MUCH_GRANTED, model, ", deadlines: {Restock: ThingSold}"),
                new Plant(TOO_MUCH_GRANTED, model, "publishes: ThingSold, "),
                new Plant(TOO_MUCH_GRANTED, TELL, "shop-restock-inner-arn", "shop-bus-arn"),
                new Plant(TOO_MUCH_GRANTED, TELL, "dynamodb:Scan", "dynamodb:PutItem"));
    }

    private static List<Plant> stateMachines() {
        return List.of(
                new Plant(BROKEN_STATE_MACHINE, STOCK, "StartAt: Segments", "StartAt: Nowhere"),
                new Plant(BROKEN_STATE_MACHINE, STOCK, "Next: Served", "Next: Nowhere"),
                new Plant(BROKEN_STATE_MACHINE, STOCK, "            Next: Served\n", ""),
                new Plant(BROKEN_STATE_MACHINE, STOCK, ", Next: IsBuilt}", ", End: true}"),
                new Plant(BROKEN_STATE_MACHINE, STOCK, ", Default: Segment}", "}"),
                new Plant(BROKEN_STATE_MACHINE, STOCK, "Retry: [{ErrorEquals: [States.ALL]}], ", ""),
                new Plant(BROKEN_STATE_MACHINE, STOCK, "Substitutions: {Upkeep:", "Substitutions: {Other:"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "{Service: states.amazonaws.com}", "{Service: ec2.amazonaws.com}"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "[\"states:StartExecution\"]", "[\"states:DeleteStateMachine\"]"),
                new Plant(TOO_MUCH_GRANTED, STOCK, "stock-rebuild\"", "other-rebuild\""));
    }

    private static List<Plant> drills() {
        String restore = "[\"dynamodb:RestoreTableToPointInTime\"]";
        return List.of(
                new Plant(TOO_MUCH_GRANTED, INFRA, restore, restore.replace("]", ", \"dynamodb:DeleteTable\"]")),
                new Plant(TOO_MUCH_GRANTED, INFRA, "${EventTable}-restored", "${EventTable}"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "[!Ref OperatorPolicy]", "[elsewhere]"),
                new Plant(TOO_MUCH_GRANTED, INFRA, "[\"states:StartExecution\"]", "[\"states:StopExecution\"]"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        INFRA,
                        "{Service: events.amazonaws.com}, Action: \"sts",
                        "{Service: ec2.amazonaws.com}, Action: \"sts"),
                new Plant(NO_PERMISSION, INFRA, ", RoleArn: !GetAtt DrillStarter.Arn"),
                new Plant(BROKEN_STATE_MACHINE, INFRA, "Next: Broken}", "Next: Nowhere}"));
    }

    private static List<Plant> deadlines() {
        String action = "                Action: [lambda:InvokeFunction]\n";
        return List.of(
                new Plant(TOO_MUCH_GRANTED, TELL, action, action.replace("]", ", lambda:UpdateFunctionCode]")),
                new Plant(TOO_MUCH_GRANTED, TELL, "{Service: scheduler.amazonaws.com}", "{Service: ec2.amazonaws.com}"),
                new Plant(
                        TOO_MUCH_GRANTED,
                        TELL,
                        "      Policies:\n        - PolicyName",
                        "      ManagedPolicyArns: [elsewhere]\n      Policies:\n        - PolicyName"),
                new Plant(TOO_MUCH_GRANTED, TELL, "[iam:PassRole]", "[iam:PassRole, iam:GetRole]"),
                new Plant(TOO_MUCH_GRANTED, TELL, "scheduler:DeleteSchedule", "scheduler:GetSchedule"),
                new Plant(TOO_MUCH_GRANTED, TELL, "Resource: !GetAtt DeadlineRole.Arn", "Resource: !Ref ViewTable"),
                new Plant(NO_FAILURE_DESTINATION, RESTOCK, MISSED));
    }

    @ParameterizedTest
    @MethodSource("plants")
    void a_planted_fault_is_found_by_its_rule_and_by_no_other(Plant plant) throws Exception {
        Shop shop = Shop.in(root).change(plant.file(), plant.text(), plant.fault());
        assertThat(Lint.of(shop.root()))
                .as("%s", plant)
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.rule()).isEqualTo(plant.rule()));
    }

    @Test
    void every_rule_has_a_planted_fault_and_a_name_of_its_own() {
        assertThat(plants()).extracting(Plant::rule).contains(LintRule.values());
        assertThat(LintRule.values()).extracting(LintRule::id).doesNotHaveDuplicates();
    }

    @Test
    void where_everything_is_right_nothing_is_found() throws Exception {
        assertThat(Lint.of(Shop.in(root).root())).isEmpty();
    }

    @Test
    void a_finding_tells_the_place_the_reason_and_the_remedy() throws Exception {
        Shop shop = Shop.in(root).change(STOCK, "TRIM_HORIZON", "LATEST");
        assertThat(Lint.of(shop.root())).singleElement().hasToString("""
                        functions/shop/stock/template.yaml: Resources.Mapping begins at LATEST [latest-start]
                            A feed that begins at the latest record misses the commits of the time of its creation.
                            Write StartingPosition: TRIM_HORIZON.""");
    }
}
