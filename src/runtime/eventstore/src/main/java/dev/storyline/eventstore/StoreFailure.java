package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/** The event store failed. A load or an append never half succeeds. */
public abstract sealed class StoreFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private StoreFailure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** DynamoDB throttles. Nothing was written; send the same request again after a pause. */
    public static final class Throttled extends StoreFailure {
        private static final long serialVersionUID = 1L;

        public Throttled(Throwable cause) {
            super("DynamoDB is throttling: try again after a pause", cause);
        }
    }

    /**
     * DynamoDB did not answer in time, or reported an error of its own. A write may have happened. Sending it again
     * under the same command id is safe and settles the question.
     */
    public static final class Unavailable extends StoreFailure {
        private static final long serialVersionUID = 1L;

        public Unavailable(Throwable cause) {
            super("DynamoDB did not answer: try again under the same command id", cause);
        }
    }

    /** The items in the table are not a stream: something other than an event store wrote to it. */
    public static final class Corrupted extends StoreFailure {
        private static final long serialVersionUID = 1L;

        public Corrupted(String message) {
            super(message, null);
        }

        public Corrupted(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The commit is larger than the store takes. Nothing was written. */
    public static final class LimitExceeded extends StoreFailure {
        private static final long serialVersionUID = 1L;

        public LimitExceeded(String message) {
            super(message, null);
        }
    }
}
