package dev.storyline.eventstore;

import dev.storyline.common.AwsErrorCode;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import java.util.Objects;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** Converts exceptions of the AWS SDK into {@link StoreFailure}s, so that callers need not know the SDK. */
public final class DynamoDbFailures {
    private DynamoDbFailures() {}

    /**
     * Calls DynamoDB.
     *
     * @throws StoreFailure.Throttled if DynamoDB throttles
     * @throws StoreFailure.Unavailable if DynamoDB does not answer or reports an error of its own
     */
    public static <T> T call(Supplier<T> request) {
        Tally tally = Tally.current();
        tally.asked();
        try {
            return request.get();
        } catch (TransactionCanceledException e) {
            if (isThrottle(e)) {
                throw throttled(e);
            }
            throw e;
        } catch (TransactionInProgressException e) {
            // An earlier request of ours is still under way and may yet succeed.
            throw new StoreFailure.Unavailable(e);
        } catch (AwsServiceException e) {
            if (isThrottle(e)) {
                throw throttled(e);
            }
            if (AwsErrorCode.isPassing(code(e), e.statusCode())) {
                throw new StoreFailure.Unavailable(e);
            }
            throw e;
        } catch (SdkClientException e) {
            throw new StoreFailure.Unavailable(e);
        } finally {
            tally.answered();
        }
    }

    private static StoreFailure throttled(AwsServiceException cause) {
        Tally.current().add(Metric.THROTTLED, 1);
        return new StoreFailure.Throttled(cause);
    }

    /**
     * Whether DynamoDB asks for fewer calls. A transaction counts as throttled only if no condition failed: a failed
     * condition matters more.
     */
    static boolean isThrottle(RuntimeException failure) {
        return switch (failure) {
            case TransactionCanceledException e ->
                e.cancellationReasons().stream().map(CancellationReason::code).anyMatch(AwsErrorCode::isThrottle)
                        && e.cancellationReasons().stream()
                                .map(CancellationReason::code)
                                .noneMatch("ConditionalCheckFailed"::equals);
            case AwsServiceException e -> e.isThrottlingException() || AwsErrorCode.isThrottle(code(e));
            default -> false;
        };
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "");
    }
}
