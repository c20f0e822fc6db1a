package dev.storyline.edge;

import org.jspecify.annotations.Nullable;

/**
 * What came of a command at the inner door. A rejection is an outcome, not an error; what must be tried again is thrown.
 *
 * @param outcome {@code accepted}, {@code already-so}, {@code rejected}, or {@code unreadable}: it will never be understood
 * @param rule the rule that rejected it, or what cannot be read; else null
 * @param stream the stream it was about
 * @param version the version of the stream's last event as far as it is known; 0 where nothing was recorded
 */
public record InternalCommandReply(String outcome, @Nullable String rule, String stream, long version) {
    static final String ACCEPTED = "accepted";
    static final String ALREADY_SO = "already-so";
    static final String REJECTED = "rejected";
    static final String UNREADABLE = "unreadable";
}
