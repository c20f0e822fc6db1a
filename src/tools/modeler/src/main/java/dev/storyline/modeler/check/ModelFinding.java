package dev.storyline.modeler.check;

import dev.storyline.model.SourceLocation;

/**
 * What the check found at a place of a model.
 *
 * @param rule the rule that does not hold
 * @param context whose model it is
 * @param subject what it is about, {@code WishApproved.wish} or the slice {@code make-wish}
 * @param place where
 * @param sentence what is wrong here
 */
public record ModelFinding(CheckRule rule, String context, String subject, SourceLocation place, String sentence) {
    @Override
    public String toString() {
        return place + ": " + rule.severity().word() + " " + rule.id() + " " + sentence;
    }
}
