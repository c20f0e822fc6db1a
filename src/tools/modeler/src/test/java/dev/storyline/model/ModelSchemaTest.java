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

    @Test
    void the_schema_is_that_of_the_format() throws IOException {
        Path file = Path.of("../model/src/main/resources/dev/storyline/model/model.schema.json");
        if (System.getProperty("storyline.schema", "").equals("write")) {
            Files.writeString(file, ModelSchema.text());
        }
        assertThat(Files.readString(file))
                .as("Write it anew with -Dstoryline.schema=write.")
                .isEqualTo(ModelSchema.text());
    }

    @Test
    void the_schema_lists_the_choices_of_the_code() {
        assertThat(texts(json.at("/$defs/review/anyOf/0/properties/step/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ModelingStep.values())
                        .map(ModelingStep::word)
                        .toList());
        assertThat(texts(json.at("/$defs/type/anyOf/0/properties/is/enum"))).isEqualTo(Type.BASIC);
        assertThat(texts(json.at("/$defs/slice/anyOf/0/properties/pattern/enum")))
                .containsAll(Arrays.stream(Slice.Pattern.values())
                        .map(Slice.Pattern::word)
                        .toList());
    }

    @Test
    void every_key_is_explained_to_people() {
        for (Class<?> part : PartFormat.all()) {
            PartFormat.of(part)
                    .keys()
                    .values()
                    .forEach(key -> assertThat(Objects.requireNonNull(key.key()).says())
                            .as(part.getSimpleName() + "." + key.word())
                            .endsWith("."));
        }
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new HashSet<>();
        array.forEach(item -> texts.add(item.asText()));
        return texts;
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
                "context: x\ncommands: [Do]\nstory: [{chapter: One, slices: [{slice: s, status: done, screen: {A list: {fields: [a],"
                        + " buttons: {Go: Do}, links: {Back: s}, notes: Nice.}}, every: day at 02:00,"
                        + " specifications: {it works: {when: Do, then: {rejected: a, says: b}, examples: [{a: 1}]}}}]}]\n"
                        + "stories: {all goes well: {when: Do, eventually: nothing}}\n",
                "context: x\nstory: [{chapter: One, slices: [{slice: s, screen: What is seen., notes: {hotspots: [a, b]}}]}]\n",
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
                "context: x\nstory: [{chapter: One, slices: [{slice: s, every: now and then}]}]\n",
                "context: x\nstory: [{chapter: One, slices: [{slice: s, status: nearly}]}]\n",
                "context: x\nreviews: [{step: refine, role: user, on: 2026-01-01}]\n",
                "context: x\nstory:\n  - chapter: One\n    slices: [{slice: do-it, pattern: state chance}]\n"
            })
    void what_the_reader_refuses_is_invalid(String text) {
        assertThatThrownBy(() -> ModelReader.read(text, "model.yaml")).isInstanceOf(ModelException.class);
        assertThat(validate(text)).isNotEmpty();
    }
}
