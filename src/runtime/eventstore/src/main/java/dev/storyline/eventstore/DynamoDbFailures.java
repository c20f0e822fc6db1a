package dev.storyline.eventstore;

import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Turns what the SDK throws into the store's own failures, so that callers need not know the SDK. */
public final class DynamoDbFailures {
    private static final Set<String> THROTTLES = Set.of(
            "ProvisionedThroughputExceededException",
            "ProvisionedThroughputExceeded",
            "ThrottlingException",
            "ThrottlingError",
            "RequestLimitExceeded",
            "LimitExceededException");

    private DynamoDbFailures() {}

    /**
     * Calls DynamoDB.
     *
     * @throws StoreFailure.Throttled if DynamoDB asks for patience
     * @throws StoreFailure.Unavailable if it does not answer or fails itself
     */
    public static <T> T call(Supplier<T> request) {
        try {
            return request.get();
        } catch (TransactionCanceledException e) {
            if (isThrottled(e)) {
                throw new StoreFailure.Throttled(e);
            }
            throw e;
        } catch (TransactionInProgressException e) {
            // Our own earlier request is still under way: nobody knows yet whether it will succeed.
            throw new StoreFailure.Unavailable(e);
        } catch (AwsServiceException e) {
            if (e.isThrottlingException()
                    || (e.awsErrorDetails() != null
                            && THROTTLES.contains(e.awsErrorDetails().errorCode()))) {
                throw new StoreFailure.Throttled(e);
            }
            if (e.statusCode() >= 500) {
                throw new StoreFailure.Unavailable(e);
            }
            throw e;
        } catch (SdkClientException e) {
            throw new StoreFailure.Unavailable(e);
        }
    }

    /** A transaction is cancelled by throttling only where no condition failed; else the condition is the news. */
    private static boolean isThrottled(TransactionCanceledException e) {
        return e.cancellationReasons().stream().map(CancellationReason::code).anyMatch(THROTTLES::contains)
                && e.cancellationReasons().stream()
                        .map(CancellationReason::code)
                        .noneMatch("ConditionalCheckFailed"::equals);
    }
}
