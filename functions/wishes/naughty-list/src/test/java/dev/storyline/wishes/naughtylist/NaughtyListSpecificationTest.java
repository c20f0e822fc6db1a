package dev.storyline.wishes.naughtylist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.Naughtiness.BecameNaughty;
import dev.storyline.contexts.wishes.NaughtyChild;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaughtyListSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final Instant FIRST = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant LATER = FIRST.plusSeconds(60);

    @Test
    void a_naughty_child_stands_in_the_list_and_answers_for_itself() {
        NaughtyChild row = new NaughtyChild(SIMO, FIRST);
        Specification.of(new NaughtyListProjection())
                .given(new BecameNaughty(SIMO, FIRST))
                .thenRow(row.key(), row)
                .thenOwnRow(row);
    }

    @Test
    void longer_naughtiness_moves_the_child_in_the_list() {
        NaughtyChild row = new NaughtyChild(SIMO, LATER);
        Specification.of(new NaughtyListProjection())
                .given(new BecameNaughty(SIMO, FIRST), new BecameNaughty(SIMO, LATER))
                .thenNoRow(new NaughtyChild(SIMO, FIRST).key())
                .thenRow(row.key(), row)
                .thenOwnRow(row);
    }

    @Test
    void the_list_is_sorted_by_its_end_for_every_instant_there_is() {
        assertThat(List.of(
                        NaughtyChild.sort(Instant.MIN),
                        NaughtyChild.sort(Instant.EPOCH.minusNanos(1)),
                        NaughtyChild.sort(Instant.EPOCH),
                        NaughtyChild.sort(FIRST),
                        NaughtyChild.sort(FIRST.plusNanos(1)),
                        NaughtyChild.sort(Instant.MAX)))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
