package dev.storyline.common;

import java.util.Locale;

/**
 * Everything that functions measure. {@link Tally} collects it while an invocation runs. On AWS each is a metric of the
 * namespace {@code Storyline}; on a machine it is a line of {@code /metrics}.
 */
public enum Metric {
    LAG(
            "Lag",
            Kind.EACH,
            Unit.MILLISECONDS,
            true,
            "From the time of a commit until a feed has applied it. A repair of older commits does not count."),
    LATE_COMMITS(
            "LateCommits",
            Kind.SUM,
            Unit.COUNT,
            false,
            "Commits that a feed applied more than five minutes after their time."),
    VERSION_GAP(
            "VersionGap",
            Kind.EACH,
            Unit.COUNT,
            false,
            "How many events were missing before a delivered commit, each time that a gap was repaired."),
    BATCH_RECORDS("BatchRecords", Kind.EACH, Unit.COUNT, false, "The records of a batch."),
    DUPLICATES("Duplicates", Kind.SUM, Unit.COUNT, false, "Commits that were delivered again, and passed over."),
    CONFLICTS(
            "Conflicts",
            Kind.SUM,
            Unit.COUNT,
            false,
            "Writes at which another invocation was faster: of a position by a feed, of a stream by a command."),
    FAILURES("Failures", Kind.SUM, Unit.COUNT, false, "Streams whose part of a batch failed."),
    RETRIES(
            "Retries",
            Kind.SUM,
            Unit.COUNT,
            true,
            "What is done again: records that are delivered again, effects that are called again, commands decided again."),
    ALTERED_COMMITS(
            "AlteredCommits",
            Kind.SUM,
            Unit.COUNT,
            true,
            "Records of a change stream that must not exist: commits that were changed or removed by others than the"
                    + " archiver, and what is no commit."),
    OUTDATED_SLICE(
            "OutdatedSlice",
            Kind.SUM,
            Unit.COUNT,
            true,
            "How often a slice was older than what is stored: a command was refused, or a view or stream waited."),

    PARKED_STREAMS("ParkedStreams", Kind.STATE, Unit.COUNT, true, "Parked streams that wait for an operator."),
    RETRYING_STREAMS("RetryingStreams", Kind.STATE, Unit.COUNT, false, "Parked streams that wait for their next try."),
    OUTDATED_STREAMS(
            "OutdatedStreams",
            Kind.STATE,
            Unit.COUNT,
            false,
            "Parked streams that wait for a newer version of their slice."),
    OLDEST_PARKED(
            "OldestParked",
            Kind.STATE,
            Unit.SECONDS,
            false,
            "How long the stream has stood still that was parked first; of an event handler, the age of its oldest effect."),
    OLDEST_BEHIND(
            "OldestBehind",
            Kind.STATE,
            Unit.SECONDS,
            false,
            "How long ago the event was decided that a position has not reached, of the oldest in the part that was looked at."),
    FOUND_BEHIND(
            "FoundBehind",
            Kind.SUM,
            Unit.COUNT,
            true,
            "Commits that a reconciliation applied more than five minutes after their time: their deliveries were lost."),
    FAILED_DELIVERIES(
            "FailedDeliveries",
            Kind.SUM,
            Unit.COUNT,
            false,
            "Messages of the queue of failed deliveries, each of which starts a reconciliation."),

    COMMANDS("Commands", Kind.SUM, Unit.COUNT, false, "Commands, by outcome."),
    COMMAND_DURATION("CommandDuration", Kind.EACH, Unit.MILLISECONDS, false, "The time of a command, in the function."),
    COMMAND_TRIES(
            "CommandTries",
            Kind.EACH,
            Unit.COUNT,
            false,
            "How often a command was decided; a command that is found in its stream is not decided."),
    COMMAND_ROUND_TRIPS(
            "CommandRoundTrips",
            Kind.EACH,
            Unit.COUNT,
            false,
            "The round trips of a command to DynamoDB, with those of its gatekeeper. Requests at the same time are one."),
    QUERY_DURATION(
            "QueryDuration",
            Kind.EACH,
            Unit.MILLISECONDS,
            false,
            "The time of a query, in the function; how many values there are is how many queries."),
    QUERIES_REFUSED(
            "QueriesRefused",
            Kind.SUM,
            Unit.COUNT,
            false,
            "Queries that were answered with a problem. What is not there, 404, is none."),
    THROTTLED(
            "Throttled",
            Kind.SUM,
            Unit.COUNT,
            true,
            "Requests to DynamoDB that were throttled, also when the SDK had tried them again."),

    EFFECT_CALLS("EffectCalls", Kind.SUM, Unit.COUNT, false, "Calls for effects."),
    EFFECT_REPEATS("EffectRepeats", Kind.SUM, Unit.COUNT, false, "Calls for effects after a failed one."),
    OPEN_BREAKERS(
            "OpenBreakers",
            Kind.STATE,
            Unit.COUNT,
            false,
            "The targets of effects whose circuit breaker is not closed, in the process that told it last.");

    /** How values of a metric are put together. */
    public enum Kind {
        /** They are added up. Zero is not told. */
        SUM,
        /** Each counts for itself: how many there are, their percentiles, the greatest. */
        EACH,
        /** The last one counts. */
        STATE
    }

    /** What a value counts. */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds");

        private final String label;

        Unit(String label) {
            this.label = label;
        }

        /** The unit as CloudWatch names it. */
        public String label() {
            return label;
        }
    }

    private final String label;
    private final Kind kind;
    private final Unit unit;
    private final boolean ofContext;
    private final String about;

    Metric(String label, Kind kind, Unit unit, boolean ofContext, String about) {
        this.label = label;
        this.kind = kind;
        this.unit = unit;
        this.ofContext = ofContext;
        this.about = about;
    }

    /** The name as CloudWatch shows it, {@code ParkedStreams}. */
    public String label() {
        return label;
    }

    /** The name as Prometheus shows it, without a suffix: {@code storyline_parked_streams}. */
    public String series() {
        return "storyline_" + name().toLowerCase(Locale.ROOT);
    }

    public Kind kind() {
        return kind;
    }

    public Unit unit() {
        return unit;
    }

    /** Whether an alarm of the context watches it, so that it is told for the context, too. */
    public boolean ofContext() {
        return ofContext;
    }

    /** What it measures, one or two sentences. */
    public String about() {
        return about;
    }
}
