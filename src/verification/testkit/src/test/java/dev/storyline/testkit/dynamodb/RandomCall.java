package dev.storyline.testkit.dynamodb;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * A call that can be sent to any DynamoDB.
 *
 * @param request what it says of itself when the answers differ
 * @param sent sends it
 */
record RandomCall(Object request, Function<DynamoDbClient, Answer> sent) {
    /**
     * What a call came to, numbers by value and without order where DynamoDB promises none.
     *
     * @param failure the error's code, empty if there is none
     * @param reasons of a transaction that was cancelled
     */
    record Answer(String failure, List<String> reasons, List<Map<String, AttributeValue>> items, Object more) {
        /** Of a transaction as a whole or of a part of it: which of them, DynamoDB Local does not decide as AWS does. */
        private static final Answer INVALID = new Answer("ValidationException", List.of(), List.of(), "");

        static Answer of(Supplier<Answer> call) {
            try {
                return call.get();
            } catch (ConditionalCheckFailedException e) {
                return failed(e, List.of(), e.hasItem() ? List.of(CanonicalValues.kept(e.item())) : List.of());
            } catch (TransactionCanceledException e) {
                List<String> reasons = e.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .toList();
                return reasons.contains("ValidationError")
                        ? INVALID
                        : failed(
                                e,
                                reasons,
                                e.cancellationReasons().stream()
                                        .filter(CancellationReason::hasItem)
                                        .map(reason -> CanonicalValues.kept(reason.item()))
                                        .toList());
            } catch (DynamoDbException e) {
                return e.awsErrorDetails().errorCode().equals("ValidationException")
                        ? INVALID
                        : failed(e, List.of(), List.of());
            }
        }

        private static Answer failed(
                DynamoDbException e, List<String> reasons, List<Map<String, AttributeValue>> items) {
            return new Answer(
                    e.getClass().getSimpleName() + " " + e.awsErrorDetails().errorCode(), reasons, items, "");
        }

        static Answer ok(List<Map<String, AttributeValue>> items, Object more) {
            return new Answer(
                    "", List.of(), items.stream().map(CanonicalValues::kept).toList(), more);
        }
    }
}
