package dev.storyline.edge;

import dev.storyline.kernel.Id;
import java.util.Arrays;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lets people act for themselves only: the token's subject must be the id that a request is about. Where no token was
 * asked for, nothing is compared.
 *
 * @param id whom a request is about
 * @param free the scopes of those who may act for anybody
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

    /** Whether a request may ask for what has this id. */
    boolean lets(HttpEvent event, String whose) {
        return !event.hasToken() || event.scopes().stream().anyMatch(free::contains) || whose.equals(event.subject());
    }
}
