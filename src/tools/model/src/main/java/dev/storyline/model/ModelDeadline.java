package dev.storyline.model;

import java.util.List;

/**
 * A command that a slice has dispatched at an instant, unless it takes it back before.
 *
 * @param command the command
 * @param at what the instant is computed from: fields of events, or whole events, which stand for the time of their record
 */
@Part(value = "The deadline of {}", says = "What the instant is computed from.", alone = "at")
public record ModelDeadline(
        Ref command,

        @Key(
                says = "Fields of events, or whole events, which stand for the time of their record.",
                to = Key.Target.FIELD)
        List<Ref> at) {
    public ModelDeadline {
        at = List.copyOf(at);
    }
}
