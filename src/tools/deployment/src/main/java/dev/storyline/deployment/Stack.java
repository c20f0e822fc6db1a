package dev.storyline.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One stack: a template with its parameters.
 *
 * @param path {@code functions/wishes/make-wish}, the folder of a slice; {@code infra/wishes} for the shared resources of a context
 * @param context {@code wishes}
 * @param slice {@code make-wish}; empty for the shared resources of a context
 * @param template the template under certain parameters
 * @param environment the parameters of infra/samconfig.toml; empty for a slice
 */
record Stack(String path, String context, String slice, Template template, InfraSettings.Environment environment) {
    boolean infra() {
        return slice.isEmpty();
    }

    /** Returns the path of the template, relative to the repository. */
    String file() {
        return infra() ? "infra/" + environment.template() : path + "/template.yaml";
    }

    /** Returns the folder of a slice. */
    Path folder() {
        return template.source().file().resolveSibling("");
    }

    List<String> functions() {
        return template.resources("AWS::Serverless::Function");
    }

    /** Returns the ARN of the function that serves a route. */
    Optional<String> functionOf(String route) {
        List<String> ours = functions().stream().map(template::arn).toList();
        Object target = template.property(route, "Target");
        return template.resources("AWS::ApiGatewayV2::Integration").stream()
                .filter(id -> ("integrations/" + id).equals(target))
                .map(id -> String.valueOf(template.property(id, "IntegrationUri")))
                .filter(ours::contains)
                .findFirst();
    }

    /** Returns a property of a function, or that of all functions of its template. */
    @Nullable
    Object setting(String function, String... path) {
        Object own = template.property(function, path);
        return own == null ? template.global(path) : own;
    }

    /** Returns the name of the function's {@code @Funq} method; empty if there is none. */
    String export(String function) {
        return String.valueOf(
                Objects.requireNonNullElse(setting(function, "Environment", "Variables", "QUARKUS_FUNQY_EXPORT"), ""));
    }

    /** Returns the event source mappings of a function; for null, those of all functions. */
    List<String> mappings(@Nullable String function) {
        return template.resources("AWS::Lambda::EventSourceMapping").stream()
                .filter(id -> function == null || isOf(template.text(id, "FunctionName"), function))
                .toList();
    }

    private boolean isOf(String named, String function) {
        return named.equals(template.functionName(function)) || named.equals(template.arn(function));
    }

    /** Returns whether a mapping reads a queue; other mappings read a stream. */
    boolean readsQueue(String mapping) {
        return source(mapping).startsWith("arn:aws:sqs:");
    }

    /** Returns the ARN of the source of a mapping. */
    String source(String mapping) {
        return template.text(mapping, "EventSourceArn");
    }

    /** Returns the event tables. */
    List<String> eventTables() {
        return template.resources("AWS::DynamoDB::Table").stream()
                .filter(id -> List.of(
                                Map.of("AttributeName", "stream", "KeyType", "HASH"),
                                Map.of("AttributeName", "version", "KeyType", "RANGE"))
                        .equals(template.property(id, "KeySchema")))
                .toList();
    }
}
