package dev.storyline.edge;

import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;

/** The headers of a command: {@code Idempotency-Key}, {@code If-Match} and {@code Content-Type}. */
final class CommandHeaders {
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e](?:[\\x20-\\x7e]{0,126}[\\x21-\\x7e])?");
    private static final Pattern JSON = Pattern.compile("(?i)application/json[ \\t]*(?:;.*)?");

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
     * @throws Problem if {@code If-Match} is neither {@code *} nor a list of tags in quotes
     */
    static LongPredicate expectedVersion(HttpEvent event) {
        String ifMatch = event.header("if-match");
        return ifMatch == null ? version -> true : IfMatch.versions(ifMatch);
    }

    /** The entity tag of a version. */
    static String tag(long version) {
        return "\"" + version + "\"";
    }
}
