package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.Rule;
import dev.storyline.testkit.Library.BookBought;
import dev.storyline.testkit.Library.BookLent;
import dev.storyline.testkit.Library.BookReturned;
import dev.storyline.testkit.Library.CoverRepaired;
import dev.storyline.testkit.Library.LendBook;
import dev.storyline.testkit.Library.LendBookDecider;
import dev.storyline.testkit.Library.Lending;
import dev.storyline.testkit.Library.LendingRefused;
import dev.storyline.testkit.Library.ReaderId;
import dev.storyline.testkit.Library.Shelf;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeciderSpecificationTest {
    private static final ReaderId ADA = new ReaderId("ada");
    private static final ReaderId BOB = new ReaderId("bob");
    private static final DeciderSpecification<LendBook, Shelf, Lending> BOUGHT =
            Specification.of(new LendBookDecider()).given(new BookBought("Emma"));

    @Test
    void events_that_happen_are_compared() {
        BOUGHT.when(new LendBook(ADA)).then(new BookLent(ADA));
    }

    @Test
    void nothing_to_do_is_told_from_acceptance() {
        var again = BOUGHT.given(new BookLent(ADA)).when(new LendBook(ADA));
        again.thenNothing();
        assertThatThrownBy(() -> again.then(new BookLent(ADA))).isInstanceOf(AssertionError.class);
    }

    @Test
    void a_rejection_is_compared_by_the_name_of_its_rule_and_its_events() {
        var refused = BOUGHT.given(new BookLent(ADA)).when(new LendBook(BOB));
        refused.thenRejected(Rule.forbids("book-is-lent", "In other words."), new LendingRefused(BOB));
        assertThatThrownBy(() -> refused.thenRejected(Library.LENT)).hasMessageContaining("recording nothing");
        assertThatThrownBy(() -> refused.thenRejected(Library.RESERVED, new LendingRefused(BOB)))
                .hasMessageContaining("book-is-reserved");
        Specification.of(new LendBookDecider()).when(new LendBook(ADA)).thenRejected(Library.NO_SUCH_BOOK);
    }

    @Test
    void acceptance_is_no_rejection() {
        assertThatThrownBy(() -> BOUGHT.when(new LendBook(ADA)).thenRejected(Library.LENT, new BookLent(ADA)))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> BOUGHT.when(new LendBook(ADA)).thenNothing()).isInstanceOf(AssertionError.class);
    }

    @Test
    void events_of_another_family_are_passed_over() {
        BOUGHT.given(new CoverRepaired(250)).when(new LendBook(ADA)).then(new BookLent(ADA));
    }

    @Test
    void a_common_beginning_stays_as_it_is() {
        BOUGHT.given(List.of(new BookLent(ADA), new BookReturned(ADA)))
                .when(new LendBook(BOB))
                .then(new BookLent(BOB));
        BOUGHT.given(new BookLent(ADA));
        BOUGHT.when(new LendBook(BOB)).then(new BookLent(BOB));
    }

    @Test
    void what_is_no_event_is_refused_instead_of_passed_over() {
        assertThatThrownBy(() -> BOUGHT.given("BookLent"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BookLent");
    }

    @Test
    void a_wrong_expectation_reads_as_a_story() {
        assertThatThrownBy(() -> BOUGHT.given(new CoverRepaired(250), new BookLent(ADA))
                        .when(new LendBook(BOB))
                        .then(new BookLent(BOB)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Given
                          1. BookBought[title=Emma]
                          2. CoverRepaired[cents=250] (passed over: no Lending)
                          3. BookLent[reader=ReaderId[value=ada]]
                        when
                          LendBook[reader=ReaderId[value=bob]]
                        expected
                          BookLent[reader=ReaderId[value=bob]]
                        but got
                          a rejection by 'book-is-lent'
                          LendingRefused[reader=ReaderId[value=bob]]
                        """);
    }
}
