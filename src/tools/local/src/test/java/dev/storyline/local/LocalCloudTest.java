package dev.storyline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.LocalCloudException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class LocalCloudTest {
    @TempDir
    Path root;

    @Test
    void each_function_has_its_own_settings_and_is_invoked_by_name() throws IOException {
        Shop shop = Shop.in(root).slice("both", ShopFunction.class, """
                  One:
                    Type: AWS::Serverless::Function
                    Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: echo, NAME: one}}}
                  Two:
                    Type: AWS::Serverless::Function
                    Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: odd, NAME: two}}}
                """);
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            JsonNode event = Json.mapper().readTree("{\"queryStringParameters\": {\"a\": \"b\"}}");

            assertThat(cloud.invoke("echo", event).path("body").asText()).contains("\"name\":\"one\"");
            assertThat(cloud.invoke("odd", event).toString()).isEqualTo("{\"a\":\"b\"}");
            assertThatThrownBy(() -> cloud.invoke("even", event))
                    .hasMessage("No template exports the function 'even'.");
        }
    }

    @Test
    void a_function_without_a_class_is_reported() throws IOException {
        Shop shop = Shop.in(root).route("one", "nobody", "GET /one");

        assertThatThrownBy(() -> LocalCloud.start(shop.inMemory()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("The slice shop/one has no function 'nobody'");
    }

    @Test
    void a_table_that_differs_from_its_template_is_reported() throws IOException {
        Shop shop = Shop.in(root).route("one", "echo", "GET /one");
        LocalCloud.start(shop.keeping()).close();
        String template = Files.readString(root.resolve("infra/shop.yaml"));
        shop.write(
                "infra/shop.yaml",
                template.replace("{AttributeName: version, KeyType: RANGE}", "{AttributeName: at, KeyType: RANGE}"));

        assertThatThrownBy(() -> LocalCloud.start(shop.keeping()))
                .isInstanceOf(LocalCloudException.class)
                .hasMessageStartingWith("The table " + Shop.EVENTS + " in the data directory has other keys");
    }

    @Test
    void several_run_side_by_side_and_again() throws IOException {
        Shop shop = Shop.in(root).route("one", "echo", "GET /one");
        for (int i = 0; i < 2; i++) {
            try (LocalCloud first = LocalCloud.start(shop.inMemory());
                    LocalCloud second = LocalCloud.start(shop.inMemory())) {
                Shop.append(first, "only in the first");

                assertThat(first.dynamo()
                                .scan(request -> request.tableName(Shop.EVENTS))
                                .count())
                        .isEqualTo(1);
                assertThat(second.dynamo()
                                .scan(request -> request.tableName(Shop.EVENTS))
                                .count())
                        .isZero();
            }
        }
    }

    /** A function that needs another class of its slice only when it is called. */
    private static final String LATE = """
            package shop;

            import com.fasterxml.jackson.databind.JsonNode;
            import dev.storyline.common.Json;
            import dev.storyline.edge.Edge;
            import io.quarkus.funqy.Funq;

            public class LateFunction {
                record Late(String name) {}

                public LateFunction(Edge edge) {}

                @Funq("late")
                public JsonNode late(JsonNode event) {
                    return Json.mapper().valueToTree(new Late("of the first build"));
                }
            }
            """;

    @Test
    void a_build_does_not_change_what_runs() throws IOException {
        Shop shop = Shop.in(root).slice("one", ShopFunction.class, """
                  One:
                    Type: AWS::Serverless::Function
                    Properties: {Environment: {Variables: {QUARKUS_FUNQY_EXPORT: late}}}
                """).write("LateFunction.java", LATE);
        Path classes = root.resolve("functions/shop/one/target/classes");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "-d",
                        classes.toString(),
                        root.resolve("LateFunction.java").toString());
        assertThat(status).isZero();
        try (LocalCloud cloud = LocalCloud.start(shop.inMemory())) {
            // As while Maven writes it.
            Files.write(classes.resolve("shop/LateFunction$Late.class"), new byte[] {1, 2, 3});

            assertThat(cloud.invoke("late", Json.mapper().createObjectNode()).toString())
                    .isEqualTo("{\"name\":\"of the first build\"}");
        }
    }
}
