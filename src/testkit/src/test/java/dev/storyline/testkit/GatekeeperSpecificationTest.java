package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.kernel.Occasion;
import dev.storyline.testkit.Library.LendBook;
import dev.storyline.testkit.Library.LendBookGatekeeper;
import dev.storyline.testkit.Library.LendRequest;
import dev.storyline.testkit.Library.ReaderId;
import org.junit.jupiter.api.Test;

class GatekeeperSpecificationTest {
    private static final LendBook FOR_ADA = new LendBook(new ReaderId("ada"));
    private static final GatekeeperSpecification<LendRequest, LendBook> ADA_ASKS = Specification.of(
                    new LendBookGatekeeper())
            .on(new Occasion(Specification.STREAM, "command-two", "ada", Specification.AT));

    @Test
    void a_gate_opens_with_a_command() {
        ADA_ASKS.request(new LendRequest("ada")).opens(FOR_ADA);
        Specification.of(new LendBookGatekeeper())
                .request(new LendRequest(Specification.ACTOR))
                .opens(new LendBook(new ReaderId(Specification.ACTOR)));
    }

    @Test
    void a_gate_is_closed_by_a_rule() {
        ADA_ASKS.request(new LendRequest("bob")).closed(Library.RESERVED);
    }

    @Test
    void a_wrong_expectation_names_request_and_answer() {
        assertThatThrownBy(() -> ADA_ASKS.request(new LendRequest("bob")).opens(FOR_ADA))
                .hasMessageContaining("LendRequest[reader=bob]")
                .hasMessageContaining("expected\n  an open gate for LendBook")
                .hasMessageContaining("but got\n  a gate closed by 'book-is-reserved'");
        assertThatThrownBy(() -> ADA_ASKS.request(new LendRequest("bob")).closed(Library.LENT))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> ADA_ASKS.request(new LendRequest("ada")).closed(Library.LENT))
                .isInstanceOf(AssertionError.class);
    }
}
