package dev.storyline.local.lambda;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.edge.OutboundCalls;
import dev.storyline.local.ObedientFunction;
import dev.storyline.local.Shop;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.http.apache.ApacheHttpClient;

/** Functions in processes; the executables are small Java programs that follow their events. */
@Tag("slow")
class ProcessHostTest {
    private static final Duration START = Duration.ofSeconds(60);

    @TempDir
    Path root;

    private final List<String> told = new CopyOnWriteArrayList<>();
    private Deployment deployment;
    private ProcessHost host;

    @BeforeEach
    void two_slices() throws IOException {
        Shop shop = Shop.in(root);
        slice(shop, "many", "Timeout: 20");
        slice(shop, "single", "Timeout: 10\n      ReservedConcurrentExecutions: 1");
        deployment = Deployment.read(root);
        host = host(new ProcessHost.Limits(2, 3, Duration.ofSeconds(60), START));
    }

    @AfterEach
    void end() {
        host.close();
        assertThat(deployment.functions())
                .allSatisfy(one -> assertThat(host.processes(one.arn())).isEmpty());
    }

    private void slice(Shop shop, String name, String property) throws IOException {
        shop.write("functions/shop/" + name + "/template.yaml", """
                Resources:
                  Fn:
                    Type: AWS::Serverless::Function
                    Properties:
                      FunctionName: %s
                      MemorySize: 300
                      Runtime: provided.al2023
                      Handler: none
                      Environment: {Variables: {QUARKUS_FUNQY_EXPORT: %s, COLOUR: red, AWS_REGION: elsewhere}}
                      %s
                """.formatted(name, name, property));
        build(name, "first");
    }

    /** Puts an executable into the target folder of a slice in one step, as a build does. */
    private void build(String slice, String version) throws IOException {
        Path target = Files.createDirectories(root.resolve("functions/shop/" + slice + "/target"));
        Path built = target.resolve("being-built");
        Files.writeString(built, """
                #!/bin/sh
                exec '%s/bin/java' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp '%s' %s %s
                """.formatted(
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        ObedientFunction.class.getName(),
                        version));
        Files.move(built, target.resolve(slice + "-runner"), StandardCopyOption.REPLACE_EXISTING);
    }

    private ProcessHost host(ProcessHost.Limits limits) {
        LocalAws aws = new LocalAws(
                deployment,
                URI.create("http://127.0.0.1:1"),
                ApacheHttpClient.create(),
                OutboundCalls.NONE,
                () -> Duration.ZERO);
        return new ProcessHost(deployment, true, aws, limits, told::add);
    }

    private static String arn(String name) {
        return "arn:aws:lambda:us-east-1:000000000000:function:" + name;
    }

    private static ObjectNode event(String what) {
        return Json.mapper().createObjectNode().put("do", what);
    }

    private JsonNode tell(String function, String what) throws FunctionInvoker.FunctionFailed {
        return host.invoke(arn(function), event(what));
    }

    private CompletableFuture<JsonNode> later(String function, String what) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return tell(function, what);
            } catch (FunctionInvoker.FunctionFailed e) {
                throw new CompletionException(e);
            }
        });
    }

    @Test
    void a_function_has_the_environment_of_its_template_and_of_lambda_and_calls_this_machine_without_a_proxy()
            throws Exception {
        JsonNode seen = tell("many", "environment");
        assertThat(seen.path("COLOUR").asText()).isEqualTo("red");
        assertThat(seen.path("AWS_REGION").asText()).isEqualTo("us-east-1");
        assertThat(seen.path("AWS_LAMBDA_FUNCTION_NAME").asText()).isEqualTo("many");
        assertThat(seen.path("AWS_LAMBDA_FUNCTION_MEMORY_SIZE").asText()).isEqualTo("300");
        assertThat(seen.path("AWS_ENDPOINT_URL_DYNAMODB").asText()).startsWith("http://127.0.0.1:");
        assertThat(seen.properties())
                .extracting(Map.Entry::getKey)
                .allMatch(name -> name.matches(
                        "AWS_.*|LAMBDA_TASK_ROOT|_HANDLER|PATH|LANG|LC_ALL|TZ|COLOUR|QUARKUS_FUNQY_EXPORT|PWD|SHLVL|_|version|pid"
                                + "|(?i:(no|http|https|all)_proxy)"));
        assertThat(seen.path("NO_PROXY").asText()).contains("127.0.0.1");
    }

    @Test
    void a_line_of_metrics_in_the_output_of_a_process_is_told_and_nothing_else() throws Throwable {
        String line = "{\"_aws\":{\"Timestamp\":1},\"Lag\":" + Collections.nCopies(100, 86_400_000_000L) + "}";
        host.invoke(arn("many"), event("measure").put("line", line));
        soon(() -> assertThat(told).containsExactly(line));
    }

    @Test
    void a_process_takes_one_event_at_a_time_and_the_number_of_processes_is_limited() throws Exception {
        JsonNode first = tell("many", "echo");
        assertThat(first.path("event")).isEqualTo(event("echo"));
        assertThat(tell("many", "echo").path("pid")).isEqualTo(first.path("pid"));
        var several = List.of(later("many", "1"), later("many", "2"), later("many", "3"), later("single", "4"));
        assertThat(several).allSatisfy(one -> assertThat(one.get()).isNotNull());
        assertThat(host.processes(arn("many"))).hasSizeBetween(1, 2);
        assertThat(host.processes(arn("single"))).hasSize(1);
    }

    @Test
    void at_the_limit_the_process_that_was_idle_longest_is_stopped() throws Exception {
        host.close();
        host = host(new ProcessHost.Limits(2, 1, Duration.ofSeconds(60), START));
        tell("many", "echo");
        tell("single", "echo");
        assertThat(host.processes(arn("many"))).isEmpty();
        assertThat(host.processes(arn("single"))).hasSize(1);
    }

    @Test
    void a_slow_process_is_killed_an_ended_one_is_replaced_and_a_failing_function_keeps_its_process() throws Throwable {
        JsonNode first = tell("single", "echo");
        assertThatThrownBy(() -> tell("single", "fail"))
                .isInstanceOf(FunctionInvoker.FunctionFailed.class)
                .hasMessageContaining("Naughty I will not.");
        assertThat(tell("single", "echo").path("pid")).isEqualTo(first.path("pid"));

        assertThatThrownBy(() -> tell("single", "hang")).isInstanceOf(FunctionInvoker.TookTooLong.class);
        soon(() -> assertThat(ProcessHandle.of(first.path("pid").asLong())).isEmpty());
        JsonNode second = tell("single", "echo");
        assertThat(second.path("pid")).isNotEqualTo(first.path("pid"));

        assertThatThrownBy(() -> tell("single", "exit")).hasMessageContaining("ended with status 7");
        JsonNode third = tell("single", "echo");
        ProcessHandle.of(third.path("pid").asLong()).orElseThrow().destroyForcibly();
        soon(() -> assertThat(ProcessHandle.of(third.path("pid").asLong())).isEmpty());
        assertThat(tell("single", "echo").path("pid")).isNotEqualTo(third.path("pid"));
    }

    @Test
    void an_idle_process_is_stopped() throws Throwable {
        host.close();
        host = host(new ProcessHost.Limits(2, 3, Duration.ofMillis(200), START));
        long pid = tell("many", "echo").path("pid").asLong();
        soon(() -> assertThat(ProcessHandle.of(pid)).isEmpty());
        assertThat(host.processes(arn("many"))).isEmpty();
    }

    @Test
    void new_code_replaces_old_code_and_a_process_that_cannot_start_reports_its_output() throws Throwable {
        assertThat(tell("many", "echo").path("version").asText()).isEqualTo("first");
        build("many", "second");
        soon(() -> assertThat(tell("many", "echo").path("version").asText()).isEqualTo("second"));
        assertThat(host.processes(arn("many"))).hasSize(1);
        build("many", "broken");
        soon(() -> assertThatThrownBy(() -> tell("many", "echo"))
                .hasMessageContaining("ended with status 3")
                .hasMessageContaining("I am broken."));
    }

    @Test
    void a_slice_without_an_executable_is_named() throws Exception {
        Files.delete(root.resolve("functions/shop/single/target/single-runner"));
        assertThatThrownBy(() -> host(ProcessHost.Limits.USUAL))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageContaining("./storyline native shop/single");
    }
}
