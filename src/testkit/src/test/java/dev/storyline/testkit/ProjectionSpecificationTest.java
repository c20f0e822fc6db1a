package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import dev.storyline.kernel.StreamId;
import dev.storyline.testkit.Library.BookBought;
import dev.storyline.testkit.Library.BookLent;
import dev.storyline.testkit.Library.BookReturned;
import dev.storyline.testkit.Library.BookView;
import dev.storyline.testkit.Library.Books;
import dev.storyline.testkit.Library.CoverRepaired;
import dev.storyline.testkit.Library.Lending;
import dev.storyline.testkit.Library.LendingRefused;
import dev.storyline.testkit.Library.LoanRow;
import dev.storyline.testkit.Library.ReaderId;
import dev.storyline.testkit.Library.Seen;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ProjectionSpecificationTest {
    private static final StreamId EMMA = new StreamId("book", "emma");
    private static final ReaderId ADA = new ReaderId("ada");
    private static final RowKey ADAS_LOAN = Books.loan("ada", EMMA);
    private static final ProjectionSpecification<Seen, Lending> BOUGHT =
            Specification.of(new Books()).in(EMMA).given(new BookBought("Emma"));

    record Total(int out) {}

    @Test
    void rows_are_put_and_totals_add_up() {
        BOUGHT.given(new BookLent(ADA))
                .thenOwnRow(new BookView("Emma", 1))
                .thenRow(ADAS_LOAN, new LoanRow(ADA, Specification.AT))
                .thenRow(Books.OUT, new Total(1))
                .thenState(new Seen("Emma", 1));
    }

    @Test
    void rows_disappear_and_a_zero_total_equals_an_absent_one() {
        BOUGHT.given(new BookLent(ADA), new BookReturned(ADA))
                .thenNoRow(ADAS_LOAN)
                .thenNoRow(Books.OUT)
                .thenOwnRow(new BookView("Emma", 1));
        BOUGHT.thenNoRow(Books.OUT);
        Specification.of(new Books()).thenNoOwnRow();
    }

    @Test
    void time_and_actor_are_those_of_the_story() {
        Instant later = Instant.parse("2026-02-02T08:00:00Z");
        BOUGHT.at(later).given(new BookLent(ADA)).thenRow(ADAS_LOAN, new LoanRow(ADA, later));
        BOUGHT.by("bob").given(new LendingRefused(ADA)).thenRow(ADAS_LOAN, Map.of("refusedBy", "bob"));
    }

    @Test
    void events_of_another_family_are_passed_over_and_keep_their_version() {
        BOUGHT.given(new CoverRepaired(250)).thenState(new Seen("Emma", 0));
        versions(_ -> Map.of()).given(new CoverRepaired(250), new BookLent(ADA)).thenState(new Seen("", 2));
    }

    @Test
    void setting_after_putting_keeps_the_other_attributes() {
        BOUGHT.given(new BookLent(ADA), new LendingRefused(ADA))
                .thenRow(ADAS_LOAN, Map.of("reader", ADA, "since", Specification.AT, "refusedBy", Specification.ACTOR));
    }

    @Test
    void setting_after_removing_leaves_only_what_was_set() {
        BOUGHT.given(new BookLent(ADA), new BookReturned(ADA), new LendingRefused(ADA))
                .thenRow(ADAS_LOAN, Map.of("refusedBy", Specification.ACTOR));
    }

    @Test
    void putting_after_setting_replaces_the_row() {
        BOUGHT.given(new LendingRefused(ADA), new BookLent(ADA)).thenRow(ADAS_LOAN, new LoanRow(ADA, Specification.AT));
    }

    @Test
    void setting_is_by_attribute_and_numbers_are_equal_by_value() {
        versions(recorded -> Map.of("version" + recorded.version(), 1L, "last", (int) recorded.version()))
                .given(new BookBought("Emma"), new BookLent(ADA))
                .thenRow(ADAS_LOAN, Map.of("version1", 1, "version2", new BigDecimal("1.0"), "last", 2L));
    }

    @Test
    void a_row_and_a_shared_total_never_have_one_key() {
        var mixed = Specification.of(new Stepping(recorded -> Step.to(new Seen("", recorded.version()))
                        .remove(ADAS_LOAN)
                        .add(ADAS_LOAN, Map.of("out", BigDecimal.ONE))))
                .given(new BookBought("Emma"));
        assertThatThrownBy(() -> mixed.thenNoRow(ADAS_LOAN)).hasMessageContaining("shared total");
    }

    @Test
    void a_story_stays_in_one_stream() {
        assertThatThrownBy(() -> BOUGHT.in(new StreamId("book", "persuasion")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_wrong_expectation_shows_the_story_and_the_view() {
        assertThatThrownBy(() -> BOUGHT.by("bob").given(new BookLent(ADA)).thenNoRow(ADAS_LOAN))
                .isInstanceOf(AssertionError.class)
                .hasMessage("""
                        Given
                          1. BookBought[title=Emma]
                          2. BookLent[reader=ReaderId[value=ada]], by bob
                        expected
                          nothing in the row reader#ada / book#emma
                        but got
                          the row reader#ada / book#emma {reader=ada, since=2026-01-01T12:00:00Z}
                          in the view
                          own {lent=1, title=Emma}
                          reader#ada / book#emma {reader=ada, since=2026-01-01T12:00:00Z}
                          totals / books {out=1}
                        """);
        assertThatThrownBy(() -> BOUGHT.thenRow(Books.OUT, new Total(1))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> BOUGHT.thenOwnRow(new BookView("Emma", 1))).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> BOUGHT.thenNoOwnRow()).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> BOUGHT.thenState(new Seen("Emma", 1)))
                .hasMessageContaining("the state Seen[title=Emma, lent=0]");
    }

    private static ProjectionSpecification<Seen, Lending> versions(
            Function<Recorded<Lending>, Map<String, Object>> attributes) {
        return Specification.of(new Stepping(recorded -> {
            Step<Seen> step = Step.to(new Seen("", recorded.version()));
            Map<String, Object> set = attributes.apply(recorded);
            return set.isEmpty() ? step : step.set(ADAS_LOAN, set);
        }));
    }

    /** A projection that is one function of each event. */
    private record Stepping(Function<Recorded<Lending>, Step<Seen>> function) implements Projection<Seen, Lending> {
        @Override
        public String name() {
            return "stepping";
        }

        @Override
        public Class<Lending> folds() {
            return Lending.class;
        }

        @Override
        public Seen initialState() {
            return new Seen("", 0);
        }

        @Override
        public Step<Seen> step(Seen state, Recorded<Lending> event) {
            return function.apply(event);
        }
    }
}
