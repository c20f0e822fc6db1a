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
 * @param request the description to show if the answers differ
 * @param sent sends the call
 */
record RandomCall(Object request, Function<DynamoDbClient, Answer> sent) {
    /**
     * The result of a call, with numbers by value, and sorted where DynamoDB promises no order.
     *
     * @param failure the error's code, empty if there is none
     * @param reasons the cancellation reasons of a transaction
     */
    record Answer(String failure, List<String> reasons, List<Map<String, AttributeValue>> items, Object more) {
        /**
         * An invalid transaction. DynamoDB Local and AWS differ in whether the whole transaction or a part of it is
         * invalid.
         */
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
