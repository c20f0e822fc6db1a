package dev.storyline.model;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A record that is a part of the file. Its components with a {@link Key} are its keys, in the order of the file. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Part {
    /** The part in messages; {@code {}} stands for its name. */
    String value();

    /** What it is, one sentence for people. */
    String says() default "";

    /** The keys whose value alone may stand for the part: a text for the first one with a text, a list for the other. */
    String[] alone() default {};

    /** Whether its name is a sentence rather than a word. */
    boolean sentence() default false;

    /** Whether a single one may stand without a name. */
    boolean unnamed() default false;
}
