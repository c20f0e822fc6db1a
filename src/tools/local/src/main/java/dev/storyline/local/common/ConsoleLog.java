package dev.storyline.local.common;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The log of the local cloud: one line an entry, on standard error; others than ourselves speak up in trouble only. */
public final class ConsoleLog {
    /** Kept here, since a logger that nobody holds forgets its level. */
    private static final Logger OURS = Logger.getLogger("dev.storyline");

    /** What goes wrong in DynamoDB Local's database comes back as an answer to us. */
    private static final Logger DATABASE = Logger.getLogger("com.almworks.sqlite4java");

    private ConsoleLog() {}

    public static void start() {
        start(Level.INFO);
    }

    /** For commands whose answer is on standard output: only what goes wrong. */
    public static void startQuietly() {
        start(Level.SEVERE);
    }

    private static void start(Level least) {
        ConsoleHandler console = new ConsoleHandler();
        console.setLevel(least);
        console.setFormatter(new OneLine());
        Logger root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(console);
        OURS.setLevel(Level.INFO);
        // A filter, since DynamoDB Local sets the level itself.
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
