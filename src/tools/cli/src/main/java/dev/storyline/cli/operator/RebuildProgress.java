package dev.storyline.cli.operator;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.cli.common.Session;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows how far a rebuild is: as one bar on a terminal, as a line each time elsewhere. */
final class RebuildProgress implements AutoCloseable {
    private static final int WIDTH = 150;
    private static final int UPDATE_MILLIS = 500;

    private final Session session;
    private String doing = "";
    private @Nullable ProgressBar bar;

    private RebuildProgress(Session session) {
        this.session = session;
    }

    static RebuildProgress on(Session session) {
        return new RebuildProgress(session);
    }

    /** Shows a status. */
    synchronized void show(JsonNode status) {
        if (!session.terminal()) {
            session.out().println(RebuildReport.progress(status));
            return;
        }
        JsonNode work = status.path("work");
        ProgressBar shown = bar;
        if (shown == null || !doing.equals(work.path("doing").asText())) {
            close();
            doing = work.path("doing").asText();
            shown = ProgressBar.builder()
                    .setTaskName(doing)
                    // Without a known end the bar only moves.
                    .setInitialMax(
                            work.path("ofScanned").asLong() > 0
                                    ? work.path("ofScanned").asLong()
                                    : -1)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(UPDATE_MILLIS)
                    .setConsumer(new ConsoleProgressBarConsumer(session.out(), WIDTH))
                    .hideEta()
                    .build();
            bar = shown;
        }
        // An estimate that was too small grows.
        shown.maxHint(
                work.path("ofScanned").asLong() == 0
                        ? -1
                        : Math.max(
                                work.path("ofScanned").asLong(),
                                work.path("scanned").asLong()));
        shown.stepTo(work.path("scanned").asLong());
        shown.setExtraMessage(RebuildReport.pace(status.path("pace")));
    }

    /** Ends the line of the bar. */
    @Override
    public synchronized void close() {
        ProgressBar shown = bar;
        if (shown != null) {
            shown.close();
            bar = null;
        }
    }
}
