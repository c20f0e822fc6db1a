package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.local.common.LocalCloudException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Invokes the functions of all slices, JSON to JSON, as Lambda does. */
public interface FunctionInvoker extends AutoCloseable {
    /** The longest duration of an invocation, as behind API Gateway. */
    Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Checks that each function can start.
     *
     * @throws LocalCloudException if a function is not built or does not start
     */
    void startAll();

    /**
     * Invokes a function.
     *
     * @param arn the ARN of the function
     * @throws FunctionFailed if the function throws, takes too long, or takes or returns something that is not JSON
     */
    JsonNode invoke(String arn, JsonNode event) throws FunctionFailed;

    @Override
    void close();

    /** A function threw an exception, or its process ended. The cause is the exception of the function, if known. */
    class FunctionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        FunctionFailed(@Nullable Throwable cause) {
            super(String.valueOf(cause), cause);
        }

        FunctionFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A function took too long. It was interrupted, or its process was killed. */
    final class TookTooLong extends FunctionFailed {
        private static final long serialVersionUID = 1L;
        private final Duration longest;

        TookTooLong(Duration longest, @Nullable Throwable cause) {
            super("It took longer than " + longest.toMillis() + " ms.", cause);
            this.longest = longest;
        }

        /** The time that it had. */
        public Duration longest() {
            return longest;
        }
    }
}
