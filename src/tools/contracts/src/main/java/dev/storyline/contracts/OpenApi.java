package dev.storyline.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.contracts.Promises.Operation;
import dev.storyline.edge.QueryEndpoint;
import dev.storyline.model.BusinessRule;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import io.swagger.v3.oas.models.servers.ServerVariable;
import io.swagger.v3.oas.models.servers.ServerVariables;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Describes the HTTP API of a context as an OpenAPI 3.1 document. The schemas of requests and views stay in their own
 * contract files.
 */
final class OpenApi {
    static final String FILE = "openapi.yaml";
    private static final String JWT = "jwt";
    private static final String PROBLEM = "urn:storyline:problem:";

    /** The problem documents of the endpoints: status, and the last part of each type. */
    static final Map<String, List<String>> PROBLEMS = new TreeMap<>(Map.ofEntries(
            Map.entry("400", List.of("malformed")),
            Map.entry("403", List.of("not-yours")),
            Map.entry("404", List.of("unknown")),
            Map.entry("409", List.of("conflict")),
            Map.entry("410", List.of("stream-archived")),
            Map.entry("412", List.of("version")),
            Map.entry("413", List.of("too-large")),
            Map.entry("415", List.of("media-type")),
            Map.entry("422", List.of("rejected", "idempotency-key-reused", "limit", "no-such-version")),
            Map.entry("500", List.of("internal")),
            Map.entry("503", List.of("slice-outdated", "throttled", "unavailable", "view-behind", "view-parked"))));

    /**
     * The problem documents of the local gateway, which answers before a function runs. Where API Gateway does so on AWS,
     * its answer is a short JSON object.
     */
    static final Map<String, List<String>> OF_THE_GATEWAY = Map.of(
            "401", List.of("unauthorized"),
            "403", List.of("forbidden", "foreign-host", "foreign-origin"),
            "404", List.of("no-route"),
            "413", List.of("too-large"),
            "429", List.of(),
            "500", List.of("bad-answer"),
            "503", List.of("busy", "disk-full", "time-out"));

    private static final Set<String> OF_COMMANDS_ALONE = Set.of("409", "410", "412", "413", "415");
    private static final Map<String, String> WHAT = Map.ofEntries(
            Map.entry("400", "The request cannot be read; 'errors' names every flaw."),
            Map.entry("401", "The token is missing or no good."),
            Map.entry("403", "The token is not good for this, or is somebody else's."),
            Map.entry("404", "There is no such thing; 'rule' names the rule where one says so."),
            Map.entry("409", "Others write to the same stream; nothing was recorded, try again."),
            Map.entry("410", "The story of the stream has ended, and it is archived; nothing was recorded."),
            Map.entry("412", "The stream is not at the version of If-Match; 'version' is where it is."),
            Map.entry("413", "The body is too large."),
            Map.entry("415", "The body is not declared as JSON, or is encoded."),
            Map.entry(
                    "422",
                    "A rule says no; 'rule' names it. Where the refusal was recorded, stream, version and events are told."),
            Map.entry("429", "Too many requests; try again later."),
            Map.entry("500", "Something is broken here."),
            Map.entry("503", "Not now; Retry-After says when to try again, under the same Idempotency-Key."));

    private OpenApi() {}

    static JsonNode document(Promises promises) {
        OpenAPI api = new OpenAPI(SpecVersion.V31)
                .openapi("3.1.0")
                .info(new Info()
                        .title("What " + promises.model().context() + " answers over HTTP")
                        .version("1")
                        .description(
                                promises.model().about().isEmpty()
                                        ? null
                                        : promises.model().about()))
                .addServersItem(server())
                .components(components());
        api.getInfo()
                .addExtension(
                        Contract.STORYLINE, Map.of("owner", promises.model().owner()));
        Paths paths = new Paths();
        for (Operation operation : promises.operations()) {
            PathItem path = paths.computeIfAbsent(operation.path(), unseen -> new PathItem());
            path.operation(PathItem.HttpMethod.valueOf(operation.method()), operation(operation));
        }
        api.setPaths(paths);
        return Json31.mapper().valueToTree(api);
    }

    private static io.swagger.v3.oas.models.Operation operation(Operation operation) {
        var described = new io.swagger.v3.oas.models.Operation()
                .operationId(operation.slice().name())
                .summary(operation.slice().about());
        ObjectNode storyline = operation
                .promise()
                .edges(Json.mapper()
                        .createObjectNode()
                        .put(
                                "slice",
                                operation.promise().context() + "/"
                                        + operation.slice().name()));
        for (String actor : operation.slice().actors()) {
            described.addSecurityItem(
                    new SecurityRequirement().addList(JWT, operation.promise().context() + "/" + actor));
        }
        described.addExtension(Contract.STORYLINE, storyline);
        for (Promises.Parameter parameter : operation.parameters()) {
            described.addParametersItem(new Parameter()
                    .name(parameter.name())
                    .in(parameter.in())
                    .required(parameter.required())
                    .schema(schema(parameter.schema())));
        }
        ApiResponses answers = new ApiResponses();
        if (operation.isCommand()) {
            command(operation, described, answers);
        } else {
            query(operation, described, answers);
        }
        for (String status : statuses()) {
            if (operation.isCommand() || !OF_COMMANDS_ALONE.contains(status)) {
                answers.addApiResponse(status, new ApiResponse().$ref("#/components/responses/" + status));
            }
        }
        return described.responses(answers);
    }

    private static Server server() {
        return new Server()
                .url("{address}")
                .description("The local cloud, or the API of a stack.")
                .variables(new ServerVariables()
                        .addServerVariable(
                                "address",
                                new ServerVariable()
                                        ._default("http://127.0.0.1:8080")
                                        .description("That of ./storyline up, or the output ApiEndpoint of the"
                                                + " context's stack.")));
    }

    private static Set<String> statuses() {
        Set<String> statuses = new TreeSet<>(PROBLEMS.keySet());
        statuses.addAll(OF_THE_GATEWAY.keySet());
        return statuses;
    }

    private static void command(
            Operation operation, io.swagger.v3.oas.models.Operation described, ApiResponses answers) {
        List<String> rules = rules(operation);
        if (!rules.isEmpty()) {
            described.description("Rules that may say no: " + String.join(", ", rules) + ".");
        }
        described
                .addParametersItem(new Parameter().$ref("#/components/parameters/Idempotency-Key"))
                .addParametersItem(new Parameter().$ref("#/components/parameters/If-Match"))
                .addParametersItem(new Parameter().$ref("#/components/parameters/traceparent"))
                .requestBody(new RequestBody()
                        .required(operation.promise().schema().has("required"))
                        .content(json(file(operation))));
        if (!operation.made().isEmpty()) {
            Schema<?> id = required(
                    of("object").addProperty(operation.made(), text("Names what was made.")), operation.made());
            answers.addApiResponse(
                    "201",
                    recorded("It was made.")
                            .addHeaderObject("Location", new Header().$ref("#/components/headers/Location"))
                            .content(json(all(reference("Recorded"), id))));
        }
        answers.addApiResponse(
                "200",
                recorded(operation.made().isEmpty() ? "It was done, or was so already." : "It was so already.")
                        .content(json(reference("Recorded"))));
    }

    private static List<String> rules(Operation operation) {
        return Stream.concat(
                        operation.slice().gatekeeper() == null
                                ? Stream.empty()
                                : operation.slice().gatekeeper().rules().stream(),
                        operation.slice().rules().stream())
                .map(BusinessRule::name)
                .toList();
    }

    private static void query(Operation operation, io.swagger.v3.oas.models.Operation described, ApiResponses answers) {
        described.addParametersItem(new Parameter().$ref("#/components/parameters/atLeast"));
        if (operation.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals("after"))) {
            described.addParametersItem(new Parameter().$ref("#/components/parameters/limit"));
        }
        if (operation.strong()) {
            described.addParametersItem(new Parameter().$ref("#/components/parameters/consistency"));
        }
        ApiResponse found = new ApiResponse()
                .description(
                        operation.promise().about().isEmpty()
                                ? operation.promise().name()
                                : operation.promise().about())
                .content(json(file(operation)));
        if (operation.entity()) {
            found.addHeaderObject("ETag", new Header().$ref("#/components/headers/ETag"));
        }
        answers.addApiResponse("200", found);
    }

    /** Returns the parameters of a route of such a document as the fields of one schema. */
    static ObjectNode parameters(JsonNode operation) {
        ObjectNode schema = Json.mapper().createObjectNode();
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (JsonNode parameter : operation.path("parameters")) {
            if (parameter.has("name")) {
                properties.set(parameter.path("name").asText(), parameter.path("schema"));
                if (parameter.path("required").asBoolean()) {
                    required.add(parameter.path("name"));
                }
            }
        }
        return schema;
    }

    private static ApiResponse recorded(String description) {
        return new ApiResponse()
                .description(description)
                .addHeaderObject("ETag", new Header().$ref("#/components/headers/ETag"))
                .addHeaderObject("Idempotency-Key", new Header().$ref("#/components/headers/Idempotency-Key"));
    }

    private static Components components() {
        Components components = new Components()
                .addSecuritySchemes(
                        JWT,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .bearerFormat("JWT")
                                .description("Any one of a route's scopes is enough. ./storyline up asks with --auth."))
                .addSchemas("Recorded", recorded())
                .addSchemas("Problem", problem())
                .addSchemas("GatewayMessage", message())
                .addHeaders("ETag", new Header().schema(text("The stream's version in quotes.")))
                .addHeaders(
                        "Idempotency-Key", new Header().schema(text("The command's id, made here if none was sent.")))
                .addHeaders("Location", new Header().schema(text("The path of the query that shows what was made.")))
                .addHeaders("Retry-After", new Header().schema(text("Seconds.")))
                .addParameters(
                        "Idempotency-Key",
                        parameter("header", "Idempotency-Key")
                                .description("The command's id: the same key on the same stream appends once.")
                                .schema(of("string").maxLength(128)))
                .addParameters(
                        "If-Match",
                        parameter("header", "If-Match")
                                .description("The version that is expected, in quotes, or * for any.")
                                .schema(of("string")))
                .addParameters(
                        "traceparent",
                        parameter("header", "traceparent")
                                .description(
                                        "Where the request stands in a trace, as W3C Trace Context says. What follows goes on with it.")
                                .schema(of("string")))
                .addParameters(
                        "atLeast",
                        parameter("query", "atLeast")
                                .description(
                                        "A stream and a version, child#simo@3: waits up to 2 s until the view has it.")
                                .schema(of("string")))
                .addParameters(
                        "limit",
                        parameter("query", "limit")
                                .description("The most rows of a page. Without it, 1,000 at most.")
                                .schema(of("integer")
                                        .minimum(BigDecimal.ONE)
                                        .maximum(BigDecimal.valueOf(QueryEndpoint.MOST_ROWS))))
                .addParameters(
                        "consistency",
                        parameter("query", "consistency")
                                .description("strong folds the stream itself.")
                                .schema(oneOf(List.of("strong", "eventual"))));
        statuses().forEach(status -> components.addResponses(status, problem(status)));
        return components;
    }

    private static Parameter parameter(String in, String name) {
        return new Parameter().in(in).name(name);
    }

    private static ApiResponse problem(String status) {
        List<String> types = Stream.concat(
                        PROBLEMS.getOrDefault(status, List.of()).stream(),
                        OF_THE_GATEWAY.getOrDefault(status, List.of()).stream())
                .distinct()
                .map(type -> PROBLEM + type)
                .toList();
        Content content = new Content();
        ApiResponse response = new ApiResponse()
                .description(Objects.requireNonNull(WHAT.get(status)))
                .content(content);
        if (!types.isEmpty()) {
            Schema<?> type = of("object").addProperty("type", oneOf(types));
            content.addMediaType("application/problem+json", new MediaType().schema(all(reference("Problem"), type)));
        }
        if (OF_THE_GATEWAY.containsKey(status) || status.equals("500")) {
            content.addMediaType("application/json", new MediaType().schema(reference("GatewayMessage")));
        }
        if (status.equals("409") || status.equals("503")) {
            response.addHeaderObject("Retry-After", new Header().$ref("#/components/headers/Retry-After"));
        }
        return response;
    }

    private static Schema<?> message() {
        return required(
                of("object")
                        .description("What API Gateway answers by itself on AWS.")
                        .addProperty("message", text("What is wrong.")),
                "message");
    }

    private static Schema<?> recorded() {
        Schema<?> event = of("object")
                .addProperty("type", text("Its stored name."))
                .addProperty("version", of("integer").description("Its position in the stream."))
                .addProperty("data", of("object").description("Its fields."));
        Schema<?> schema = of("object")
                .description("What the command recorded.")
                .addProperty("stream", text("Where it was recorded."))
                .addProperty("version", of("integer").description("The stream's version now."))
                .addProperty("events", of("array").items(required(event, "type", "version", "data")));
        return required(schema, "stream", "version", "events");
    }

    private static Schema<?> problem() {
        Schema<?> flaw = of("object")
                .addProperty("in", text("path, query, header or body"))
                .addProperty("field", text("Which one; empty for the whole."))
                .addProperty("problem", text("What is wrong."));
        Schema<?> schema = of("object")
                .description("A problem document, RFC 9457.")
                .addProperty("type", text("Names the kind of problem."))
                .addProperty("title", text("The kind of problem, for people."))
                .addProperty("status", of("integer").description("The HTTP status."))
                .addProperty("detail", text("What is wrong here, and what to do."))
                .addProperty("instance", text("The path of the request."))
                .addProperty("rule", text("Names the rule that says no."))
                .addProperty("errors", of("array").items(required(flaw, "in", "field", "problem")));
        return required(schema, "type", "title", "status", "detail", "instance");
    }

    private static Schema<?> required(Schema<?> schema, String... names) {
        return schema.required(new ArrayList<>(List.of(names)));
    }

    @SuppressWarnings("rawtypes") // The library's fluent methods answer raw schemas.
    private static Schema of(String type) {
        return new JsonSchema().types(Set.of(type));
    }

    @SuppressWarnings("rawtypes")
    private static Schema text(String description) {
        return of("string").description(description);
    }

    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema oneOf(List<String> words) {
        Schema schema = of("string");
        schema.setEnum(words);
        return schema;
    }

    /** A schema of properties beside a reference would be lost on generators of clients. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static Schema<?> all(Schema... parts) {
        Schema schema = new JsonSchema();
        schema.setAllOf(List.of(parts));
        return schema;
    }

    private static Schema<?> reference(String component) {
        return new JsonSchema().$ref("#/components/schemas/" + component);
    }

    private static Schema<?> file(Operation operation) {
        return new JsonSchema().$ref("./" + operation.promise().file());
    }

    private static Schema<?> schema(ObjectNode tree) {
        try {
            return Json31.mapper().treeToValue(tree, Schema.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A schema that is none: " + tree, e);
        }
    }

    private static Content json(Schema<?> schema) {
        return new Content().addMediaType("application/json", new MediaType().schema(schema));
    }
}
