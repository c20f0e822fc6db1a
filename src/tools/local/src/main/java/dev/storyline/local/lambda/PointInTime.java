package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.local.common.HttpAnswer;
import dev.storyline.local.database.TableCopy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** Answers {@code RestoreTableToPointInTime}, which DynamoDB Local does not have. The new table is there at once. */
final class PointInTime {
    /** The operation, as the header names it. */
    static final String TARGET = "DynamoDB_20120810.RestoreTableToPointInTime";

    private static final String JSON = "application/x-amz-json-1.0";
    private static final double MILLIS = 1_000;

    private final DynamoDbClient dynamo;

    PointInTime(DynamoDbClient dynamo) {
        this.dynamo = dynamo;
    }

    HttpAnswer restore(JsonNode asked) {
        String source = asked.path("SourceTableName").asText();
        String target = asked.path("TargetTableName").asText();
        try {
            TableCopy.copy(dynamo, source, dynamo, target, moment(asked));
        } catch (ResourceNotFoundException e) {
            return error("TableNotFoundException", "There is no table " + source + ".");
        } catch (ResourceInUseException e) {
            return error("TableAlreadyExistsException", "There is a table " + target + " already.");
        }
        ObjectNode answer = Json.mapper().createObjectNode();
        answer.putObject("TableDescription").put("TableName", target).put("TableStatus", "ACTIVE");
        return HttpAnswer.of(200, JSON, answer.toString());
    }

    /** A moment is a number of seconds; null for the latest. */
    private static @Nullable Instant moment(JsonNode asked) {
        return asked.hasNonNull("RestoreDateTime")
                ? Instant.ofEpochMilli(Math.round(asked.get("RestoreDateTime").asDouble() * MILLIS))
                : null;
    }

    private static HttpAnswer error(String type, String message) {
        return HttpAnswer.of(
                400,
                JSON,
                Json.mapper()
                        .createObjectNode()
                        .put("__type", "com.amazonaws.dynamodb.v20120810#" + type)
                        .put("message", message)
                        .toString());
    }
}
