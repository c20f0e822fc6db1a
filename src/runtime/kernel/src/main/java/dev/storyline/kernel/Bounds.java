package dev.storyline.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Bounds of a field of a request, a query or a public event that are narrower than those of its type. The edge checks
 * them where the value enters, and the contract says them. They are not checked when a stored event is decoded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Bounds {
    /** The least number, the earliest time or day, the shortest duration, in the form of the field; empty: by type. */
    String min() default "";

    /** The greatest number, the latest time or day, the longest duration, in the form of the field; empty: by type. */
    String max() default "";

    /** The most characters of a text; 0: by type. */
    int length() default 0;

    /** The only texts that the field takes; none: any text. */
    String[] oneOf() default {};
}
