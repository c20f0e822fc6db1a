package dev.storyline.edge;

import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.StoreFailure;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Measures the invocations of one function, and tells each in one line; see {@link MetricLine}. */
final class Measured {
    private static final long NANOS_IN_A_MILLI = 1_000_000;

    private final Edge edge;
    private final @Nullable MetricLine line;

    Measured(Edge edge) {
        this.edge = edge;
        MetricLine told = new MetricLine(edge.settings());
        this.line = edge.metrics().equals(MetricLog.NOBODY) || !told.isTold() ? null : told;
    }

    /** Runs an invocation, and tells what it measured, also if it fails. */
    <T> T invocation(Supplier<T> work) {
        if (line == null) {
            return work.get();
        }
        Tally tally = new Tally();
        try {
            return tally.during(work);
        } finally {
            tell(line, tally);
        }
    }

    /** A batch of public events may have commands of several outcomes: each further one has a line of its own. */
    private void tell(MetricLine form, Tally tally) {
        if (tally.isEmpty()) {
            return;
        }
        long now = edge.clock().millis();
        Map<String, Long> outcomes = tally.outcomes();
        if (outcomes.isEmpty()) {
            edge.metrics().tell(form.text(tally, now, null, 0));
            return;
        }
        boolean first = true;
        for (Map.Entry<String, Long> outcome : outcomes.entrySet()) {
            edge.metrics()
                    .tell(
                            first
                                    ? form.text(tally, now, outcome.getKey(), outcome.getValue())
                                    : form.text(now, outcome.getKey(), outcome.getValue()));
            first = false;
        }
    }

    /** Handles one command inside of an invocation: its time, its round trips, and its outcome if it fails. */
    static <T> T command(Supplier<T> handling) {
        Tally tally = Tally.current();
        long begun = System.nanoTime();
        long roundTrips = tally.roundTrips();
        long outcomes = tally.commands();
        try {
            return handling.get();
        } catch (RuntimeException e) {
            if (tally.commands() == outcomes) {
                tally.outcome(outcome(e));
            }
            throw e;
        } finally {
            tally.add(Metric.COMMAND_DURATION, (System.nanoTime() - begun) / NANOS_IN_A_MILLI);
            tally.add(Metric.COMMAND_ROUND_TRIPS, tally.roundTrips() - roundTrips);
        }
    }

    /** Answers one query inside of an invocation: its time, and whether it was refused. What is not there is no refusal. */
    static HttpReply query(Supplier<HttpReply> answering) {
        long begun = System.nanoTime();
        HttpReply reply = answering.get();
        Tally tally = Tally.current();
        tally.add(Metric.QUERY_DURATION, (System.nanoTime() - begun) / NANOS_IN_A_MILLI);
        tally.add(Metric.QUERIES_REFUSED, reply.statusCode() >= 400 && reply.statusCode() != 404 ? 1 : 0);
        return reply;
    }

    /** Notes the outcome of a command: {@code accepted}, {@code conflict}, or the rule that refused it. */
    static <C extends CommandResult> C noted(C result) {
        Tally.current().outcome(outcome(result));
        if (result instanceof CommandResult.Outdated) {
            Tally.current().add(Metric.OUTDATED_SLICE, 1);
        }
        return result;
    }

    private static String outcome(CommandResult result) {
        return switch (result) {
            case CommandResult.Accepted _ -> "accepted";
            case CommandResult.AlreadySo _ -> "already-so";
            case CommandResult.Rejected(var rule) -> rule.name();
            case CommandResult.RejectedOnRecord(var _, CommitMetadata.Rejection(String rule, String _)) -> rule;
            case CommandResult.Refused(var rule) -> rule.name();
            case CommandResult.KeyReused _ -> "idempotency-key-reused";
            case CommandResult.VersionMismatch _ -> "version";
            case CommandResult.Contended _ -> "conflict";
            case CommandResult.Outdated _ -> "slice-outdated";
            case CommandResult.Archived _ -> Problem.STREAM_ARCHIVED;
        };
    }

    private static String outcome(RuntimeException failure) {
        return switch (failure) {
            case Problem problem -> problem.name();
            case StoreFailure.Throttled _ -> "throttled";
            case StoreFailure.LimitExceeded _ -> "limit-exceeded";
            case StoreFailure.Unavailable _ -> "unavailable";
            case TransientFailure _ -> "unavailable";
            case EventCodec.SliceOutdated _ -> "slice-outdated";
            default -> "broken";
        };
    }
}
