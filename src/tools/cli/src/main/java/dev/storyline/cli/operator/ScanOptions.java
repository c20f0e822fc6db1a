package dev.storyline.cli.operator;

import dev.storyline.cli.common.CouldNot;
import dev.storyline.cli.common.ProgressLine;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.eventstore.StoreFailure;
import dev.storyline.local.history.ScanProgress;
import dev.storyline.local.operator.Operator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that read whole event tables, and the line that tells how far they are. */
final class ScanOptions {
    private static final int MOST_READ_UNITS = 1_000_000;
    private static final int WIDTH = 30;
    private static final long SHOWN_EACH_NANOS = 200_000_000;

    @Option(
            names = "--read-units",
            paramLabel = "N",
            description =
                    "The most read units of all event tables in a second, 1 to 1000000 (default: no ceiling). A unit is"
                            + " 8 KB here.")
    private @Nullable Integer readUnits;

    /** @throws WrongUse if the ceiling is none */
    void check() {
        if (readUnits != null && (readUnits < 1 || readUnits > MOST_READ_UNITS)) {
            throw new WrongUse(
                    "A ceiling of read units is a number from 1 to " + MOST_READ_UNITS + ", not '" + readUnits + "'.");
        }
    }

    /** The ceiling; 0 for none. */
    int readUnits() {
        return readUnits == null ? 0 : readUnits;
    }

    /** Runs a command that reads event tables, and says what a failure means. */
    int on(Operator operator, Supplier<Integer> command) {
        try {
            return operator.installation().calling(command);
        } catch (StoreFailure e) {
            throw new CouldNot(
                    switch (e) {
                        case StoreFailure.Throttled _ ->
                            "DynamoDB throttles the reads: run the command again, with fewer --read-units.";
                        case StoreFailure.Unavailable _ -> "DynamoDB did not answer: run the command again.";
                        case StoreFailure.Corrupted _, StoreFailure.LimitExceeded _ -> e.getMessage() + ".";
                    },
                    e);
        }
    }

    /** Runs a scan, and shows on a terminal how far it is. */
    <T> T during(Session session, Function<Consumer<ScanProgress>, T> scan) {
        ProgressLine line = new ProgressLine(session.err(), true);
        if (!session.terminal()) {
            return scan.apply(_ -> {});
        }
        Consumer<ScanProgress> show = new Consumer<>() {
            private long shownAt = System.nanoTime() - SHOWN_EACH_NANOS;

            @Override
            public void accept(ScanProgress progress) {
                if (System.nanoTime() - shownAt >= SHOWN_EACH_NANOS) {
                    shownAt = System.nanoTime();
                    line.show(text(progress));
                }
            }
        };
        try {
            return scan.apply(show);
        } finally {
            line.end();
        }
    }

    private static String text(ScanProgress progress) {
        int percent =
                progress.ofCommits() == 0 ? 0 : (int) Math.min(100, progress.commits() * 100 / progress.ofCommits());
        return ProgressLine.bar(percent, WIDTH) + " " + percent + "%  " + progress.commits() + " commits, "
                + Math.round(progress.readUnits() / Math.max(0.001, progress.seconds())) + " read units/s";
    }
}
