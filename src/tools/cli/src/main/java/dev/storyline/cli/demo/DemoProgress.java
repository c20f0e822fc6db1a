package dev.storyline.cli.demo;

import dev.storyline.cli.common.ProgressLine;
import dev.storyline.cli.common.Session;
import java.util.Locale;

/** Shows how far a demo is: on a terminal after each request, elsewhere after each tenth. */
final class DemoProgress {
    private static final int WIDTH = 20;
    private static final int TENTH = 10;
    private static final int PERCENT = 100;
    private static final long REDRAWN_NANOS = 100_000_000L;

    private final ProgressLine line;
    private final boolean terminal;
    private final int days;
    private final int total;
    private final long begin = System.nanoTime();
    private int day = 1;
    private int done;
    private long shown;

    /**
     * The progress of a run.
     *
     * @param days how many days it has
     * @param total how many requests are planned
     */
    DemoProgress(Session session, int days, int total) {
        this.line = new ProgressLine(session.err(), session.terminal());
        this.terminal = session.terminal();
        this.days = days;
        this.total = Math.max(1, total);
    }

    synchronized void day(int next) {
        day = next;
        if (terminal) {
            show();
        }
    }

    /** Planned requests are done, or will never be sent. */
    synchronized void done(int requests) {
        int before = done * TENTH / total;
        done += requests;
        boolean isTenth = done * TENTH / total > before;
        if (isTenth || (terminal && System.nanoTime() - shown > REDRAWN_NANOS)) {
            show();
        }
    }

    private void show() {
        shown = System.nanoTime();
        line.show(text(day, days, done, total, shown - begin));
    }

    /** {@code demo  day 3 of 5  [######....]  431 of 1,200 requests, 38/s}. */
    static String text(int day, int days, int done, int total, long nanos) {
        return String.format(
                Locale.ROOT,
                "demo  day %d of %d  %s  %,d of %,d requests, %d/s",
                day,
                days,
                ProgressLine.bar((int) (PERCENT * (long) done / total), WIDTH),
                done,
                total,
                Math.round(done / Math.max(0.001, nanos / 1e9)));
    }

    synchronized void end() {
        if (terminal) {
            show();
        }
        line.end();
    }
}
