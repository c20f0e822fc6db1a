package dev.storyline.edge;

import dev.storyline.kernel.Id;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets people act only for themselves: the subject of the token must be the id of the person that a request is about. A
 * route without an authorizer compares nothing.
 *
 * @param id the id of the person that a request is about
 * @param free the scopes of the actors who may act for anybody
 */
record OwnershipCheck<R>(Function<R, ? extends Id> id, Set<String> free) {
    static <R> OwnershipCheck<R> of(String slice, Function<R, ? extends Id> id, String... actors) {
        String context = slice.substring(0, slice.indexOf('/') + 1);
        return new OwnershipCheck<>(
                id, Arrays.stream(actors).map(actor -> context + actor).collect(Collectors.toUnmodifiableSet()));
    }

    /** @throws Problem if the request is about somebody else */
    static <R> void check(@Nullable OwnershipCheck<R> own, R request, HttpEvent event) {
        if (own != null && !own.lets(event, own.id().apply(request).value())) {
            throw Problem.notYours(event.actor());
        }
    }

    /** Whether a request may be about the person with this id. */
    boolean lets(HttpEvent event, String whose) {
        return !event.hasToken() || event.scopes().stream().anyMatch(free::contains) || whose.equals(event.subject());
    }
}
