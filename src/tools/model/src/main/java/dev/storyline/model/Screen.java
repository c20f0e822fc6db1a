package dev.storyline.model;

import java.util.List;
import java.util.Map;

/**
 * A screen of a slice, as a wireframe: what a person sees, enters, presses, and where the person gets from it.
 *
 * @param name {@code Wish list}, unique within the slice; empty for the only screen of a slice that has no name
 * @param about its description
 * @param fields what it shows and what a person enters. A shown field has its origin in a view of the slice: the field of
 *     the same name, {@code from} or {@code computed}. An entered field has its destination in a command of the slice: the
 *     field of the same name, or {@code to}
 * @param buttons the commands that its buttons send, by the words on the button
 * @param links the slices that its links lead to, by the words of the link
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param place its location in the file
 */
@Part(
        value = "The screen {}",
        says = "A wireframe; a sentence alone says what a person sees.",
        alone = "about",
        sentence = true,
        unnamed = true)
public record Screen(
        String name,
        @Key(says = "What a person sees, one sentence.") String about,

        @Key(says = "What it shows from a view, and what a person enters for a command.")
        List<Field> fields,

        @Key(says = "Its buttons: the words on each, and the command that it sends.", to = Key.Target.COMMAND)
        Map<String, List<Ref>> buttons,

        @Key(says = "Its links: the words of each, and the slice that it leads to.", to = Key.Target.SLICE)
        Map<String, List<Ref>> links,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        SourceLocation place) {
    public Screen {
        fields = List.copyOf(fields);
    }
}
