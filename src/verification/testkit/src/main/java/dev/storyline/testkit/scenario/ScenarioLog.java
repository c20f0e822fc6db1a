package dev.storyline.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Collects the log of Storyline and the slice while one scenario runs in this thread. A scenario that passes shows no
 * log, because its rejections and failed calls are specified.
 */
final class ScenarioLog {
    private static final int MOST_RECORDS = 20;
    private static final int MOST_FRAMES = 12;

    /** Keeps a strong reference to the logger. Otherwise the logger could be garbage-collected together with its handler. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    private static final ThreadLocal<@Nullable ScenarioLog> CURRENT = new ThreadLocal<>();

    static {
        LOGGER.addHandler(new Handler() {
            @Override
            public void publish(LogRecord record) {
                ScenarioLog current = CURRENT.get();
                if (current != null && current.lines.size() < MOST_RECORDS) {
                    current.lines.add(text(record));
                }
            }

            @Override
            public void flush() {
                // Nothing is buffered.
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        });
        for (Logger above = LOGGER.getParent(); above != null; above = above.getParent()) {
            for (Handler handler : above.getHandlers()) {
                handler.setFilter(outside(handler.getFilter()));
            }
        }
    }

    /** Returns a filter that lets other handlers show only the log records from outside of scenarios. */
    private static Filter outside(@Nullable Filter other) {
        return record -> CURRENT.get() == null && (other == null || other.isLoggable(record));
    }

    private final List<String> lines = new ArrayList<>();

    private ScenarioLog() {}

    /** Starts collecting in this thread. */
    static ScenarioLog begin() {
        ScenarioLog log = new ScenarioLog();
        CURRENT.set(log);
        return log;
    }

    /** Stops collecting, and returns the log, line by line; empty if nothing was logged. */
    String end() {
        CURRENT.remove();
        return String.join("\n", lines);
    }

    private static String text(LogRecord record) {
        String line = record.getLevel() + " " + new SimpleFormatter().formatMessage(record);
        return record.getThrown() == null ? line : line + trace(record.getThrown());
    }

    /** Returns the exception and its causes, each with the first frames of its stack. */
    static String trace(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            text.append(text.isEmpty() ? "\n  " : "\n  caused by ").append(cause);
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MOST_FRAMES); i++) {
                text.append("\n    at ").append(frames[i]);
            }
        }
        return text.toString();
    }
}
