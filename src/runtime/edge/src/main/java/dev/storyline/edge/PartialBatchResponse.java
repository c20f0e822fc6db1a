package dev.storyline.edge;

import java.util.List;

/**
 * A partial batch response: the records to deliver again; empty where the whole batch is done.
 *
 * @param batchItemFailures the records, by sequence number
 */
public record PartialBatchResponse(List<Failure> batchItemFailures) {
    /** One record to deliver again. */
    public record Failure(String itemIdentifier) {}
}
