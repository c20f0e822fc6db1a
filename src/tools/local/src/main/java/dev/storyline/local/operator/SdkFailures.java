package dev.storyline.local.operator;

import dev.storyline.local.common.LocalCloudException;
import java.net.UnknownHostException;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Says in one sentence what a failed call of an installation means.
 *
 * @param place what messages call it, at the beginning of a sentence
 * @param local whether it is a local cloud
 */
record SdkFailures(String place, boolean local) {
    private static final Set<String> UNKNOWN_CALLER = Set.of(
            "UnrecognizedClientException",
            "InvalidClientTokenId",
            "InvalidClientTokenIdException",
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidSignatureException",
            "SignatureDoesNotMatch");

    LocalCloudException sentence(SdkException e) {
        return new LocalCloudException(text(e), e);
    }

    private String text(SdkException e) {
        if (e instanceof AwsServiceException answer) {
            AwsErrorDetails details = answer.awsErrorDetails();
            String code = details == null ? "status " + answer.statusCode() : String.valueOf(details.errorCode());
            String message =
                    details == null || details.errorMessage() == null ? "" : ", " + sentenceOf(details.errorMessage());
            return place
                    + (UNKNOWN_CALLER.contains(code) ? " does not know the credentials: " : " refuses the request: ")
                    + code
                    + message
                    + (message.endsWith(".") ? "" : ".");
        }
        if (local) {
            return "The local cloud ended before it answered: run the command again.";
        }
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return place + " cannot be reached: there is no " + root.getMessage()
                    + ". Is the name of the region right?";
        }
        return place + " cannot be reached: " + sentenceOf(String.valueOf(e.getMessage()));
    }

    /** The first line. */
    private static String sentenceOf(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
