package dev.storyline.local.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.local.common.LocalCloudException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Where the functions of all slices are: JSON goes in and JSON comes out, as on Lambda. */
public interface FunctionInvoker extends AutoCloseable {
    /** The longest that a function may take, as behind API Gateway. */
    Duration LONGEST = Duration.ofSeconds(30);

    /**
     * Looks whether every function can start.
     *
     * @throws LocalCloudException if one is not built
     */
    void startAll();

    /**
     * Invokes a function.
     *
     * @throws FunctionFailed if it throws, takes too long, or if one of its ends is no JSON
     */
    JsonNode invoke(String arn, JsonNode event) throws FunctionFailed;

    @Override
    void close();

    /** A function threw, or its process ended; the cause is its exception where it is known. */
    class FunctionFailed extends Exception {
        private static final long serialVersionUID = 1L;

        FunctionFailed(@Nullable Throwable cause) {
            super(String.valueOf(cause), cause);
        }

        FunctionFailed(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** A function took longer than it may; it was interrupted, or its process killed. */
    final class TookTooLong extends FunctionFailed {
        private static final long serialVersionUID = 1L;
        private final Duration longest;

        TookTooLong(Duration longest, @Nullable Throwable cause) {
            super("It took longer than " + longest.toMillis() + " ms.", cause);
            this.longest = longest;
        }

        /** How long it had. */
        public Duration longest() {
            return longest;
        }
    }
}
