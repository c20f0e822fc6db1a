package dev.storyline.edge;

import dev.storyline.kernel.Id;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.View;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets people see only what is theirs, where the view tells whose it is. A route without an authorizer compares nothing.
 *
 * @param slice the slice with its context
 * @param stream the stream that a query is about
 * @param owner whose it is; null if there is nothing
 * @param actors those who see all data
 */
record OwnerCheck<Q>(
        String slice, Function<Q, StreamId> stream, BiFunction<Q, View, @Nullable Id> owner, List<String> actors) {
    private boolean isFree(HttpEvent event) {
        String context = slice.substring(0, slice.indexOf('/') + 1);
        return !event.hasToken()
                || actors.stream().anyMatch(actor -> event.scopes().contains(context + actor));
    }

    /** Whether whoever asks may wait for a stream. */
    boolean mayWait(HttpEvent event, Q query, StreamId waited) {
        return isFree(event) || waited.equals(stream.apply(query));
    }

    /** Whether what a query is about is there for whoever asks. */
    boolean lets(HttpEvent event, Q query, View view) {
        if (isFree(event)) {
            return true;
        }
        Id whose = owner.apply(query, view);
        return whose != null && whose.value().equals(event.subject());
    }
}
