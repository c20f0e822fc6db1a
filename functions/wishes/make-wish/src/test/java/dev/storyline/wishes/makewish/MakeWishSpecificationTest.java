package dev.storyline.wishes.makewish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishEvent.WishFulfilled;
import dev.storyline.contexts.wishes.WishEvent.WishRejected;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.eventstore.Json;
import dev.storyline.kernel.Gate;
import dev.storyline.kernel.Occasion;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import dev.storyline.projections.Head;
import dev.storyline.projections.Page;
import dev.storyline.projections.View;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MakeWishSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final WishId NEW = new WishId("new");
    private static final Instant NOW = Instant.parse("2026-12-01T12:00:00Z");

    private static MakeWish wish(boolean naughty, boolean listed) {
        return new MakeWish(NEW, SIMO, "a sled", naughty, listed, NOW);
    }

    private static WishRejected rejected(String reason) {
        return new WishRejected(NEW, SIMO, "a sled", reason, NOW);
    }

    private static List<Object> openWishes(int count) {
        List<Object> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(new WishApproved(new WishId("w" + i), SIMO, "wish " + i));
        }
        return events;
    }

    private static WishRejected earlier(String reason, Instant at) {
        return new WishRejected(new WishId("old"), SIMO, "a gun", reason, at);
    }

    @Test
    void a_good_wish_of_a_good_child_is_approved() {
        Specification.of(new MakeWishDecider()).when(wish(false, false)).then(new WishApproved(NEW, SIMO, "a sled"));
    }

    @Test
    void the_tenth_open_wish_is_approved_and_the_eleventh_is_too_many() {
        Specification.of(new MakeWishDecider())
                .given(openWishes(9))
                .when(wish(false, false))
                .then(new WishApproved(NEW, SIMO, "a sled"));
        Specification.of(new MakeWishDecider())
                .given(openWishes(10))
                .when(wish(false, false))
                .thenRejected(MakeWishDecider.TOO_MANY_WISHES, rejected("too-many-wishes"));
    }

    @Test
    void a_cancelled_and_a_fulfilled_wish_make_room() {
        for (Object closing :
                List.of(new WishCancelled(new WishId("w3"), SIMO), new WishFulfilled(new WishId("w3"), SIMO))) {
            List<Object> story = openWishes(10);
            story.add(closing);
            Specification.of(new MakeWishDecider())
                    .given(story)
                    .when(wish(false, false))
                    .then(new WishApproved(NEW, SIMO, "a sled"));
        }
    }

    @Test
    void a_child_on_the_naughty_list_gets_nothing_until_the_moment_it_ends() {
        Specification.of(new MakeWishDecider())
                .given(new BecameNaughty(SIMO, NOW.plusNanos(1)))
                .when(wish(false, false))
                .thenRejected(MakeWishDecider.CHILD_ON_NAUGHTY_LIST, rejected("child-on-naughty-list"));
        Specification.of(new MakeWishDecider())
                .given(new BecameNaughty(SIMO, NOW))
                .when(wish(false, false))
                .then(new WishApproved(NEW, SIMO, "a sled"));
        Specification.of(new MakeWishDecider())
                .when(wish(false, true))
                .thenRejected(MakeWishDecider.CHILD_ON_NAUGHTY_LIST, rejected("child-on-naughty-list"));
    }

    @Test
    void a_naughty_wish_is_rejected_on_record() {
        Specification.of(new MakeWishDecider())
                .when(wish(true, false))
                .thenRejected(MakeWishDecider.NAUGHTY_WISH, rejected("naughty-wish"));
    }

    @Test
    void a_naughty_wish_bans_for_one_minute_and_not_a_moment_longer() {
        Specification.of(new MakeWishDecider())
                .given(earlier("naughty-wish", NOW.minusSeconds(60).plusNanos(1)))
                .when(wish(false, false))
                .thenRejected(MakeWishDecider.BANNED);
        Specification.of(new MakeWishDecider())
                .given(earlier("naughty-wish", NOW.minusSeconds(60)))
                .when(wish(false, false))
                .then(new WishApproved(NEW, SIMO, "a sled"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"too-many-wishes", "child-on-naughty-list"})
    void other_rejections_ban_nobody_not_even_a_command_from_a_moment_earlier(String reason) {
        Specification.of(new MakeWishDecider())
                .given(earlier(reason, NOW.plusSeconds(1)))
                .when(wish(false, false))
                .then(new WishApproved(NEW, SIMO, "a sled"));
    }

    @Test
    void the_rules_speak_in_order_banned_then_too_many_then_listed_then_naughty() {
        List<Object> everything = openWishes(10);
        everything.add(new BecameNaughty(SIMO, NOW.plusSeconds(1)));
        Specification.of(new MakeWishDecider())
                .given(everything)
                .when(wish(true, true))
                .thenRejected(MakeWishDecider.TOO_MANY_WISHES, rejected("too-many-wishes"));
        Specification.of(new MakeWishDecider())
                .given(new BecameNaughty(SIMO, NOW.plusSeconds(1)))
                .when(wish(true, false))
                .thenRejected(MakeWishDecider.CHILD_ON_NAUGHTY_LIST, rejected("child-on-naughty-list"));
        everything.add(earlier("naughty-wish", NOW));
        Specification.of(new MakeWishDecider())
                .given(everything)
                .when(wish(true, true))
                .thenRejected(MakeWishDecider.BANNED);
    }

    private static final Occasion OCCASION = new Occasion(Wishes.stream(SIMO), "key-1", "simo", NOW);

    /** A naughty list that knows one child, or none. */
    private record OneListed(@Nullable NaughtyChild child) implements View {
        @Override
        public Head head(StreamId stream) {
            return child == null
                    ? new Head(0, null, null)
                    : new Head(1, null, Json.mapper().valueToTree(child));
        }

        @Override
        public <R extends Record> @Nullable R row(RowKey key, Class<R> type) {
            return null;
        }

        @Override
        public <R extends Record> Page<R> rows(String partition, String after, Class<R> type) {
            return new Page<>(List.of(), null);
        }
    }

    private static Gate<MakeWish> gate(@Nullable NaughtyChild listed, String wish) {
        return new MakeWishGatekeeper(new OneListed(listed), NaughtyWords.common())
                .gate(new MakeWishRequest(SIMO, wish), OCCASION);
    }

    @Test
    void the_gatekeeper_refuses_a_blank_wish_and_one_of_more_than_500_characters() {
        assertThat(gate(null, " \t")).isEqualTo(Gate.closed(MakeWishGatekeeper.BLANK_WISH));
        assertThat(gate(null, "x".repeat(501))).isEqualTo(Gate.closed(MakeWishGatekeeper.WISH_TOO_LONG));
        assertThat(gate(null, "x".repeat(500))).isInstanceOf(Gate.Open.class);
        assertThat(gate(null, "\ud83c\udf81".repeat(500))).isInstanceOf(Gate.Open.class);
    }

    @Test
    void the_gatekeeper_completes_the_command_and_decides_nothing() {
        WishId id = new WishId(OCCASION.newId("wish").toString());
        assertThat(gate(null, "a sled")).isEqualTo(Gate.open(new MakeWish(id, SIMO, "a sled", false, false, NOW)));
        assertThat(gate(new NaughtyChild(SIMO, NOW.plusSeconds(1)), "a gun"))
                .isEqualTo(Gate.open(new MakeWish(id, SIMO, "a gun", true, true, NOW)));
        assertThat(gate(new NaughtyChild(SIMO, NOW), "a sled"))
                .as("naughty until now")
                .isEqualTo(Gate.open(new MakeWish(id, SIMO, "a sled", false, false, NOW)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a gun", "GUN!", "gun", "one Stupid thing", "(bomb)", "hell's kitchen"})
    void naughty_words_are_whole_words_in_any_case(String text) {
        assertThat(NaughtyWords.common().in(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a gunslinger", "hello", "begun", "poisonous frog", "\u00fcbergun\u00e4", "gun1"})
    void words_that_only_contain_a_naughty_one_are_fine(String text) {
        assertThat(NaughtyWords.common().in(text)).isFalse();
    }
}
