package dev.storyline.kernel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event whose fields must agree with each other. No decision can contain one that does not keep its invariant, whichever
 * decider made it. Reading refuses nothing: what is recorded is recorded.
 *
 * <pre>{@code record EntryPosted(List<Posting> postings) implements Invariant {
 *     public @Nullable String broken() { return isEven(postings) ? null : "The postings do not add up to zero"; }
 * }}</pre>
 */
public interface Invariant {
    /** What is wrong, in one sentence; null if nothing is. */
    @Nullable
    String broken();

    /**
     * Copies events that a decision contains.
     *
     * @throws IllegalArgumentException if one of them does not keep its invariant, which is a bug of the decider
     */
    static <E> List<E> kept(List<E> events) {
        List<E> copy = List.copyOf(events);
        for (E event : copy) {
            String broken = event instanceof Invariant invariant ? invariant.broken() : null;
            if (broken != null) {
                throw new IllegalArgumentException(broken + ": " + event);
            }
        }
        return copy;
    }
}
