package dev.storyline.local;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.edge.Edge;
import io.quarkus.funqy.Funq;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A function that a feed invokes. Its input and its answers are in static fields, so that a test can read and set them: test
 * and slice share the class, since the class loader of a slice asks its parent first.
 */
public class DeliveryFunction {
    /** The batches by the setting NAME, each as the streams of its records. */
    public static final Map<String, List<List<String>>> SEEN = new ConcurrentHashMap<>();

    /** The answer of the function of a NAME to a batch: the sequence numbers that fail; none without an entry. */
    public static final Map<String, Function<List<JsonNode>, List<String>>> ANSWERS = new ConcurrentHashMap<>();

    /** The last sequence number of the first batch, by the setting NAME. */
    public static final Map<String, String> LAST = new ConcurrentHashMap<>();

    private final String name;

    public DeliveryFunction(Edge edge) {
        name = edge.settings().require("NAME");
    }

    /** A partial batch response of Lambda. */
    public record Reply(List<Failure> batchItemFailures) {
        /** A record to deliver again. */
        public record Failure(String itemIdentifier) {}
    }

    @Funq("deliver")
    public Reply deliver(JsonNode batch) throws IOException {
        List<JsonNode> records = List.copyOf(batch.path("Records").valueStream().toList());
        keep(records);
        LAST.putIfAbsent(name, sequence(records.getLast()));
        SEEN.computeIfAbsent(name, any -> new CopyOnWriteArrayList<>())
                .add(records.stream().map(DeliveryFunction::stream).toList());
        List<String> failed =
                ANSWERS.getOrDefault(name, any -> List.<String>of()).apply(records);
        return new Reply(failed.stream().map(Reply.Failure::new).toList());
    }

    /** A process that may be killed also writes its input to the file that the system property {@code fed} names. */
    private static void keep(List<JsonNode> records) throws IOException {
        String file = System.getProperty("fed");
        if (file != null) {
            Files.write(
                    Path.of(file),
                    records.stream().map(DeliveryFunction::stream).toList(),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    public static String stream(JsonNode record) {
        return record.at("/dynamodb/NewImage/stream/S").asText();
    }

    public static String sequence(JsonNode record) {
        return record.at("/dynamodb/SequenceNumber").asText();
    }

    /** The streams of all records that the function of a NAME got, in order, with repetitions. */
    public static List<String> seen(String name) {
        return SEEN.getOrDefault(name, List.of()).stream().flatMap(List::stream).toList();
    }
}
