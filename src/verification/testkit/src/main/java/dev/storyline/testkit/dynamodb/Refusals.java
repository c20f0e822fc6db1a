package dev.storyline.testkit.dynamodb;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The refusals: errors that DynamoDB gives, and errors for requests that the simulation does not support. */
public final class Refusals {
    private static final int BAD_REQUEST = 400;

    private Refusals() {}

    public static DynamoDbException validation(String message) {
        return validation(message, null);
    }

    public static DynamoDbException validation(String message, @Nullable Throwable cause) {
        return (DynamoDbException) DynamoDbException.builder()
                .statusCode(BAD_REQUEST)
                .cause(cause)
                .awsErrorDetails(details("ValidationException", message))
                .build();
    }

    public static ResourceNotFoundException missing(String table) {
        return ResourceNotFoundException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(details("ResourceNotFoundException", "Requested resource not found: Table: " + table))
                .build();
    }

    public static ResourceInUseException present(String table) {
        return ResourceInUseException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(details("ResourceInUseException", "Table already exists: " + table))
                .build();
    }

    public static ConditionalCheckFailedException condition(@Nullable Map<String, AttributeValue> shown) {
        return ConditionalCheckFailedException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(details("ConditionalCheckFailedException", "The conditional request failed"))
                .item(shown)
                .build();
    }

    public static TransactionCanceledException cancelled(List<CancellationReason> reasons) {
        String message = "Transaction cancelled, please refer cancellation reasons for specific reasons "
                + reasons.stream().map(CancellationReason::code).toList();
        return TransactionCanceledException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(details("TransactionCanceledException", message))
                .cancellationReasons(reasons)
                .build();
    }

    public static ProvisionedThroughputExceededException throttled() {
        String code = "ProvisionedThroughputExceededException";
        return ProvisionedThroughputExceededException.builder()
                .statusCode(BAD_REQUEST)
                .awsErrorDetails(details(code, "The level of configured provisioned throughput was exceeded"))
                .build();
    }

    private static AwsErrorDetails details(String code, String message) {
        return AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(code)
                .errorMessage(message)
                .build();
    }

    public static UnsupportedOperationException unsupported(String what) {
        return new UnsupportedOperationException("The simulated DynamoDB does not know: " + what);
    }

    /**
     * Checks that a request has only members that the simulation supports.
     *
     * @param known the supported members, by their names in DynamoDB's API
     * @throws UnsupportedOperationException if another member is set
     */
    public static void onlyKnown(SdkPojo request, Set<String> known) {
        for (SdkField<?> field : request.sdkFields()) {
            if (!known.contains(field.memberName())) {
                Object value = field.getValueOrDefault(request);
                boolean set = switch (value) {
                    case null -> false;
                    case Collection<?> many -> !many.isEmpty();
                    case Map<?, ?> many -> !many.isEmpty();
                    default -> true;
                };
                if (set) {
                    throw unsupported(field.memberName() + " = " + value);
                }
            }
        }
    }
}
