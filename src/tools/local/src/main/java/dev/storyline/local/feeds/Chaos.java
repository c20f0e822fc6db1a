package dev.storyline.local.feeds;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Bad deliveries by a seed: some batches come twice, some records come out of order, and some records of a feed never
 * come. Messages that a queue drops come later. Each transport has its own, so threads do not share a generator.
 */
public final class Chaos {
    /** Good deliveries. */
    public static final Chaos NONE = new Chaos(null);

    private static final double DOUBLED = 0.15;
    private static final double SHUFFLED = 0.3;
    private static final double DROPPED = 0.03;

    private final @Nullable Random random;

    private Chaos(@Nullable Random random) {
        this.random = random;
    }

    /** The bad deliveries of one transport. */
    public static Chaos of(long seed, String transport) {
        return new Chaos(new Random(seed ^ transport.hashCode()));
    }

    boolean doubles() {
        return random != null && random.nextDouble() < DOUBLED;
    }

    boolean drops() {
        return random != null && random.nextDouble() < DROPPED;
    }

    /** The same elements, sometimes in another order. */
    <T> List<T> disordered(List<T> inOrder) {
        if (random == null || random.nextDouble() >= SHUFFLED) {
            return inOrder;
        }
        List<T> shuffled = new ArrayList<>(inOrder);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    /** The elements that are not lost. */
    <T> List<T> decimated(List<T> all) {
        return random == null ? all : all.stream().filter(one -> !drops()).toList();
    }
}
