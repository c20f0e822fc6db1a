package dev.storyline.common;

import java.util.Set;

/**
 * Which errors of AWS pass by themselves. The error code decides where it is known, because services answer the same
 * trouble with different statuses; the table is in {@code docs/reference/failures.md}.
 */
public final class AwsErrorCode {
    private static final Set<String> THROTTLES = Set.of(
            "EC2ThrottledException",
            "LimitExceededException",
            "ProvisionedThroughputExceeded",
            "ProvisionedThroughputExceededException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "Throttling",
            "ThrottledException",
            "ThrottlingError",
            "ThrottlingException",
            "TooManyRequestsException");

    private static final Set<String> PASSING = Set.of(
            "ExpiredToken",
            "ExpiredTokenException",
            "InternalException",
            "InternalFailure",
            "InvalidSignatureException",
            "RequestExpired",
            "RequestTimeout",
            "RequestTimeoutException",
            "ResourceConflictException",
            "ResourceNotReadyException",
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "SnapStartNotReadyException",
            "SnapStartTimeoutException");

    private AwsErrorCode() {}

    /** Whether a service asks for fewer requests. */
    public static boolean isThrottle(String code) {
        return THROTTLES.contains(code);
    }

    /**
     * Whether the same request may succeed later.
     *
     * @param code the error code; empty if there is none
     * @param status the HTTP status
     */
    public static boolean isPassing(String code, int status) {
        return isThrottle(code) || PASSING.contains(code) || status >= 500 || status == 408 || status == 429;
    }

    /** The code alone, from {@code com.amazonaws.lambda#ThrottlingException:http://internal/}. */
    public static String bare(String type) {
        String name = type.substring(type.indexOf('#') + 1);
        int colon = name.indexOf(':');
        return colon < 0 ? name : name.substring(0, colon);
    }
}
