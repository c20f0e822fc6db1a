package dev.storyline.projections;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How many effects of a commit have been run, if not all. They are known by their keys, so that a handler whose code
 * has changed meanwhile repeats the effects of the commit and never skips one.
 *
 * @param count how many, from the first one on
 * @param digest a digest of their keys, in order
 */
record EffectsDone(int count, int digest) {
    static <E> EffectsDone of(List<EffectDispatch.Due<E>> due, int count) {
        int digest = 1;
        for (EffectDispatch.Due<E> one : due.subList(0, count)) {
            digest = 31 * digest + one.key().hashCode();
        }
        return new EffectsDone(count, digest);
    }

    /** How many of these effects need not be run again. */
    static <E> int in(List<EffectDispatch.Due<E>> due, @Nullable EffectsDone done) {
        return done != null && done.count <= due.size() && of(due, done.count).equals(done) ? done.count : 0;
    }

    AttributeValue stored() {
        return AttributeValue.fromM(Map.of(
                "count", AttributeValue.fromN(Integer.toString(count)),
                "digest", AttributeValue.fromN(Integer.toString(digest))));
    }

    static @Nullable EffectsDone read(@Nullable AttributeValue stored) {
        return stored == null
                ? null
                : new EffectsDone(
                        Integer.parseInt(
                                Objects.requireNonNull(stored.m().get("count")).n()),
                        Integer.parseInt(
                                Objects.requireNonNull(stored.m().get("digest")).n()));
    }
}
