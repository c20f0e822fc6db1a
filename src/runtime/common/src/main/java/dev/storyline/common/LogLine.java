package dev.storyline.common;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One structured log line: a JSON object that begins with what happened. Never a payload, never a secret. */
public final class LogLine {
    private final ObjectNode fields = Json.mapper().createObjectNode();

    private LogLine(String what) {
        fields.put("what", what);
    }

    /** A line about something, one lower-case word: {@code rejected}, {@code parked}, {@code alarm}. */
    public static LogLine of(String what) {
        return new LogLine(what);
    }

    /** Also says this; nothing where the value is null. */
    public LogLine with(String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** Also says this. */
    public LogLine with(String name, long value) {
        fields.put(name, value);
        return this;
    }

    /** The line. Control characters are escaped as in every JSON text, so a value cannot begin a line of its own. */
    public String text() {
        return fields.toString();
    }
}
