package dev.storyline.edge;

import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The headers of a command: {@code Idempotency-Key}, {@code If-Match} and {@code Content-Type}. */
final class CommandHeaders {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");
    private static final Pattern JSON = Pattern.compile("(?i)application/json[ \\t]*(?:;.*)?");
    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private CommandHeaders() {}

    /** The id of the command: the key that the client sent, else a new one. */
    static String commandId(HttpEvent event) {
        String key = event.header("idempotency-key");
        return key == null ? UUID.randomUUID().toString() : key.strip();
    }

    static boolean isKey(String commandId) {
        return KEY.matcher(commandId).matches();
    }

    /**
     * Whether the body is declared as JSON. A page of another site can send any text without being asked, but no body
     * that is declared so.
     */
    static boolean isJson(HttpEvent event) {
        String type = event.header("content-type");
        return type != null && JSON.matcher(type.strip()).matches();
    }

    /**
     * The versions of the stream that the client accepts; all if there is no {@code If-Match}.
     *
     * @throws Problem if {@code If-Match} is neither a version in quotes nor {@code *}
     */
    static LongPredicate expectedVersion(HttpEvent event) {
        String ifMatch = event.header("if-match");
        if (ifMatch == null) {
            return version -> true;
        }
        if (ifMatch.strip().equals("*")) {
            return version -> version > 0;
        }
        Matcher tag = TAG.matcher(ifMatch.strip());
        if (!tag.matches()) {
            throw Problem.malformed("header", "If-Match", "must be a version in quotes, like \"3\", or *");
        }
        long wanted = Long.parseLong(tag.group(1));
        return version -> version == wanted;
    }

    /** The entity tag of a version. */
    static String tag(long version) {
        return "\"" + version + "\"";
    }
}
