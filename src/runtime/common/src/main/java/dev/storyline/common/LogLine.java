package dev.storyline.common;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** One structured log line: a JSON object that begins with the kind of event. It never holds a payload or a secret. */
public final class LogLine {
    private final ObjectNode fields = Json.mapper().createObjectNode();

    private LogLine(String what) {
        fields.put("what", what);
    }

    /** A line of this kind, one lower-case word: {@code rejected}, {@code parked}, {@code alarm}. */
    public static LogLine of(String what) {
        return new LogLine(what);
    }

    /** The same line with one more field, unless its value is null. */
    public LogLine with(String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
        return this;
    }

    /** The same line with one more field. */
    public LogLine with(String name, long value) {
        fields.put(name, value);
        return this;
    }

    /** The line as text. JSON escapes control characters, so a value cannot start a line of its own. */
    public String text() {
        return fields.toString();
    }
}
