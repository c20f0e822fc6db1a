package dev.storyline.model;

/**
 * A role of people or systems that use a context. An HTTP request of an actor carries a token with the scope
 * {@code <context>/<actor>}.
 *
 * @param name {@code child}
 * @param about its description; may be empty
 * @param identity the id type of the token's subject, {@code ChildId}; empty if the actor is not one specific person
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param place its location in the file
 */
@Part(value = "The actor {}", says = "Who uses the context; a sentence alone is enough.", alone = "about")
public record Actor(
        String name,
        @Key(says = "What it means, one sentence.") String about,

        @Key(
                value = "is",
                says =
                        "The type that the subject of such an actor's token is a value of: ChildId. Who comes as this actor"
                                + " alone acts for this id only.",
                to = Key.Target.TYPE)
        String identity,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        SourceLocation place) {}
