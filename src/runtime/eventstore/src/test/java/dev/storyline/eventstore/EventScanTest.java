package dev.storyline.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The commits that a scan is asked for. */
class EventScanTest {
    private static final TestTable TABLE = TestTable.create();

    @BeforeAll
    static void fill() {
        put("a", "2026-01-01T00:00:00Z", "one");
        put("b", "2026-01-01T00:00:00.5Z", "two");
        put("c", "2026-01-01T00:00:01Z", "one");
        put("d", "2025-12-31T23:59:59.999999999Z", "one");
    }

    private static void put(String id, String at, String correlation) {
        TABLE.store()
                .append(new Commit(
                        new StreamId("thing", id),
                        1,
                        id,
                        Instant.parse(at),
                        List.of(new StoredEvent("Happened", 1, false, "{}")),
                        new CommitMetadata("tester", correlation, null, null, null)));
    }

    private static List<String> found(@Nullable String since, @Nullable String correlation) {
        EventScan scan = new EventScan(TABLE.client(), TABLE.name());
        EventScan.Wanted wanted = new EventScan.Wanted(since == null ? null : Instant.parse(since), correlation);
        List<String> ids = new ArrayList<>();
        int scanned = 0;
        for (int segment = 0; segment < 3; segment++) {
            EventScan.After after = null;
            do {
                EventScan.MatchPage page = scan.matching(segment, 3, after, wanted);
                for (Map<String, AttributeValue> item : page.items()) {
                    ids.add(CommitItem.read(item).id());
                }
                scanned += page.scanned();
                after = page.next();
            } while (after != null);
        }
        assertThat(scanned).isEqualTo(4);
        return ids;
    }

    @Test
    void nothing_wanted_is_everything() {
        assertThat(found(null, null)).containsExactlyInAnyOrder("a", "b", "c", "d");
    }

    @Test
    void a_conversation_is_found() {
        assertThat(found(null, "one")).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(found(null, "none")).isEmpty();
    }

    @Test
    void a_second_is_found_whole_because_texts_of_instants_have_fractions_or_none() {
        assertThat(found("2026-01-01T00:00:00Z", null)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(found("2026-01-01T00:00:00.9Z", null)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(found("2026-01-01T00:00:01Z", "one")).containsExactly("c");
    }
}
