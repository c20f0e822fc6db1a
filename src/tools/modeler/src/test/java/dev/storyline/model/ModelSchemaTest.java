package dev.storyline.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.storyline.modeler.check.ModelingStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSchemaTest {
    private final JsonNode json = read();
    private final JsonSchema schema =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(json);

    private static JsonNode read() {
        try (InputStream in = ModelReader.class.getResourceAsStream("model.schema.json")) {
            return new ObjectMapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Set<ValidationMessage> validate(String yaml) {
        return schema.validate(yaml, InputFormat.YAML);
    }

    private static Set<String> keys(JsonNode definition) {
        JsonNode properties = definition.has("properties")
                ? definition.get("properties")
                : definition.get("anyOf").get(0).get("properties");
        Set<String> keys = new HashSet<>();
        properties.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void the_schema_and_the_reader_know_the_same_words() {
        assertThat(keys(json)).isEqualTo(ModelReader.ROOT);
        assertThat(keys(json.get("$defs").get("stream"))).isEqualTo(ModelReader.STREAM);
        assertThat(keys(json.get("$defs").get("actor"))).isEqualTo(ModelReader.ACTOR);
        Map.of(
                        "element", ModelReader.ELEMENT,
                        "field", ModelReader.FIELD,
                        "type", ModelReader.TYPE,
                        "chapter", ModelReader.CHAPTER,
                        "slice", ModelReader.SLICE,
                        "gatekeeper", ModelReader.GATEKEEPER,
                        "rule", ModelReader.RULE,
                        "specification", ModelReader.SPECIFICATION,
                        "review", ModelReader.REVIEW)
                .forEach((name, known) ->
                        assertThat(keys(json.get("$defs").get(name))).as(name).isEqualTo(known));
        Set<String> clause = new HashSet<>(ModelReader.CLAUSE);
        clause.addAll(Set.of("rejected", "time"));
        assertThat(keys(json.get("$defs").get("clause"))).isEqualTo(clause);
    }

    @Test
    void the_schema_and_the_code_list_the_same_choices() {
        assertThat(texts(json.at("/$defs/review/properties/step/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ModelingStep.values())
                        .map(ModelingStep::word)
                        .toList());
        assertThat(texts(json.at("/$defs/type/anyOf/0/properties/is/enum"))).isEqualTo(Type.BASIC);
        assertThat(texts(json.at("/$defs/slice/anyOf/0/properties/pattern/enum")))
                .containsAll(Arrays.stream(Slice.Pattern.values())
                        .map(Slice.Pattern::word)
                        .toList());
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
    }

    @Test
    void every_word_of_the_schema_is_explained_to_people() {
        for (String name :
                new String[] {"actor", "element", "field", "type", "slice", "gatekeeper", "rule", "review", "clause"}) {
            JsonNode definition = json.get("$defs").get(name);
            JsonNode properties = definition.has("properties")
                    ? definition.get("properties")
                    : definition.get("anyOf").get(0).get("properties");
            properties.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                boolean explained = value.has("description")
                        || json.at(value.path("$ref").asText().substring(1)).has("description");
                assertThat(explained).as(name + "." + entry.getKey()).isTrue();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"wishes", "logistics", "naughtychildren"})
    void our_models_are_valid(String context) throws IOException {
        assertThat(validate(Files.readString(Path.of("../../contexts", context, "model.yaml"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "context: x\nevents:\n  JobCreated:\n",
                "context: x\ntypes: {Id: text}\nactors: {a: Does it., b: {is: Id}}\nstory: [{chapter: One, slices: [{slice: s, actor: [a, b]}]}]\n",
                "context: x\nevents: [JobCreated]\nstory:\n  - chapter: One\n    slices: [do-it]\n",
                "context: x\nreviews:\n  - {step: refine, role: user, by: Bo, on: 2026-01-01, of: {event A: 12345678}}\n"
            })
    void what_the_reader_reads_is_valid(String text) {
        assertThat(ModelReader.read(text, "model.yaml").context()).isEqualTo("x");
        assertThat(validate(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "events: [JobCreated]\n",
                "context: x\nevent: [JobCreated]\n",
                "context: x\nevents: [jobCreated]\n",
                "context: x\nactors: {a: {its: Id}}\n",
                "context: x\nevents:\n  JobCreated: {fields: {id: {typ: text}}}\n",
                "context: x\nstory:\n  - chapter: One\n    slices: [{slice: do-it, pattern: state chance}]\n"
            })
    void what_the_reader_refuses_is_invalid(String text) {
        assertThatThrownBy(() -> ModelReader.read(text, "model.yaml")).isInstanceOf(ModelException.class);
        assertThat(validate(text)).isNotEmpty();
    }
}
