package dev.storyline.edge;

import java.util.HashSet;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code If-Match} as RFC 9110 defines it: {@code *}, or a list of entity tags. Tags are compared strongly,
 * character by character, so a weak one never matches, and neither does one that is no version.
 */
final class IfMatch {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"");
    private static final Pattern BETWEEN = Pattern.compile("[ \\t]*(?:,[ \\t]*)+|[ \\t]*$");
    private static final Pattern BEFORE = Pattern.compile("^(?:[ \\t]*,)*[ \\t]*");

    private IfMatch() {}

    /**
     * The versions that the header accepts; {@code *} accepts every stream that exists.
     *
     * @throws Problem if the header is neither {@code *} nor a list of tags in quotes
     */
    static LongPredicate versions(String header) {
        if (header.strip().equals("*")) {
            return version -> version > 0;
        }
        Set<String> strong = new HashSet<>();
        Matcher before = BEFORE.matcher(header);
        int at = before.lookingAt() ? before.end() : 0;
        if (at == header.length()) {
            throw malformed();
        }
        while (at < header.length()) {
            Matcher tag = TAG.matcher(header).region(at, header.length());
            if (!tag.lookingAt()) {
                throw malformed();
            }
            if (tag.group(1) == null) {
                strong.add(tag.group(2));
            }
            Matcher between = BETWEEN.matcher(header).region(tag.end(), header.length());
            if (!between.lookingAt()) {
                throw malformed();
            }
            at = between.end();
        }
        return version -> strong.contains(Long.toString(version));
    }

    private static Problem malformed() {
        return Problem.malformed("header", "If-Match", "must be versions in quotes, like \"3\" or \"3\", \"4\", or *");
    }
}
