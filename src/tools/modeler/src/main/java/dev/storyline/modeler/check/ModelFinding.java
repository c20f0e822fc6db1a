package dev.storyline.modeler.check;

import dev.storyline.model.SourceLocation;

/**
 * A finding of the check at a location of a model.
 *
 * @param rule the violated rule
 * @param context the context of the model
 * @param subject the element, field or slice, {@code WishApproved.wish} or {@code make-wish}
 * @param place the location
 * @param sentence the problem
 */
public record ModelFinding(CheckRule rule, String context, String subject, SourceLocation place, String sentence) {
    @Override
    public String toString() {
        return place + ": " + rule.severity().word() + " " + rule.id() + " " + sentence;
    }
}
