package dev.storyline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A repository of one context and one built slice, on disk. */
record CornerShop(Path root) {
    static final String SLICE = "functions/shop/take-order";

    static CornerShop in(Path root) throws IOException {
        CornerShop shop = new CornerShop(root);
        shop.write("infra/samconfig.toml", """
                [shop.deploy.parameters]
                template_file = "shop.yaml"
                """);
        shop.write("infra/shop.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
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
                    Properties: {Name: shop, ProtocolType: HTTP}
                  OperatorPolicy:
                    Type: AWS::IAM::ManagedPolicy
                    Properties:
                      PolicyDocument:
                        Version: "2012-10-17"
                        Statement:
                          - Effect: Allow
                            Action: [lambda:ListFunctions]
                            Resource: "*"
                Outputs:
                  Events:
                    Value: !Ref EventTable
                    Export: {Name: !Sub "storyline-${Stage}-shop-event-table"}
                  EventsArn:
                    Value: !GetAtt EventTable.Arn
                    Export: {Name: !Sub "storyline-${Stage}-shop-event-table-arn"}
                """);
        return shop.slice("take-order", "order", "POST /orders/{id}");
    }

    CornerShop write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
        return this;
    }

    /** Adds a slice with one function behind one route. */
    CornerShop slice(String name, String export, String route) throws IOException {
        String folder = "functions/shop/" + name;
        write(folder + "/target/runtime.classpath", "");
        Path classes = Files.createDirectories(root.resolve(folder).resolve("target/classes/dev/storyline/cli"));
        try (InputStream in =
                Objects.requireNonNull(CornerFunction.class.getResourceAsStream("CornerFunction.class"))) {
            Files.write(classes.resolve("CornerFunction.class"), in.readAllBytes());
        }
        return write(folder + "/template.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
                Globals:
                  Function:
                    Environment:
                      Variables:
                        SLICE: shop/%s
                        EVENT_TABLE: !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table"}
                Resources:
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s}}
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
                      RouteKey: %s
                      Target: !Sub integrations/${Integration}
                """.formatted(name, export, route));
    }
}
