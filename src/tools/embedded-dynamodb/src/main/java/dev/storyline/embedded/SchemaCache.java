package dev.storyline.embedded;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.dynamodb.services.local.shared.access.sqlite.TableSchemaInfo;
import software.amazon.dynamodb.services.local.shared.mapper.DynamoDbObjectMapper;

/**
 * Keeps the parsed schemas of tables. Each job of DynamoDB Local reads the schema of its table as JSON and parses it,
 * which took a fifth of the time of its one thread; now a text that was parsed in the last second is not parsed again.
 */
final class SchemaCache extends JsonDeserializer<TableSchemaInfo> {
    private static final SchemaCache INSTANCE = installed();

    private final ObjectMapper mapper = new DynamoDbObjectMapper();
    private final Map<String, Kept<TableSchemaInfo>> schemas = new ConcurrentHashMap<>();

    private SchemaCache() {}

    /** The cache of this process; the first call installs it in DynamoDB Local. */
    static SchemaCache instance() {
        return INSTANCE;
    }

    private static SchemaCache installed() {
        try {
            Field mapper = Class.forName(
                            "software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccessJob")
                    .getDeclaredField("MAPPER");
            mapper.setAccessible(true);
            SchemaCache cache = new SchemaCache();
            ((ObjectMapper) mapper.get(null))
                    .registerModule(
                            new SimpleModule("storyline-schemas").addDeserializer(TableSchemaInfo.class, cache));
            return cache;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of DynamoDB Local is not the one that is expected", e);
        }
    }

    /** DynamoDB Local changes a schema that it has read before it writes it. */
    void clear() {
        schemas.clear();
    }

    @Override
    public TableSchemaInfo deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        ByteArrayOutputStream afterFirstToken = new ByteArrayOutputStream();
        parser.releaseBuffered(afterFirstToken);
        String text = "{" + afterFirstToken.toString(StandardCharsets.UTF_8);
        Kept<TableSchemaInfo> kept = schemas.get(text);
        if (kept == null || !kept.isFresh()) {
            kept = Kept.now(mapper.readValue(text, TableSchemaInfo.class));
            schemas.put(text, kept);
        }
        return kept.value();
    }
}
