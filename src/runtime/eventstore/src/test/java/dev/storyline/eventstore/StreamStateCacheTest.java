package dev.storyline.eventstore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.storyline.kernel.StreamId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a warm function remembers of streams. */
class StreamStateCacheTest {
    private final StreamStateCache<String> cache = new StreamStateCache<>();

    @Test
    void aStreamOfTenThousandCommitsIsRemembered() {
        FoldedStream<String> folded = commits("long", 10_000);
        cache.put(stream("long"), folded);
        assertEquals(folded, cache.get(stream("long")));
    }

    @Test
    void aStreamThatAloneIsTooLongIsNotRemembered() {
        cache.put(stream("long"), commits("long", StreamStateCache.MAX_COMMITS + 1));
        assertNull(cache.get(stream("long")));
    }

    @Test
    void theLeastRecentlyUsedStreamsAreForgottenWhereTheCommitsAreTooMany() {
        cache.put(stream("first"), commits("first", StreamStateCache.MAX_COMMITS / 2));
        cache.put(stream("second"), commits("second", StreamStateCache.MAX_COMMITS / 2));
        assertNotNull(cache.get(stream("first")));
        cache.put(stream("third"), commits("third", 1));
        assertNotNull(cache.get(stream("first")));
        assertNull(cache.get(stream("second")));
        assertNotNull(cache.get(stream("third")));
    }

    @Test
    void aStreamThatGrowsCountsOnce() {
        FoldedStream<String> folded = commits("long", StreamStateCache.MAX_COMMITS / 2);
        for (int i = 0; i < 10; i++) {
            cache.put(stream("long"), folded);
        }
        assertNotNull(cache.get(stream("long")));
    }

    @Test
    void theLeastRecentlyUsedStreamIsForgottenWhereTheStreamsAreTooMany() {
        for (int i = 0; i <= StreamStateCache.MAX_STREAMS; i++) {
            cache.put(stream("s" + i), commits("s" + i, 1));
        }
        assertNull(cache.get(stream("s0")));
        assertNotNull(cache.get(stream("s1")));
    }

    @Test
    void anOlderStateDoesNotReplaceAYoungerOne() {
        cache.put(stream("one"), commits("one", 2));
        cache.put(stream("one"), commits("one", 1));
        assertEquals(2, Objects.requireNonNull(cache.get(stream("one"))).version());
    }

    private static StreamId stream(String id) {
        return new StreamId("child", id);
    }

    private static FoldedStream<String> commits(String id, int count) {
        FoldedStream<String> folded = new FoldedStream<>("state", 0, null);
        for (int version = 1; version <= count; version++) {
            folded = folded.with(Commits.of(stream(id), version, "c" + version, 1), "state");
        }
        return folded;
    }
}
