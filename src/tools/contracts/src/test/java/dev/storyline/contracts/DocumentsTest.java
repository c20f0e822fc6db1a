package dev.storyline.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.asyncapi.v3._0_0.model.AsyncAPI;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.storyline.common.Json;
import dev.storyline.edge.Problem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Checks the documents of this repository with third-party tools. */
class DocumentsTest {
    private static final JsonSchema META = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(SchemaLocation.of(SchemaId.V202012));

    private static List<Path> released(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("../../contexts"), 4)) {
            return files.filter(file -> file.toString().contains("/contracts/")
                            && !file.toString().contains("/target/")
                            && file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void every_schema_is_a_json_schema_of_2020_12() throws IOException {
        List<Path> files = released(".json");
        assertThat(files).hasSizeGreaterThan(20);
        for (Path file : files) {
            assertThat(META.validate(Texts.read(file))).as(file.toString()).isEmpty();
        }
        JsonNode broken = Json.mapper().createObjectNode().put("type", "text");
        assertThat(META.validate(broken)).isNotEmpty();
    }

    @Test
    void every_openapi_document_is_read_without_a_complaint() throws IOException {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        List<Path> files = released("openapi.yaml");
        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) {
            SwaggerParseResult read = new OpenAPIV3Parser().readLocation(file.toString(), List.of(), options);
            assertThat(read.getMessages()).as(file.toString()).isEmpty();
            assertThat(read.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
        }
    }

    @Test
    void no_parameter_has_a_word_that_a_query_cannot_say() throws IOException {
        List<JsonNode> words = new ArrayList<>();
        for (Path file : released("openapi.yaml")) {
            Texts.read(file)
                    .findValues("parameters")
                    .forEach(parameters -> parameters.forEach(parameter -> words.addAll(parameter.findValues("enum"))));
        }
        assertThat(words).isNotEmpty().allSatisfy(all -> assertThat(all).allMatch(JsonNode::isTextual));
    }

    @Test
    void every_asyncapi_document_is_read_with_all_its_messages() throws IOException {
        List<Path> files = released("asyncapi.yaml");
        assertThat(files).hasSizeGreaterThan(2);
        for (Path file : files) {
            AsyncAPI read = Json.mapper().treeToValue(Texts.read(file), AsyncAPI.class);
            assertThat(read.getAsyncapi()).isEqualTo("3.0.0");
            assertThat(Objects.requireNonNull(read.getChannels()).keySet())
                    .as(file.toString())
                    .hasSameSizeAs(Objects.requireNonNull(read.getOperations()).keySet());
        }
    }

    /** Checks that every {@code $ref} resolves: within the document itself, or to a file beside it. */
    @Test
    void every_reference_leads_somewhere() throws IOException {
        for (Path file : released("api.yaml")) {
            JsonNode document = Texts.read(file);
            for (String reference : document.findValuesAsText("$ref")) {
                if (reference.startsWith("#")) {
                    assertThat(document.at(reference.substring(1)).isMissingNode())
                            .as(file + " " + reference)
                            .isFalse();
                } else {
                    assertThat(file.resolveSibling(reference)).exists();
                }
            }
        }
    }

    @Test
    void the_problems_of_the_documents_are_those_of_the_endpoints() throws IOException {
        Map<String, Set<String>> made = new TreeMap<>();
        byte[] code;
        try (var in = Objects.requireNonNull(Problem.class.getResourceAsStream("Problem.class"))) {
            code = in.readAllBytes();
        }
        for (MethodModel method : ClassFile.of().parse(code).methods()) {
            method.code().ifPresent(body -> problems(body, made));
        }
        Map<String, Set<String>> told = new TreeMap<>();
        OpenApi.PROBLEMS.forEach((status, types) -> told.put(status, new TreeSet<>(types)));
        assertThat(told).isEqualTo(made);
    }

    /** Returns the status and then the type that each {@code new Problem} is created with. */
    private static void problems(Iterable<CodeElement> body, Map<String, Set<String>> made) {
        String status = "none";
        for (CodeElement element : body) {
            if (element instanceof NewObjectInstruction created) {
                status = created.className().asInternalName().equals("dev/storyline/edge/Problem") ? "next" : "none";
            } else if (element instanceof ConstantInstruction constant && !status.equals("none")) {
                if (constant.constantValue() instanceof Integer number) {
                    status = number.toString();
                } else if (constant.constantValue() instanceof String type && !status.equals("next")) {
                    made.computeIfAbsent(status, unseen -> new TreeSet<>()).add(type);
                    status = "none";
                }
            }
        }
    }

    enum Kindness {
        KIND,
        RATHER_KIND
    }

    record Part(boolean whole, @Nullable Kindness kindness) {}

    record Everything(
            String text,
            int number,
            @Nullable Long more,
            BigDecimal exact,
            Instant at,
            LocalDate day,
            Duration lasting,
            UUID id,
            JsonNode anything,
            Part part,
            List<Part> parts,
            List<Kindness> kinds) {}

    @Test
    void a_schema_takes_what_our_json_writes_and_nothing_of_another_type() {
        JsonNode schema = Schemas.allowingMore(false).of(Everything.class);
        JsonSchema compiled =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
        Everything all = new Everything(
                "a",
                1,
                null,
                new BigDecimal("1.20"),
                Instant.EPOCH,
                LocalDate.EPOCH,
                Duration.ofMillis(3_605_500),
                new UUID(1, 2),
                Json.mapper().createArrayNode().add(1),
                new Part(true, null),
                List.of(new Part(false, Kindness.KIND)),
                List.of(Kindness.RATHER_KIND));
        JsonNode written = Json.mapper().valueToTree(all);
        assertThat(compiled.validate(
                        written, context -> context.getExecutionConfig().setFormatAssertionsEnabled(true)))
                .isEmpty();
        assertThat(META.validate(schema)).isEmpty();
        // An HTTP response contains null where a value is absent.
        if (written.deepCopy() instanceof ObjectNode answer && answer.path("part") instanceof ObjectNode part) {
            answer.putNull("more");
            part.putNull("kindness");
            assertThat(compiled.validate(answer)).isEmpty();
        }
        for (String field :
                List.of("text", "number", "exact", "at", "day", "lasting", "id", "part", "parts", "kinds")) {
            JsonNode wrong = written.deepCopy();
            if (wrong instanceof ObjectNode changed) {
                changed.put(field, true);
            }
            assertThat(compiled.validate(wrong)).as(field).isNotEmpty();
        }
    }

    record Unknown(Thread thread) {}

    record Itself(@Nullable Itself within) {}

    @Test
    void a_type_without_a_contract_is_told() {
        assertThatThrownBy(() -> Schemas.allowingMore(true).of(Unknown.class))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("Unknown: There is no contract of the type java.lang.Thread: use a record");
        assertThatThrownBy(() -> Schemas.allowingMore(true).of(Itself.class))
                .isInstanceOf(ContractException.class)
                .hasMessageContaining("Itself, because the type contains itself");
    }
}
