package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.testkit.Library.BookBought;
import dev.storyline.testkit.Library.BookLent;
import dev.storyline.testkit.Library.BookReturned;
import dev.storyline.testkit.Library.CoverRepaired;
import dev.storyline.testkit.Library.Lending;
import dev.storyline.testkit.Library.LendingRefused;
import dev.storyline.testkit.Library.NoticeReader;
import dev.storyline.testkit.Library.ReaderId;
import dev.storyline.testkit.Library.Waiting;
import org.junit.jupiter.api.Test;

class EventHandlerSpecificationTest {
    private static final ReaderId ADA = new ReaderId("ada");
    private static final ReaderId BOB = new ReaderId("bob");
    private static final EventHandlerSpecification<Waiting, Lending> LENT =
            Specification.of(new NoticeReader()).given(new BookBought("Emma"), new BookLent(ADA));

    @Test
    void only_the_effects_of_the_last_event_count() {
        LENT.given(new LendingRefused(BOB))
                .when(new BookReturned(ADA))
                .then(NoticeReader.notice("book-is-back", BOB))
                .thenState(new Waiting(null));
    }

    @Test
    void nothing_may_be_set_off() {
        LENT.when(new BookReturned(ADA)).thenNothing();
    }

    @Test
    void an_event_of_another_family_sets_nothing_off() {
        LENT.given(new LendingRefused(BOB))
                .when(new CoverRepaired(250))
                .thenNothing()
                .thenState(new Waiting(BOB));
    }

    @Test
    void a_wrong_expectation_reads_as_a_story() {
        assertThatThrownBy(() -> LENT.when(new LendingRefused(BOB)).thenNothing())
                .hasMessageContaining("2. BookLent")
                .hasMessageContaining("when\n  LendingRefused")
                .hasMessageContaining("expected\n  no effect\nbut got\n  Call[name=promise");
        assertThatThrownBy(() -> LENT.when(new LendingRefused(BOB)).thenState(new Waiting(ADA)))
                .hasMessageContaining("expected\n  the state Waiting[reader=ReaderId[value=ada]]");
    }
}
