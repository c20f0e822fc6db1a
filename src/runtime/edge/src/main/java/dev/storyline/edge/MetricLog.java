package dev.storyline.edge;

/**
 * Where a function tells what it measured: one line for an invocation, in CloudWatch's embedded metric format. On Lambda
 * it is the log of the function, which asks for no rights and no call; in the local cloud it is what {@code /metrics}
 * shows.
 */
@FunctionalInterface
public interface MetricLog {
    /** Nobody asks, so nothing is put together. */
    MetricLog NOBODY = line -> {};

    /** The log of the function. Lines of this logger are written as they are: see {@code microprofile-config.properties}. */
    MetricLog OF_FUNCTION = new MetricLog() {
        private static final System.Logger LOG = System.getLogger("dev.storyline.metrics");

        @Override
        public void tell(String line) {
            LOG.log(System.Logger.Level.INFO, line);
        }
    };

    /** Tells one line of JSON. */
    void tell(String line);
}
