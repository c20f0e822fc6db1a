package dev.storyline.local.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.kernel.StreamId;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.local.history.TwoContexts.Meta;
import dev.storyline.local.operator.StreamName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The story of one stream, and how it is found. */
class StreamHistoryTest {
    private static final TwoContexts CONTEXTS = new TwoContexts();
    private static final StreamName ORDER = new StreamName("shop", StreamId.parse("order#o1"));

    @BeforeAll
    static void happened() {
        CONTEXTS.happened("shop", "order#o1", 1, Meta.byHand("k1"), "Placed {\"a\":1}", "Noted {\"a\":2}");
        CONTEXTS.happened("shop", "order#o1", 3, Meta.byHand("k2"), "Paid {\"a\":3}");
        CONTEXTS.happened("shop", "order#o2", 1, Meta.byHand("k3"), "Placed {}");
        CONTEXTS.happened("depot", "order#o1", 1, Meta.byHand("k4"), "Packed {}");
    }

    private static List<ObjectNode> told(Moment until) {
        List<ObjectNode> events = new ArrayList<>();
        long version = new StreamHistory(CONTEXTS.tables).tell(ORDER, until, events::add);
        assertThat(events.getLast().path("version").asLong()).isEqualTo(version);
        return events;
    }

    @Test
    void an_event_is_told_with_who_when_and_why() {
        assertThat(Json.text(told(Moment.NOW).get(1)))
                .isEqualTo(
                        "{\"context\":\"shop\",\"stream\":\"order#o1\",\"version\":2,\"type\":\"Noted\",\"schema\":1,"
                                + "\"at\":\"2026-12-01T12:00:01Z\",\"actor\":\"ada\",\"command\":\"k1\",\"correlation\":\"k1\","
                                + "\"data\":{\"a\":2}}");
    }

    @Test
    void the_story_ends_at_a_version_or_before_what_was_decided_after_an_instant() {
        assertThat(told(Moment.NOW)).hasSize(3);
        assertThat(told(new Moment.Version(1))).hasSize(1);
        assertThat(told(new Moment.Version(3))).hasSize(3);
        assertThat(told(new Moment.Time(TwoContexts.NOON.plusSeconds(1)))).hasSize(2);
        assertThat(told(new Moment.Time(TwoContexts.NOON.plusSeconds(3)))).hasSize(3);
    }

    @Test
    void a_story_longer_than_a_page_is_told_whole() {
        StreamName many = new StreamName("depot", StreamId.parse("shelf#long"));
        for (int version = 1; version <= 1_501; version += 50) {
            String[] events = new String[50];
            Arrays.fill(events, "Moved {}");
            CONTEXTS.happened("depot", "shelf#long", version, Meta.byHand("m" + version), events);
        }
        List<Long> versions = new ArrayList<>();
        new StreamHistory(CONTEXTS.tables)
                .tell(
                        many,
                        Moment.NOW,
                        event -> versions.add(event.path("version").asLong()));
        assertThat(versions).hasSize(1_550).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void what_is_not_there_is_said_in_one_sentence() {
        assertThatThrownBy(() -> told(new Moment.Version(4)))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("The stream shop/order#o1 has 3 events, and no version 4.");
        assertThatThrownBy(() -> told(new Moment.Time(TwoContexts.NOON)))
                .isInstanceOf(LocalCloudException.class)
                .hasMessage("The stream shop/order#o1 had no events at 2026-12-01T12:00:00Z.");
    }
}
