package dev.storyline.naughtychildren.publishnaughtychildren;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.kernel.Effect.Publish;
import dev.storyline.testkit.Contract;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PublishNaughtyChildrenSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final Instant UNTIL = Instant.parse("2026-12-02T12:00:00Z");
    private static final ChildAddedToNaughtyList ADDED = new ChildAddedToNaughtyList(SIMO, UNTIL);

    @Test
    void a_listed_child_becomes_public() {
        Specification.of(new PublishNaughtyChildren())
                .when(new ChildListed(SIMO, UNTIL))
                .then(new Publish("child-added", ADDED));
    }

    @Test
    void an_extended_listing_becomes_public_again() {
        Specification.of(new PublishNaughtyChildren())
                .given(new ChildListed(SIMO, UNTIL.minusSeconds(60)))
                .when(new ChildListed(SIMO, UNTIL))
                .then(new Publish("child-added", ADDED));
    }

    @Test
    void the_public_event_keeps_its_contract() {
        Contract.of("naughtychildren").keeps(ADDED);
    }
}
