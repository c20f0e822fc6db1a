package dev.storyline.modeler.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.model.Landscape;
import dev.storyline.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceTemplatesTest {
    private static final String MODEL = """
            context: shop
            owner: shop
            about: Sells things.
            actors:
              keeper: Keeps the shop.
              guest: Buys.
            systems:
              till: Takes money.
            streams:
              thing: {by: thingId, about: One thing.}
            events:
              Sold:
                about: A thing is sold.
                stream: thing
                fields:
                  thingId: {type: text, identity: true}
            public-events:
              Sold:
                about: A thing is sold.
                fields:
                  thingId: {type: text, identity: true}
            commands:
              Sell:
                about: Sells a thing.
                stream: thing
                fields:
                  thingId: {type: text, identity: true}
              Restock:
                about: Buys a thing again.
                stream: thing
                fields:
                  thingId: {type: text, identity: true}
            views:
              Thing:
                about: One thing.
                fields:
                  thingId: {type: text, identity: true, from: Sold.thingId}
              Place:
                about: Where a thing lies.
                fields:
                  shelf: {type: text, identity: true, from: Sold.thingId}
                  thingId: {type: text, identity: true, from: Sold.thingId}
              Things:
                about: All things.
                fields:
                  things: list of Thing
                  next: {type: optional text, generated: where the page ends}
            story:
              - chapter: Selling
                slices:
                  - slice: sell
                    pattern: state change
                    about: A "good" thing is sold.
                    actor: [guest, keeper]
                    command: Sell
                    gatekeeper: {about: Looks., reads: [Thing, Place]}
                    events: Sold
                  - slice: stock
                    pattern: state view
                    about: What is there.
                    actor: keeper
                    on: Sold
                    view: Thing
                  - slice: shelf
                    pattern: state view
                    about: What lies where.
                    actor: keeper
                    on: Sold
                    view: [Things, Place]
                  - slice: tell
                    pattern: automation
                    about: Others hear of sales.
                    on: Sold
                    publishes: Sold
                    dispatches: Restock
                    calls: till
                  - slice: restock
                    pattern: translation
                    about: A thing is bought again.
                    on: [farm.Grown, farm.Found]
                    command: Restock
            """;

    private static final String FARM = """
            context: farm
            owner: farm
            about: Grows things.
            public-events:
              Grown: {about: It is grown., fields: {thingId: text}}
              Found: {about: It is found., version: 3, fields: {thingId: text}}
            """;

    private static final String ONLY_GET = """
                          Action:
                            - dynamodb:GetItem
            """;

    private static final String GET_AND_QUERY = ONLY_GET + """
                            - dynamodb:Query
            """;

    private static final String OWN = """
                          Resource: !GetAtt ViewTable.Arn
            """;

    private static final String IMPORTED = """
                          Resource: !ImportValue
                            Fn::Sub: storyline-${Stage}-\
            """;

    @TempDir
    Path root;

    @BeforeEach
    void repository() throws IOException {
        write("src/contexts/shop/model.yaml", MODEL);
        write("src/contexts/farm/model.yaml", FARM);
        for (String slice : List.of("sell", "stock", "shelf", "tell", "restock")) {
            write("functions/shop/" + slice + "/pom.xml", "<project/>");
            write("functions/shop/" + slice + "/deploy.yaml", "");
        }
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.resolveSibling(""));
        Files.writeString(path, text);
    }

    private String template(String slice, String deploy) throws IOException {
        write("functions/shop/" + slice + "/deploy.yaml", deploy);
        SliceTemplates.write(root, List.of("shop/" + slice));
        return Files.readString(root.resolve("functions/shop/" + slice + "/template.yaml"));
    }

    private void assertRefused(String slice, String deploy, String... parts) {
        assertThatThrownBy(() -> template(slice, deploy))
                .isInstanceOf(ModelException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void a_state_change_with_a_route_has_an_http_and_an_internal_endpoint() throws IOException {
        assertThat(template("sell", "routes: POST /shop/things/{thingId}/sell\n"))
                .contains(
                        "QUARKUS_FUNQY_EXPORT: sell\n",
                        "QUARKUS_FUNQY_EXPORT: sell-inner\n",
                        "RouteKey: POST /shop/things/{thingId}/sell\n",
                        "AuthorizationScopes: [shop/guest, shop/keeper]\n",
                        "- /*/POST/shop/things/*/sell\n",
                        "Name: !Sub storyline-${Stage}-shop-sell-inner-arn\n",
                        "Description: \"Storyline, slice shop/sell: A \\\"good\\\" thing is sold\"\n")
                .doesNotContain("ViewTable:", "EventSourceMapping");
    }

    @Test
    void a_gatekeeper_gets_single_rows_by_key_and_one_of_several_rows_by_query() throws IOException {
        assertThat(template("sell", "routes: POST /shop/things/{thingId}/sell\n"))
                .contains(
                        "STOCK_TABLE: !ImportValue",
                        "SHELF_TABLE: !ImportValue",
                        ONLY_GET + IMPORTED + "shop-stock-table-arn\n",
                        GET_AND_QUERY + IMPORTED + "shop-shelf-table-arn\n");
    }

    @Test
    void a_view_that_lists_rows_may_query_them_and_one_of_a_single_row_may_not() throws IOException {
        assertThat(template("shelf", "routes: GET /shop/shelves\n")).contains(GET_AND_QUERY + OWN);
        assertThat(template("stock", "routes: GET /shop/things/{thingId}\n"))
                .contains(ONLY_GET + OWN)
                .doesNotContain(GET_AND_QUERY + OWN);
    }

    @Test
    void a_view_without_a_route_has_no_query_and_no_reserved_concurrency() throws IOException {
        assertThat(template("stock", ""))
                .contains("QUARKUS_FUNQY_EXPORT: stock-feed\n", "QUARKUS_FUNQY_EXPORT: stock-upkeep\n")
                .contains("FEED_TIMEOUT_SECONDS: 20\n", "storyline-${Stage}-shop-stock-table-arn")
                .doesNotContain("QUARKUS_FUNQY_EXPORT: stock\n", "ReservedConcurrency:");
    }

    @Test
    void a_query_may_read_streams_and_one_without_a_projection_reads_nothing_else() throws IOException {
        assertThat(template("stock", "routes: GET /shop/things/{thingId}\n"))
                .contains("# 'atLeast' looks whether the stream has the version");
        assertThat(template("stock", "routes: GET /shop/things/{thingId}\nprojection: false\n"))
                .contains("QUARKUS_FUNQY_EXPORT: stock\n")
                .doesNotContain("ViewTable", "stock-feed");
    }

    @Test
    void an_event_handler_has_what_its_effects_need_and_is_fed_after_its_activation() throws IOException {
        assertThat(template("tell", ""))
                .contains("BUS: !ImportValue", "events:PutEvents", "Type: Custom::Birth", "DependsOn: TellBirth")
                .contains("DISPATCH_RESTOCK: !ImportValue", "storyline-${Stage}-shop-restock-inner-arn")
                .contains("PORT_TILL: !Ref TillUrl", "  TillUrl:\n")
                .contains("DeletionPolicy: Retain");
    }

    @Test
    void a_slice_with_deadlines_has_a_group_of_schedules_and_a_role_that_may_only_send_them() throws IOException {
        write("src/contexts/shop/model.yaml", MODEL.replace("dispatches: Restock", "deadlines: {Restock: Sold}"));
        String template = template("tell", "");
        assertThat(template)
                .contains("DEADLINES: !Ref Deadlines\n", "DEADLINE_ROLE: !GetAtt DeadlineRole.Arn\n")
                .contains("DISPATCH_RESTOCK: !ImportValue", "MISSED_RESTOCK: !ImportValue")
                .contains("Type: AWS::Scheduler::ScheduleGroup\n", "Service: scheduler.amazonaws.com\n");
        String role = template.substring(template.indexOf("  DeadlineRole:"), template.indexOf("  TellFeed:"));
        assertThat(role).contains("lambda:InvokeFunction", "storyline-${Stage}-shop-restock-inner-arn");
        assertThat(role.lines().filter(line -> line.strip().matches("- [a-z]+:[A-Za-z]+")))
                .containsExactlyInAnyOrder(
                        "              - sts:AssumeRole",
                        "                  - lambda:InvokeFunction",
                        "                  - sqs:SendMessage");
        assertThat(template.substring(template.indexOf("  TellFeed:")))
                .contains(
                        "- scheduler:CreateSchedule\n",
                        "- scheduler:DeleteSchedule\n",
                        "schedule/${Deadlines}/*\n",
                        "- iam:PassRole\n",
                        "iam:PassedToService: scheduler.amazonaws.com\n");
    }

    @Test
    void a_slice_that_gets_commands_of_deadlines_keeps_those_that_fail() throws IOException {
        write("src/contexts/shop/model.yaml", MODEL.replace("dispatches: Restock", "deadlines: {Restock: Sold}"));
        assertThat(template("restock", "internal: true\n"))
                .contains("EventInvokeConfig:\n", "Destination: !GetAtt Missed.Arn\n", "  RestockMissedDeadlines:\n")
                .contains("QueueName: !Sub storyline-${Stage}-shop-restock-missed\n", "shop-restock-missed-arn\n");
        assertRefused("restock", "", "gets its command at deadlines");
        write("src/contexts/shop/model.yaml", MODEL);
        assertThat(template("restock", "internal: true\n")).doesNotContain("Missed", "EventInvokeConfig");
    }

    @Test
    void a_slice_without_deadlines_may_not_schedule_anything() throws IOException {
        assertThat(template("tell", "")).doesNotContain("scheduler", "iam:PassRole", "DeadlineRole");
    }

    @Test
    void a_translation_reads_its_queue_which_takes_all_its_public_events() throws IOException {
        assertThat(template("restock", ""))
                .contains("detail-type: [\"farm.Grown.v1\", \"farm.Found.v3\"]", "storyline-${Stage}-farm-bus")
                .contains("QUARKUS_FUNQY_EXPORT: restock-translation\n", "VisibilityTimeout: 180")
                .doesNotContain("restock-inner");
        assertThat(template("restock", "internal: true\n")).contains("QUARKUS_FUNQY_EXPORT: restock-inner\n");
    }

    @Test
    void settings_of_functions_take_the_place_of_the_defaults() throws IOException {
        assertThat(template("stock", """
                        memory: 512
                        functions:
                          feed: {timeout: 45, concurrency: 3, memory: 2048}
                          maintenance: {timeout: 600}
                        """))
                .contains("MemorySize: 512\n", "MemorySize: 2048\n", "Timeout: 45\n", "FEED_TIMEOUT_SECONDS: 45\n")
                .contains("ReservedConcurrentExecutions: 3\n", "VisibilityTimeout: 3600\n");
        assertThat(template("stock", """
                        routes: GET /shop/things/{thingId}
                        functions: {feed: {timeout: 45}, query: {timeout: 50}}
                        """)).as("a rebuild waits for queries too").contains("FEED_TIMEOUT_SECONDS: 50\n");
        assertThat(template("sell", "routes: POST /shop/sales\nfunctions: {http: {timeout: 20, concurrency: 4}}\n"))
                .contains("TimeoutInMillis: 22000\n", "ReservedConcurrentExecutions: 4\n");
    }

    @Test
    void several_routes_lead_to_one_function() throws IOException {
        assertThat(template("sell", "routes: [POST /shop/sales, 'POST /shop/things/{thingId}/sell']\n"))
                .contains("SellRoute:", "SellRoute2:", "SellPermission2:", "RouteKey: POST /shop/sales\n")
                .containsOnlyOnce("AWS::ApiGatewayV2::Integration");
    }

    @Test
    void transactions_are_granted_always_or_under_a_condition() throws IOException {
        assertThat(template("sell", "transactions: always\n"))
                .contains("dynamodb:EnclosingOperation: [TransactWriteItems]")
                .doesNotContain("- Strict\n");
        assertThat(template("sell", "transactions: {when: Strict}\n")).contains("- !If\n", "- Strict\n");
        assertThat(template("sell", "transactions: {when: Strict, single: true}\n"))
                .contains("- Strict\n", "- !Ref AWS::NoValue\n");
        assertThat(template("sell", "transactions: {single: true}\n"))
                .contains("dynamodb:ConditionCheckItem", "- dynamodb:PutItem\n")
                .doesNotContain("- Strict\n");
    }

    @Test
    void raw_parts_are_merged_into_the_template_with_their_comments_and_tags() throws IOException {
        assertThat(template("stock", """
                        parameters:
                          Mode: {Type: String, Default: calm}
                        conditions:
                          Calm: !Equals [!Ref Mode, calm]
                        settings:
                          MODE: !Ref Mode
                        resources:
                          # Rows expire.
                          ViewTable:
                            Properties:
                              TimeToLiveSpecification: {AttributeName: until, Enabled: true}
                          Topic:
                            Type: AWS::SNS::Topic
                        outputs:
                          Topic: {Value: !Ref Topic}
                        """))
                .contains("  Mode: {Type: String, Default: calm}\n", "  Calm: !Equals [!Ref Mode, calm]\n")
                .contains(
                        "        MODE: !Ref Mode\n",
                        "      TimeToLiveSpecification: {AttributeName: until, Enabled: true}\n")
                .contains("\n  Topic:\n    Type: AWS::SNS::Topic\n", "  Topic: {Value: !Ref Topic}\n")
                .contains("TableName: !Sub storyline-${Stage}-shop-stock\n");
    }

    @Test
    void the_feed_reads_what_infra_deploys_the_context_with() throws IOException {
        assertThat(template("stock", "")).contains("Default: dynamodb\n");
        settings("Kinesis=yes");
        assertThat(template("stock", "")).contains("Default: kinesis\n");
        settings("Feed=fanout Kinesis=yes");
        assertThat(template("stock", "")).contains("Default: fanout\n");
    }

    private void settings(String parameters) throws IOException {
        write("infra/samconfig.toml", """
                [shop.deploy.parameters]
                template_file = "context.yaml"
                parameter_overrides = "Context=shop %s"
                """.formatted(parameters));
    }

    @Test
    void a_queue_is_read_no_faster_than_its_function_takes_it() throws IOException {
        assertThat(template(
                        "stock", "functions: {feed: {timeout: 45, concurrency: 3}, maintenance: {concurrency: 4}}\n"))
                .contains("MaximumConcurrency: 3\n", "MaximumConcurrency: 4\n", "VisibilityTimeout: 270\n");
    }

    @Test
    void wrong_deploy_files_are_refused_with_file_line_and_a_near_name() {
        assertRefused(
                "sell",
                "memory: 512\nrouts: POST /shop/x\n",
                "functions/shop/sell/deploy.yaml:2:1",
                "did you mean 'routes'");
        assertRefused("sell", "routes: PUT /shop/x\n", "deploy.yaml:1:9", "not 'PUT /shop/x'");
        assertRefused("stock", "functions: {feed: {time-out: 3}}\n", "did you mean 'timeout'");
        assertRefused("stock", "functions: {feeds: {timeout: 3}}\n", "did you mean 'feed'");
        assertRefused(
                "stock", "functions:\n  translation: {timeout: 3}\n", "deploy.yaml:2:3", "it has feed, maintenance");
        assertRefused("stock", "memory: 12\n", "'memory' in MB is a whole number from 128 to 10240");
        assertRefused("stock", "transactions: sometimes\n", "not 'sometimes'");
        assertRefused("stock", "transactions: {single: false}\n", "or 'single: true'");
        assertRefused("stock", "resources: none\n", "'resources' must be names with values");
        assertRefused("tell", "routes: GET /shop/x\n", "deploy.yaml:1:9", "no endpoint that could serve them");
        assertRefused("restock", "routes: POST /shop/x\n", "names no actor");
        assertRefused("sell", "internal: false\n", "has no function");
    }

    @Test
    void slices_that_are_unknown_are_refused() throws IOException {
        assertThatThrownBy(() -> SliceTemplates.write(root, List.of("shop/sel")))
                .hasMessageContaining("did you mean 'shop/sell'");
        assertThatThrownBy(() -> SliceTemplates.render(
                        Landscape.read(root), "shop", "lost", SliceDeployment.parse("", "deploy.yaml"), "dynamodb"))
                .hasMessageContaining("The model has no slice shop/lost");
        Files.delete(root.resolve("functions/shop/sell/deploy.yaml"));
        assertThatThrownBy(() -> SliceTemplates.check(root, List.of()))
                .hasMessageContaining("functions/shop/sell: The slice has no deploy.yaml");
    }

    @Test
    void a_check_tells_the_first_line_that_differs_and_the_command_that_writes_it() throws IOException {
        assertThat(SliceTemplates.write(root, List.of())).hasSize(5);
        assertThat(SliceTemplates.write(root, List.of())).isEmpty();
        assertThat(SliceTemplates.check(root, List.of())).isEmpty();
        Path file = root.resolve("functions/shop/stock/template.yaml");
        List<String> lines = Files.readString(file).lines().toList();
        Files.writeString(file, Files.readString(file).replace("BatchSize: 100\n", "BatchSize: 7\n"));
        int line = lines.indexOf("      BatchSize: 100") + 1;
        assertThat(SliceTemplates.check(root, List.of()))
                .singleElement()
                .hasToString("functions/shop/stock/template.yaml:" + line
                        + ":1: The template differs from the model and the deploy.yaml. It has 'BatchSize: 7' instead of"
                        + " 'BatchSize: 100'. Run './storyline slice template shop/stock'.");
        Files.delete(file);
        assertThat(SliceTemplates.check(root, List.of("shop/stock")).toString()).contains("The file is missing.");
    }
}
