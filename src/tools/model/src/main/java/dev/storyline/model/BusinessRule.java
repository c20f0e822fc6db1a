package dev.storyline.model;

import java.util.List;

/**
 * A business rule by which a gatekeeper or a command handler rejects a command.
 *
 * @param name {@code too-many-wishes}, the name that clients and specifications use
 * @param says the message for people; may be empty
 * @param reads the fields that decide the rule: of the command, of events of the stream, of views that a gatekeeper reads
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(
        value = "The rule {}",
        says = "A rule by which the business says no; what a person is told is enough.",
        alone = "says")
public record BusinessRule(
        String name,
        @Key(says = "What a person is told.") String says,

        @Key(says = "The fields that decide it.", to = Key.Target.FIELD)
        List<Ref> reads,

        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    public BusinessRule {
        reads = List.copyOf(reads);
    }
}
