package dev.storyline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.TemplateException;
import dev.storyline.local.database.KeptParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four contexts: orders hears stock, stock hears orders and suppliers, suppliers and rides hear nobody. */
class ContextSelectionTest {
    @TempDir
    Path root;

    @BeforeEach
    void contexts() throws IOException {
        context("orders");
        context("stock");
        context("suppliers");
        context("rides");
        hear("orders", "ship", "stock");
        hear("stock", "reserve", "orders");
        hear("stock", "refill", "suppliers");
        slice("suppliers", "deliver", "");
        slice("rides", "book", "");
    }

    private void context(String name) throws IOException {
        Path settings = root.resolve("infra/samconfig.toml");
        new Shop(root)
                .write(
                        "infra/samconfig.toml",
                        (Files.exists(settings) ? Files.readString(settings) : "") + """
                [%1$s.deploy.parameters]
                template_file = "%1$s.yaml"
                """.formatted(name));
        new Shop(root).write("infra/" + name + ".yaml", """
                Resources:
                  Events:
                    Type: AWS::DynamoDB::Table
                    Properties:
                      TableName: %1$s-events
                      AttributeDefinitions: [{AttributeName: stream, AttributeType: S}]
                      KeySchema: [{AttributeName: stream, KeyType: HASH}]
                  Bus:
                    Type: AWS::Events::EventBus
                    Properties: {Name: %1$s-bus}
                Outputs:
                  Bus: {Value: !Ref Bus, Export: {Name: %1$s-bus}}
                """.formatted(name));
    }

    private void slice(String context, String name, String resources) throws IOException {
        new Shop(root).write("functions/" + context + "/" + name + "/template.yaml", """
                Resources:
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s}}}
                """.formatted(name) + resources);
    }

    /** A slice that gets the public events of another context through a queue. */
    private void hear(String context, String name, String source) throws IOException {
        slice(context, name, """
                  Queue:
                    Type: AWS::SQS::Queue
                    Properties: {QueueName: %1$s}
                  Rule:
                    Type: AWS::Events::Rule
                    Properties:
                      EventBusName: !ImportValue %2$s-bus
                      EventPattern: {source: ["urn:storyline:%2$s"], detail-type: [%2$s.Happened.v1]}
                      Targets: [{Id: queue, Arn: !GetAtt Queue.Arn}]
                  Mapping:
                    Type: AWS::Lambda::EventSourceMapping
                    Properties: {FunctionName: !Ref Fn, EventSourceArn: !GetAtt Queue.Arn}
                """.formatted(name, source));
    }

    private ContextSelection.Selected read(ContextSelection selection) {
        return selection.read(root, Map.of(), KeptParameters.of(null));
    }

    @Test
    void without_names_all_contexts_run_and_there_is_no_notice() {
        ContextSelection.Selected all = read(ContextSelection.ALL);

        assertThat(all.deployment().slices())
                .containsExactly("orders/ship", "rides/book", "stock/refill", "stock/reserve", "suppliers/deliver");
        assertThat(all.notice()).isEmpty();
    }

    @Test
    void the_contexts_that_a_context_needs_run_too_directly_and_indirectly() {
        ContextSelection.Selected orders = read(ContextSelection.withNeeds("orders"));

        assertThat(orders.deployment().slices())
                .containsExactly("orders/ship", "stock/refill", "stock/reserve", "suppliers/deliver");
        assertThat(orders.deployment().rules()).hasSize(3);
        assertThat(orders.notice()).isEqualTo("orders also needs stock and suppliers: started too.");
        assertThat(read(ContextSelection.withNeeds("orders", "stock")).notice())
                .isEqualTo("orders and stock also need suppliers: started too.");
    }

    @Test
    void a_context_that_has_no_slices_yet_is_not_waited_for() throws IOException {
        context("young");
        Files.createDirectories(root.resolve("functions/young"));
        hear("rides", "bill", "young");

        assertThat(read(ContextSelection.withNeeds("rides")).deployment().slices())
                .containsExactly("rides/bill", "rides/book");
        assertThat(read(ContextSelection.withNeeds("rides")).notice()).isEmpty();
        assertThat(read(ContextSelection.ALL).deployment().slices()).contains("rides/bill", "suppliers/deliver");
    }

    @Test
    void for_a_context_that_needs_no_other_there_is_no_notice() {
        ContextSelection.Selected suppliers = read(ContextSelection.withNeeds("suppliers"));

        assertThat(suppliers.deployment().slices()).containsExactly("suppliers/deliver");
        assertThat(suppliers.notice()).isEmpty();
    }

    @Test
    void alone_a_context_has_no_rules_and_queues_for_events_of_absent_contexts() {
        ContextSelection.Selected stock = read(ContextSelection.alone("stock"));

        assertThat(stock.deployment().slices()).containsExactly("stock/refill", "stock/reserve");
        assertThat(stock.deployment().tables())
                .extracting(Deployment.Table::name)
                .containsExactly("stock-events");
        assertThat(stock.deployment().rules()).isEmpty();
        assertThat(stock.deployment().queues()).isEmpty();
        assertThat(stock.deployment().queueFeeds()).isEmpty();
        assertThat(stock.notice())
                .isEqualTo("stock runs alone. It receives no public events from orders and suppliers."
                        + " Its public events reach no other context.");
    }

    @Test
    void contexts_that_run_alone_together_still_hear_each_other() {
        ContextSelection.Selected both = read(ContextSelection.alone("orders", "stock"));

        assertThat(both.deployment().rules())
                .flatExtracting(Deployment.EventRule::sources)
                .containsExactly("urn:storyline:stock", "urn:storyline:orders");
        assertThat(both.deployment().queueFeeds())
                .extracting(Deployment.QueueFeed::name)
                .containsExactly("orders/ship/Mapping", "stock/reserve/Mapping");
        assertThat(both.notice())
                .isEqualTo("orders and stock run alone. They receive no public events from suppliers."
                        + " Their public events reach no other context.");
    }

    @Test
    void a_context_that_does_not_exist_is_refused() {
        assertThatThrownBy(() -> read(ContextSelection.alone("nowhere")))
                .isInstanceOf(TemplateException.class)
                .hasMessageStartingWith("There is no context 'nowhere' under ");
    }
}
