package dev.storyline.edge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.common.TransientFailure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends each record of an event table's change stream to the topic of the setting {@code COMMIT_TOPIC}, from which every
 * reading slice gets it in a queue of its own. The change stream then has one reader, however many slices read it.
 *
 * <p>A message is the record, cut down to what {@link FeedEndpoint} reads. A commit that no message can hold is named
 * only: its reader fetches it. Order does not matter, nor do repetitions; what the topic does not take is tried again.
 */
public final class CommitDistributor {
    /** Of one message, and of all messages of one call: 256 KB, less a margin. */
    static final int MOST_BYTES = 250 * 1024;

    /** Messages in one call. */
    private static final int MOST_MESSAGES = 10;

    private static final ObjectWriter ASCII = Json.mapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private final Edge edge;
    private final String topic;

    public CommitDistributor(Edge edge) {
        this.edge = edge;
        this.topic = edge.settings().require("COMMIT_TOPIC");
    }

    private record Message(String sequence, String body, int bytes) {}

    /**
     * Distributes one batch of DynamoDB Streams.
     *
     * @return the records that the topic has not taken, and those behind a call that failed
     */
    public PartialBatchResponse handle(JsonNode batch) {
        List<PartialBatchResponse.Failure> failed = new ArrayList<>();
        for (List<Message> call : calls(batch)) {
            untaken(call, !failed.isEmpty())
                    .forEach(message -> failed.add(new PartialBatchResponse.Failure(message.sequence())));
        }
        return new PartialBatchResponse(failed);
    }

    /**
     * Publishes the messages of one call, and returns those that were not taken. After a failure nothing is sent: Lambda
     * delivers everything behind the first failed record again.
     */
    private List<Message> untaken(List<Message> call, boolean afterFailure) {
        if (afterFailure) {
            return call;
        }
        try {
            return edge
                    .outgoing()
                    .announce(topic, call.stream().map(Message::body).toList())
                    .stream()
                    .map(call::get)
                    .toList();
        } catch (TransientFailure e) {
            HttpErrors.log(LogLine.of("not-distributed")
                    .with("slice", edge.slice())
                    .with("first", call.getFirst().sequence())
                    .with("reason", String.valueOf(e.getMessage())));
            return call;
        }
    }

    private static List<List<Message>> calls(JsonNode batch) {
        List<List<Message>> calls = new ArrayList<>();
        List<Message> call = new ArrayList<>();
        int bytes = 0;
        for (JsonNode record : batch.path("Records")) {
            Message message = message(record);
            if (!call.isEmpty() && (call.size() == MOST_MESSAGES || bytes + message.bytes() > MOST_BYTES)) {
                calls.add(call);
                call = new ArrayList<>();
                bytes = 0;
            }
            call.add(message);
            bytes += message.bytes();
        }
        if (!call.isEmpty()) {
            calls.add(call);
        }
        return calls;
    }

    private static Message message(JsonNode record) {
        JsonNode change = record.path("dynamodb");
        String sequence = change.path("SequenceNumber").asText();
        Message whole = message(sequence, record, change.path("NewImage"));
        return whole.bytes() <= MOST_BYTES ? whole : message(sequence, record, MissingNode.getInstance());
    }

    private static Message message(String sequence, JsonNode record, JsonNode image) {
        ObjectNode content = Json.mapper().createObjectNode();
        content.set("eventName", record.path("eventName"));
        ObjectNode change = content.putObject("dynamodb");
        change.set("Keys", record.path("dynamodb").path("Keys"));
        if (!image.isMissingNode()) {
            change.set("NewImage", image);
        }
        String body = text(content);
        return new Message(sequence, body, body.getBytes(StandardCharsets.UTF_8).length);
    }

    /** Queues refuse characters that XML cannot hold, so JSON with such characters is written in ASCII. */
    private static String text(ObjectNode content) {
        String text = content.toString();
        boolean taken =
                text.codePoints().allMatch(c -> c >= ' ' && c != 0xFFFE && c != 0xFFFF && (c < 0xD800 || c > 0xDFFF));
        try {
            return taken ? text : ASCII.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree of JSON cannot be written", e);
        }
    }
}
