package dev.storyline.local;

import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A small repository on disk, with templates and slices that are built. */
public record Shop(Path root) {
    public static final String EVENTS = "storyline-dev-shop-events";

    /** A repository with the event table and the API of a context, and no slice. */
    public static Shop in(Path root) throws IOException {
        Shop shop = new Shop(root);
        shop.write("infra/samconfig.toml", """
                [shop.deploy.parameters]
                template_file = "shop.yaml"
                """);
        shop.write("infra/shop.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
                  CorsOrigins: {Type: CommaDelimitedList, Default: "", AllowedPattern: "|https?://.+"}
                Conditions:
                  CrossOrigin: !Not [!Equals [!Join ["", !Ref CorsOrigins], ""]]
                Resources:
                  EventTable:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: !Sub storyline-${Stage}-shop-events
                      BillingMode: PAY_PER_REQUEST
                      AttributeDefinitions:
                        - {AttributeName: stream, AttributeType: S}
                        - {AttributeName: version, AttributeType: "N"}
                      KeySchema:
                        - {AttributeName: stream, KeyType: HASH}
                        - {AttributeName: version, KeyType: RANGE}
                      StreamSpecification: {StreamViewType: NEW_IMAGE}
                  Api:
                    Type: AWS::ApiGatewayV2::Api
                    Properties:
                      Name: shop
                      ProtocolType: HTTP
                      CorsConfiguration: !If
                        - CrossOrigin
                        - AllowOrigins: !Ref CorsOrigins
                          AllowMethods: [GET, POST]
                          AllowHeaders: [authorization, content-type]
                          ExposeHeaders: [etag]
                          MaxAge: 600
                        - !Ref AWS::NoValue
                Outputs:
                  Api:
                    Value: !Ref Api
                    Export: {Name: !Sub "storyline-${Stage}-shop-api-id"}
                  Events:
                    Value: !Ref EventTable
                    Export: {Name: !Sub "storyline-${Stage}-shop-event-table"}
                  EventsArn:
                    Value: !GetAtt EventTable.Arn
                    Export: {Name: !Sub "storyline-${Stage}-shop-event-table-arn"}
                  Stream:
                    Value: !GetAtt EventTable.StreamArn
                    Export: {Name: !Sub "storyline-${Stage}-shop-event-stream-arn"}
                """);
        return shop;
    }

    public Shop write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        return this;
    }

    /** Adds a slice that is built: its template and its class in {@code target/classes}. */
    public Shop slice(String name, Class<?> type, String resources) throws IOException {
        String folder = "functions/shop/" + name;
        write(folder + "/template.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
                Globals:
                  Function:
                    Environment:
                      Variables:
                        SLICE: shop/%s
                        EVENT_TABLE: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table"}
                Resources:
                """.formatted(name) + resources);
        write(folder + "/target/runtime.classpath", "");
        Path classes = root.resolve(folder).resolve("target/classes/dev/storyline/local");
        Files.createDirectories(classes);
        String file = type.getSimpleName() + ".class";
        try (InputStream in = Objects.requireNonNull(type.getResourceAsStream(file))) {
            Files.write(classes.resolve(file), in.readAllBytes());
        }
        return this;
    }

    /** Adds a slice with one function behind one route. */
    public Shop route(String name, String export, String routeKey) throws IOException {
        return slice(name, ShopFunction.class, """
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s, NAME: %s}}
                      Policies:
                        - Statement:
                            - Effect: Allow
                              Action: [dynamodb:Query, dynamodb:PutItem]
                              Resource: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table-arn"}
                  Integration:
                    Type: AWS::ApiGatewayV2::Integration
                    Properties: {IntegrationUri: !GetAtt Fn.Arn}
                  Route:
                    Type: AWS::ApiGatewayV2::Route
                    Properties:
                      ApiId: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-api-id"}
                      RouteKey: %s
                      Target: !Sub integrations/${Integration}
                """.formatted(export, name, routeKey));
    }

    /** Adds a slice with a feed from the event table; {@code mapping} adds properties to the event source mapping. */
    public Shop feed(String name, String mapping) throws IOException {
        return slice(name, DeliveryFunction.class, """
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: deliver, NAME: %s}}
                      Policies:
                        - Statement:
                            - Effect: Allow
                              Action:
                                - dynamodb:DescribeStream
                                - dynamodb:GetRecords
                                - dynamodb:GetShardIterator
                                - dynamodb:ListStreams
                              Resource: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-stream-arn"}
                            - {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Failures.Arn}
                  Mapping:
                    Type: AWS::Lambda::EventSourceMapping
                    Properties:
                      FunctionName: !Ref Fn
                      EventSourceArn: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-stream-arn"}
                      StartingPosition: TRIM_HORIZON
                      FunctionResponseTypes: [ReportBatchItemFailures]
                      DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}
                      %s
                  Failures:
                    Type: AWS::SQS::Queue
                """.formatted(name, mapping.replace("\n", "\n      ")));
    }

    public LocalCloud.Options inMemory() {
        return new LocalCloud.Options(root, 0, null);
    }

    public LocalCloud.Options keeping() {
        return new LocalCloud.Options(root, 0, root.resolve(".data"));
    }

    /** Appends to the event table: one item for each stream. */
    public static void append(LocalDatabase tables, String... streams) {
        for (String stream : streams) {
            append(tables.client(), stream);
        }
    }

    public static void append(LocalCloud cloud, String... streams) {
        for (String stream : streams) {
            append(cloud.dynamo(), stream);
        }
    }

    private static void append(software.amazon.awssdk.services.dynamodb.DynamoDbClient dynamo, String stream) {
        dynamo.putItem(request -> request.tableName(EVENTS)
                .item(Map.of("stream", AttributeValue.fromS(stream), "version", AttributeValue.fromN("1"))));
    }
}
