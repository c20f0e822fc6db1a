package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The result of a command at the internal endpoint. A rejection is a result, not an error. A failure that may pass is
 * thrown.
 *
 * @param outcome {@code accepted}, {@code already-so}, {@code rejected}, or, which no retry changes, {@code unreadable}
 *     or {@code not-its-own}: another command is recorded under its id
 * @param rule the rule that rejected it, or the reason why it is unreadable or not carried out; else null
 * @param stream the stream of the command
 * @param version the version of the stream's last event if it is known; 0 if nothing was recorded
 * @param state the state from which a command would have been decided, where the outcome is {@code folded}; else null
 */
public record InternalCommandReply(
        String outcome,
        @Nullable String rule,
        String stream,
        long version,
        @Nullable JsonNode state) {
    static final String FOLDED = "folded";
    static final String ACCEPTED = "accepted";
    static final String ALREADY_SO = "already-so";
    static final String REJECTED = "rejected";
    static final String UNREADABLE = "unreadable";
    static final String NOT_ITS_OWN = "not-its-own";

    /** The result of a command. */
    public InternalCommandReply(String outcome, @Nullable String rule, String stream, long version) {
        this(outcome, rule, stream, version, null);
    }

    /** Whether the command was decided: accepted, needless, or refused by a rule. */
    boolean isCarriedOut() {
        return !outcome.equals(UNREADABLE) && !outcome.equals(NOT_ITS_OWN);
    }
}
