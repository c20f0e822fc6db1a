package dev.storyline.cli.common;

import java.io.PrintStream;

/** A line that tells how far something is: drawn again and again on a terminal, a line each time elsewhere. */
public final class ProgressLine {
    private static final int PERCENT = 100;

    private final PrintStream to;
    private final boolean terminal;
    private boolean open;

    /** A line on a stream. */
    public ProgressLine(PrintStream to, boolean terminal) {
        this.to = to;
        this.terminal = terminal;
    }

    /** {@code [####......]}. */
    public static String bar(int percent, int width) {
        int done = percent * width / PERCENT;
        return "[" + "#".repeat(done) + ".".repeat(width - done) + "]";
    }

    /** Shows a text instead of the one before. */
    public synchronized void show(String text) {
        if (terminal) {
            to.print("\r\033[K" + text);
            to.flush();
            open = true;
        } else {
            to.println(text);
        }
    }

    /** Ends the line, so that something else may be printed. */
    public synchronized void end() {
        if (open) {
            to.println();
            open = false;
        }
    }
}
