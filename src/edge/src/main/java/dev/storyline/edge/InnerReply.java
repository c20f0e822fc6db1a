package dev.storyline.edge;

import org.jspecify.annotations.Nullable;

/**
 * What came of a command at the inner door. A rejection is an outcome, not an error; what must be tried again is thrown.
 *
 * @param outcome {@code accepted}, {@code already-so} or {@code rejected}
 * @param rule the rule that rejected it, or null
 * @param stream the stream it was about
 * @param version the version of the stream's last event as far as it is known; 0 where nothing was recorded
 */
public record InnerReply(String outcome, @Nullable String rule, String stream, long version) {}
