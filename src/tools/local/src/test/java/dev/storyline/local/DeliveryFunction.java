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
 * A function that is fed. What it saw and how it answers is static, so that a test can look and decide: test and slice
 * share their class, since the loader of a slice asks its parent first.
 */
public class DeliveryFunction {
    /** The batches by the setting NAME; a record is named by its stream. */
    public static final Map<String, List<List<String>>> SEEN = new ConcurrentHashMap<>();

    /** How the function of this NAME answers a batch; an empty list where nothing is said here. */
    public static final Map<String, Function<List<JsonNode>, List<String>>> ANSWERS = new ConcurrentHashMap<>();

    /** The sequence number at the end of the first batch, by the setting NAME. */
    public static final Map<String, String> LAST = new ConcurrentHashMap<>();

    private final String name;

    public DeliveryFunction(Edge edge) {
        name = edge.settings().require("NAME");
    }

    /** An answer as Lambda takes it. */
    public record Reply(List<Failure> batchItemFailures) {
        /** One record to deliver again. */
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

    /** Where the process may be killed, what was seen is also kept in a file that the test names. */
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

    /** Every record that a function of this NAME saw, in order, repeated where it was delivered again. */
    public static List<String> seen(String name) {
        return SEEN.getOrDefault(name, List.of()).stream().flatMap(List::stream).toList();
    }
}
