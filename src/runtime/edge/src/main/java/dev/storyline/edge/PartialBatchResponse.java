package dev.storyline.edge;

import java.util.List;

/**
 * The response to a batch: the records to deliver again, none if the whole batch is done.
 *
 * @param batchItemFailures the records by their sequence numbers
 */
public record PartialBatchResponse(List<Failure> batchItemFailures) {
    /** One record to deliver again. */
    public record Failure(String itemIdentifier) {}
}
