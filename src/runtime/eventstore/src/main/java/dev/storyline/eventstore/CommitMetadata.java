package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * The metadata of the command behind a commit: enough to explain the commit and to repeat the answer.
 *
 * @param actor the person or system that asked
 * @param correlation the conversation of the command
 * @param causation the id of the event that caused it; null for a request from outside
 * @param request the hash of slice and content by which a retry is told from another command under the same id; null
 *     in older commits of internal commands, and where something other than a command handler wrote
 * @param rejection the rule that rejected the command and recorded these events; null if the command was accepted
 * @param trace the header {@code traceparent} of what follows from the commit; null where nobody traces
 */
public record CommitMetadata(
        String actor,
        String correlation,
        @Nullable String causation,
        @Nullable String request,
        @Nullable Rejection rejection,
        @Nullable String trace) {
    /** The metadata of a command that nobody traces. */
    public CommitMetadata(
            String actor,
            String correlation,
            @Nullable String causation,
            @Nullable String request,
            @Nullable Rejection rejection) {
        this(actor, correlation, causation, request, rejection, null);
    }

    /**
     * The rule of a rejection, as the client was told.
     *
     * @param rule the rule's name
     * @param sentence the rule's sentence for people
     */
    public record Rejection(String rule, String sentence) {}
}
