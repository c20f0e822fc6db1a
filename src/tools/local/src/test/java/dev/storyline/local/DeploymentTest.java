package dev.storyline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentTest {
    @TempDir
    Path root;

    private Shop shop = new Shop(Path.of(""));

    @BeforeEach
    void openShop() throws IOException {
        shop = Shop.in(root);
    }

    @Test
    void it_learns_functions_routes_tables_and_feeds_from_the_templates() throws IOException {
        shop.route("take-order", "order", "POST /orders/{id}").feed("orders", """
                BatchSize: 7
                BisectBatchOnFunctionError: true
                MaximumRetryAttempts: 3
                MaximumRecordAgeInSeconds: 3600""");

        Deployment deployment = Deployment.read(root);

        assertThat(deployment.slices()).containsExactly("shop/orders", "shop/take-order");
        Deployment.FunctionSpec order = deployment.functions().get(1);
        assertThat(order.arn())
                .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:storyline-shop-take-order-Fn");
        assertThat(order.environment())
                .containsEntry("EVENT_TABLE", "storyline-dev-shop-events")
                .containsEntry("SLICE", "shop/take-order")
                .containsEntry("QUARKUS_FUNQY_EXPORT", "order");
        assertThat(deployment.routes()).containsExactly(new Deployment.Route("POST", "/orders/{id}", order.arn()));
        assertThat(deployment.tables())
                .containsExactly(new Deployment.Table(
                        Shop.EVENTS,
                        Map.of("stream", "S", "version", "N"),
                        Map.of("stream", "HASH", "version", "RANGE"),
                        List.of(),
                        "NEW_IMAGE",
                        "arn:aws:dynamodb:us-east-1:000000000000:table/storyline-dev-shop-events/stream/local"));
        assertThat(deployment.feeds())
                .containsExactly(new Deployment.Feed(
                        "shop/orders/Mapping",
                        "arn:aws:lambda:us-east-1:000000000000:function:storyline-shop-orders-Fn",
                        deployment.tables().getFirst().streamArn(),
                        7,
                        true,
                        true,
                        3,
                        3600,
                        deployment.queues().getFirst().arn()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            plain                                                             | plain
            "007"                                                             | 007
            !Ref Stage                                                        | dev
            {Ref: "AWS::Region"}                                              | us-east-1
            !Sub "${AWS::AccountId}/${Stage}/${!kept}"                        | 000000000000/dev/${kept}
            !Sub ["${a}-${Stage}", {a: !Ref Table}]                           | a-table-dev
            !GetAtt Table.Arn                                                 | arn:aws:dynamodb:us-east-1:000000000000:table/a-table
            {"Fn::GetAtt": [Table, Arn]}                                      | arn:aws:dynamodb:us-east-1:000000000000:table/a-table
            !Join ["/", [a, !Ref Stage, c]]                                   | a/dev/c
            !If [IsDev, yes-it-is, no]                                        | yes-it-is
            !If [IsProd, !Ref Nowhere, small]                                 | small
            !If [Both, both, one]                                             | both
            !ImportValue {"Fn::Sub": "storyline-${Stage}-shop-event-table"}   | storyline-dev-shop-events
            """)
    void an_intrinsic_function_is_resolved(String written, String resolved) throws IOException {
        slice(written);

        assertThat(Deployment.read(root).functions().getFirst().environment()).containsEntry("IT", resolved);
    }

    @Test
    void a_resource_under_a_false_condition_is_not_deployed() throws IOException {
        slice("!If [IsProd, there, !Ref AWS::NoValue]");

        Deployment deployment = Deployment.read(root);

        assertThat(deployment.functions().getFirst().environment()).doesNotContainKey("IT");
        assertThat(deployment.tables()).extracting(Deployment.Table::name).doesNotContain("only-in-production");
    }

    @Test
    void an_index_is_learned_from_the_template() throws IOException {
        slice("it");

        assertThat(Deployment.read(root).tables().get(1).indexes())
                .containsExactly(new Deployment.Index("by-b", Map.of("b", "HASH"), "INCLUDE", List.of("c")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            !Ref Nowhere                  | refers to Nowhere, which is neither a parameter nor a resource.
            !Sub "${Nowhere}"             | refers to Nowhere, which is neither a parameter nor a resource.
            !GetAtt Nowhere.Arn           | asks for Nowhere.Arn, but there is no resource Nowhere.
            !GetAtt Table.Weight          | asks for Table.Weight of a AWS::DynamoDB::Table, which the local cloud does not know.
            !ImportValue nobody-exports   | imports nobody-exports, which no template exports.
            !Cidr [a, b]                  | uses the intrinsic function Cidr, which the local cloud does not know.
            !If [Never, a, b]             | asks for the condition Never, which is not declared.
            !If [IsDev, a]                | needs a list of 3, not of 2.
            !Join [a]                     | needs a list of 2, not of 1.
            !Ref Secret                   | needs a Default, or the local cloud does not know its value.
            """)
    void a_value_that_cannot_be_resolved_is_reported_with_file_and_place(String written, String sentence)
            throws IOException {
        slice(written);

        assertThatThrownBy(() -> Deployment.read(root))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith(
                        "The template " + root.resolve("functions/shop/it/template.yaml") + " cannot be used: ")
                .hasMessageEndingWith(sentence)
                .message()
                .satisfiesAnyOf(
                        message -> assertThat(message).contains("Fn.Environment.Variables.IT "),
                        message -> assertThat(message).contains("Parameters.Secret "));
    }

    @Test
    void the_default_of_a_parameter_can_be_replaced() throws IOException {
        slice("!Ref Mode");

        assertThat(Deployment.read(root).functions().getFirst().environment()).containsEntry("IT", "calm");
        assertThat(Deployment.read(root, Map.of("Mode", "wild"))
                        .functions()
                        .getFirst()
                        .environment())
                .containsEntry("IT", "wild");
    }

    @Test
    void a_context_that_does_not_exist_is_reported() {
        assertThatThrownBy(() -> Deployment.read(root, Set.of("nowhere")))
                .hasMessageStartingWith("There is no context 'nowhere' under ");
    }

    @Test
    void an_unknown_parameter_or_a_value_that_is_not_allowed_is_reported() throws IOException {
        slice("!Ref Mode");

        assertThatThrownBy(() -> Deployment.read(root, Map.of("Mood", "wild")))
                .hasMessage("No template has the parameter 'Mood'.");
        assertThatThrownBy(() -> Deployment.read(root, Map.of("Mode", "odd")))
                .hasMessageContaining("Parameters.Mode allows one of [calm, wild], not 'odd'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"- a\n- b", "a: [", "a: 1\na: 2", "a: !!java.net.URL [x]", "\tx", ""})
    void a_file_that_is_not_a_template_is_reported(String text) throws IOException {
        shop.write("functions/shop/it/template.yaml", text);

        assertThatThrownBy(() -> Deployment.read(root))
                .isInstanceOf(TemplateException.class)
                .hasMessageContaining(
                        root.resolve("functions/shop/it/template.yaml").toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void one_route_in_two_slices_is_reported() throws IOException {
        shop.route("one", "echo", "GET /orders/{id}").route("two", "echo", "GET /orders/{order}");

        assertThatThrownBy(() -> Deployment.read(root)).hasMessage("Two slices serve the route GET /orders/{order}.");
    }

    @Test
    void a_repository_without_slices_is_reported() {
        assertThatThrownBy(() -> Deployment.read(root))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("There are no slices under ");
    }

    private void slice(String setting) throws IOException {
        shop.write("functions/shop/it/template.yaml", """
                Parameters:
                  Stage: {Type: String, Default: dev}
                  Secret: {Type: String}
                  Mode: {Type: String, Default: calm, AllowedValues: [calm, wild]}
                Conditions:
                  IsDev: !Equals [!Ref Stage, dev]
                  IsProd: !Not [!Condition IsDev]
                  Both: !And [!Condition IsDev, !Or [!Condition IsProd, !Condition IsDev]]
                Resources:
                  Table:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: a-table
                      AttributeDefinitions: [{AttributeName: a, AttributeType: S}, {AttributeName: b, AttributeType: S}]
                      KeySchema: [{AttributeName: a, KeyType: HASH}]
                      GlobalSecondaryIndexes:
                        - IndexName: by-b
                          KeySchema: [{AttributeName: b, KeyType: HASH}]
                          Projection: {ProjectionType: INCLUDE, NonKeyAttributes: [c]}
                  ProductionTable:
                    Type: AWS::DynamoDB::Table
                    Condition: IsProd
                    Properties:
                      TableName: only-in-production
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      Environment:
                        Variables:
                          QUARKUS_FUNQY_EXPORT: it
                          IT: %s
                """.formatted(setting));
    }
}
