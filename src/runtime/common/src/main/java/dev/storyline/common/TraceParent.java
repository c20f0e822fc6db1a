package dev.storyline.common;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a distributed trace, as the header {@code traceparent} names it: a trace, the span in it that whatever follows
 * is caused by, and whether spans of the trace are kept. {@code tracestate} is not passed on.
 *
 * <p>The id of a span follows from what it stands for, so a repetition is the same span: of a command its id, of an effect
 * its key.
 *
 * @param trace 32 hexadecimal digits
 * @param span 16 hexadecimal digits
 * @param sampled whether the caller keeps spans
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
public record TraceParent(String trace, String span, boolean sampled) {
    /** Later versions may add something behind what version 00 has. */
    private static final Pattern FORM =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    private static final int LONGEST = 512;
    private static final int SPAN_BYTES = 8;

    /** The place that a header names; null if there is none, or if it breaks the grammar, so that no trace goes on. */
    public static @Nullable TraceParent read(@Nullable String header) {
        if (header == null || header.length() > LONGEST) {
            return null;
        }
        Matcher form = FORM.matcher(header.strip());
        if (!form.matches() || (form.group(1).equals("00") && form.group(5) != null)) {
            return null;
        }
        return new TraceParent(form.group(2), form.group(3), (Integer.parseInt(form.group(4), 16) & 1) != 0);
    }

    /** The header that names the span of this name below the one of another header; null if that one is no header. */
    public static @Nullable String below(@Nullable String header, String name) {
        TraceParent above = read(header);
        return above == null ? null : above.below(name).text();
    }

    /** The span of this name in the same trace. */
    TraceParent below(String name) {
        byte[] digest = Checksum.of((trace + "/" + name).getBytes(StandardCharsets.UTF_8));
        // A span of zeros would be none.
        digest[0] |= 1;
        return new TraceParent(trace, HexFormat.of().formatHex(digest, 0, SPAN_BYTES), sampled);
    }

    /** The header, in version 00. */
    public String text() {
        return "00-" + trace + "-" + span + (sampled ? "-01" : "-00");
    }
}
