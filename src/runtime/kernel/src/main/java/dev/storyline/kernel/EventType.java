package dev.storyline.kernel;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event record is stored. The name is the storage format: it is never derived from the class
 * name, and it is never changed once an event has been recorded.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
    /** The stored name, past tense, unique in its context: {@code WishApproved}. */
    String value();

    /** The schema version that this record writes, from 1. {@link Upcaster}s convert older versions. */
    int version() default 1;

    /**
     * Whether a slice that does not know this event must refuse to decide instead of skipping the event. A cancelled
     * job, for example, must not be completed by a slice that was built before cancellations existed.
     */
    boolean essential() default false;
}
