package dev.storyline.deployment;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One template and what it is deployed for.
 *
 * @param path {@code functions/wishes/make-wish}, the folder of a slice; {@code infra/wishes} for the shared resources of a context
 * @param context {@code wishes}
 * @param slice {@code make-wish}; empty for the shared resources of a context
 * @param template its template under certain parameters
 * @param environment the parameters that infra/samconfig.toml tells; none for a slice
 */
record Stack(String path, String context, String slice, Template template, InfraSettings.Environment environment) {
    boolean infra() {
        return slice.isEmpty();
    }

    /** The template, relative to the repository. */
    String file() {
        return infra() ? "infra/" + environment.template() : path + "/template.yaml";
    }

    /** The folder of a slice. */
    Path folder() {
        return template.source().file().resolveSibling("");
    }

    List<String> functions() {
        return template.resources("AWS::Serverless::Function");
    }

    /** The ARN of the function of this template that a route leads to. */
    Optional<String> functionOf(String route) {
        List<String> ours = functions().stream().map(template::arn).toList();
        Object target = template.property(route, "Target");
        return template.resources("AWS::ApiGatewayV2::Integration").stream()
                .filter(id -> ("integrations/" + id).equals(target))
                .map(id -> String.valueOf(template.property(id, "IntegrationUri")))
                .filter(ours::contains)
                .findFirst();
    }

    /** A function's own setting, or that of all functions of its template. */
    @Nullable
    Object setting(String function, String... path) {
        Object own = template.property(function, path);
        return own == null ? template.global(path) : own;
    }

    /** The name of the function's {@code @Funq} method; empty where it is not told. */
    String export(String function) {
        return String.valueOf(
                Objects.requireNonNullElse(setting(function, "Environment", "Variables", "QUARKUS_FUNQY_EXPORT"), ""));
    }

    /** The event source mappings of a function, or those of all for null. */
    List<String> mappings(@Nullable String function) {
        return template.resources("AWS::Lambda::EventSourceMapping").stream()
                .filter(id -> function == null || isOf(template.text(id, "FunctionName"), function))
                .toList();
    }

    private boolean isOf(String named, String function) {
        return named.equals(template.functionName(function)) || named.equals(template.arn(function));
    }

    /** Whether a mapping reads a queue; the others read a stream. */
    boolean readsQueue(String mapping) {
        return source(mapping).startsWith("arn:aws:sqs:");
    }

    /** The ARN of what a mapping reads. */
    String source(String mapping) {
        return template.text(mapping, "EventSourceArn");
    }

    /** The tables that hold events: streams in versions. */
    List<String> eventTables() {
        return template.resources("AWS::DynamoDB::Table").stream()
                .filter(id -> List.of(
                                Map.of("AttributeName", "stream", "KeyType", "HASH"),
                                Map.of("AttributeName", "version", "KeyType", "RANGE"))
                        .equals(template.property(id, "KeySchema")))
                .toList();
    }
}
