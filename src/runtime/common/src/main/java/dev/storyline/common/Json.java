package dev.storyline.common;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.storyline.kernel.Id;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of records everywhere in Storyline: the components of a record and nothing else, identifiers are plain strings, instants are ISO texts, numbers are
 * exact, nulls are left out, unknown fields are ignored, and no type is converted to another.
 */
public final class Json {
    private static final ObjectMapper MAPPER = create();

    private Json() {}

    /** The shared mapper. Thread-safe. For other settings, take a {@code copy()}. */
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /**
     * JSON that leaves the system. Numbers are plain decimals, {@code 90} and never {@code 9E+1}, which the {@code
     * toString} of a node may write.
     */
    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A tree of JSON cannot be written", e);
        }
    }

    private static ObjectMapper create() {
        ObjectMapper mapper = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .addModule(ids())
                .disable(
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(
                        DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // A record is its components; a method 'isPayable' tells nothing more of it.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .serializationInclusion(JsonInclude.Include.NON_NULL)
                .build();
        for (CoercionInputShape shape : new CoercionInputShape[] {
            CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
            mapper.coercionConfigFor(LogicalType.Textual).setCoercion(shape, CoercionAction.Fail);
            mapper.coercionConfigFor(LogicalType.DateTime).setCoercion(shape, CoercionAction.Fail);
        }
        return mapper;
    }

    private static SimpleModule ids() {
        SimpleModule module = new SimpleModule("ids") {
            private static final long serialVersionUID = 1L;

            @Override
            public void setupModule(SetupContext context) {
                super.setupModule(context);
                context.addDeserializers(new IdDeserializers());
            }
        };
        module.addSerializer(Id.class, new IdSerializer());
        module.addKeySerializer(Id.class, new IdKeySerializer());
        return module;
    }

    private static final class IdSerializer extends StdSerializer<Id> {
        private static final long serialVersionUID = 1L;

        IdSerializer() {
            super(Id.class);
        }

        @Override
        public void serialize(Id id, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeString(id.value());
        }
    }

    private static final class IdKeySerializer extends StdSerializer<Id> {
        private static final long serialVersionUID = 1L;

        IdKeySerializer() {
            super(Id.class);
        }

        @Override
        public void serialize(Id id, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeFieldName(id.value());
        }
    }

    private static final class IdDeserializers extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            Class<?> raw = type.getRawClass();
            return raw.isRecord() && Id.class.isAssignableFrom(raw) ? new IdDeserializer(raw) : null;
        }
    }

    private static final class IdDeserializer extends JsonDeserializer<Object> {
        private final Class<?> type;

        IdDeserializer(Class<?> type) {
            this.type = type;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            String text = context.readValue(parser, String.class);
            try {
                return makeId(type, text);
            } catch (Id.InvalidId e) {
                return context.handleWeirdStringValue(type, text, "%s", e.getMessage());
            }
        }
    }

    /**
     * Makes an identifier of a given type.
     *
     * @throws Id.InvalidId if the text breaks the rules of identifiers
     */
    private static Object makeId(Class<?> type, String text) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(String.class);
            constructor.trySetAccessible();
            return constructor.newInstance(text);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Id.InvalidId invalid) {
                throw invalid;
            }
            throw new IllegalStateException("An identifier of the type " + type + " cannot be created", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The identifier " + type + " must be a record of one string", e);
        }
    }
}
