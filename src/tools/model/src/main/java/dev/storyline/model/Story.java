package dev.storyline.model;

import java.util.List;

/**
 * A chain across slices and contexts, from commands to what can be read in the end. Journeys run it on the local cloud.
 * Commands, views and public events of other contexts stand with the context before them.
 *
 * @param name a sentence, unique within the model
 * @param about its description
 * @param given the commands that were sent before
 * @param when the commands that are sent, and the time that passes between them
 * @param eventually the rows that views show in the end, {@code no View} for one that is gone, and rejections
 * @param notes remarks about it
 * @param place its location in the file
 */
@Part(value = "The story {}", says = "A chain across slices and contexts.", sentence = true)
public record Story(
        String name,
        @Key(says = "What it tells, one sentence.") String about,
        @Key(says = "The commands that were sent before.") List<ScenarioStep> given,

        @Key(says = "The commands that are sent, and the time that passes between them.")
        List<ScenarioStep> when,

        @Key(says = "What views show in the end.") List<ScenarioStep> eventually,
        @Key(says = "Remarks of people.", remark = true) Notes notes,
        SourceLocation place) {
    public Story {
        given = List.copyOf(given);
        when = List.copyOf(when);
        eventually = List.copyOf(eventually);
    }
}
