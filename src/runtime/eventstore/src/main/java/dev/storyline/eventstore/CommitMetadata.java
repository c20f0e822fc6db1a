package dev.storyline.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * What a commit says about the command that made it: enough to explain it, and to give the same answer again.
 *
 * @param actor who asked
 * @param correlation the conversation it belongs to
 * @param causation the id of the event that led to it, or null for a request from outside
 * @param request hash of slice, path and body at the outer door, or null at the inner one
 * @param rejection the rule that said no while recording these events, or null if they were accepted
 */
public record CommitMetadata(
        String actor,
        String correlation,
        @Nullable String causation,
        @Nullable String request,
        @Nullable Rejection rejection) {
    /**
     * A rule that said no, as it was answered.
     *
     * @param rule the rule's name
     * @param sentence what it told people
     */
    public record Rejection(String rule, String sentence) {}
}
