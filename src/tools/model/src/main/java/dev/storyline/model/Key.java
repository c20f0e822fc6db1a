package dev.storyline.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/**
 * One key of the file, at the component of the record that holds its value. The reader, the writer, the JSON Schema, the
 * resolving of names, seals and differences all follow from it: see {@link PartFormat}.
 */
@Retention(RetentionPolicy.RUNTIME)
@java.lang.annotation.Target(ElementType.RECORD_COMPONENT)
public @interface Key {
    /** The word in the file; the name of the component where it is empty. */
    String value() default "";

    /** What it means, one sentence for people. */
    String says();

    /** What the names under the key refer to: one of these, in this order. */
    Target[] to() default {};

    /** Whether a part without it is refused. */
    boolean required() default false;

    /** The pattern of a text; empty for any text. */
    String pattern() default "";

    /** The sentence about a value that is refused, without its end {@code , not 'value'.}. */
    String rule() default "";

    /** Whether it is a remark: about the work on the model, so that a seal passes over it. */
    boolean remark() default false;

    /** What a name refers to. */
    enum Target {
        ACTOR("actor"),
        SYSTEM("system"),
        STREAM("stream"),
        TYPE("type"),
        /** A type, a view or a basic type; {@code optional} and {@code list of} may stand before it. */
        ANY_TYPE("type"),
        BASIC_TYPE("basic type"),
        EVENT("event"),
        PUBLIC_EVENT("public event"),
        COMMAND("command"),
        VIEW("view"),
        SLICE("slice"),
        /** A field of any element, or of the part itself; or a whole element. */
        FIELD("element");

        private final String word;

        Target(String word) {
            this.word = word;
        }

        /** The word in messages. */
        public String word() {
            return word;
        }
    }
}
