package dev.storyline.local.common;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of the local cloud on standard error, one line an entry. Libraries log warnings and errors only. */
public final class ConsoleLog {
    /** A logger without a strong reference loses its level, so this field holds it. */
    private static final Logger OURS = Logger.getLogger("dev.storyline");

    /** The database of DynamoDB Local. Its errors reach the caller as answers, so they are not logged. */
    private static final Logger DATABASE = Logger.getLogger("com.almworks.sqlite4java");

    /** One handler, however many commands run in this process, so that each entry is printed once. */
    private static final Handler CONSOLE = new ConsoleHandler();

    private ConsoleLog() {}

    /** Starts the log of a running local cloud. */
    public static void start() {
        start(Level.INFO);
    }

    /** Starts the log of a command that answers on standard output: errors only. */
    public static void startQuietly() {
        start(Level.SEVERE);
    }

    private static void start(Level least) {
        CONSOLE.setLevel(least);
        CONSOLE.setFormatter(new OneLine());
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.removeHandler(CONSOLE);
        root.addHandler(CONSOLE);
        OURS.setLevel(Level.INFO);
        // DynamoDB Local sets the level itself, so a filter is needed.
        DATABASE.setFilter(_ -> false);
    }

    private static final class OneLine extends Formatter {
        @Override
        public String format(LogRecord entry) {
            String line = entry.getInstant() + " " + entry.getLevel() + " " + formatMessage(entry) + "\n";
            if (entry.getThrown() == null) {
                return line;
            }
            StringWriter trace = new StringWriter();
            entry.getThrown().printStackTrace(new PrintWriter(trace, true));
            return line + trace;
        }
    }
}
