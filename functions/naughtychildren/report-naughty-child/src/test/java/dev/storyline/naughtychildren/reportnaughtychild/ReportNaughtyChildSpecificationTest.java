package dev.storyline.naughtychildren.reportnaughtychild;

import dev.storyline.contexts.naughtychildren.ChildId;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.testkit.Specification;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReportNaughtyChildSpecificationTest {
    private static final ChildId SIMO = new ChildId("simo");
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");
    private static final Instant NEXT_NOON = Instant.parse("2026-12-02T12:00:00Z");

    @Test
    void a_naughty_child_is_listed_for_a_day_from_its_naughtiness_on() {
        Specification.of(new ReportNaughtyChildDecider())
                .when(new ReportNaughtyChild(SIMO, NOON))
                .then(new ChildListed(SIMO, NEXT_NOON));
    }

    @Test
    void later_naughtiness_extends_the_listing() {
        Specification.of(new ReportNaughtyChildDecider())
                .given(new ChildListed(SIMO, NEXT_NOON))
                .when(new ReportNaughtyChild(SIMO, NOON.plusNanos(1)))
                .then(new ChildListed(SIMO, NEXT_NOON.plusNanos(1)));
    }

    @Test
    void the_same_naughtiness_told_again_changes_nothing() {
        Specification.of(new ReportNaughtyChildDecider())
                .given(new ChildListed(SIMO, NEXT_NOON))
                .when(new ReportNaughtyChild(SIMO, NOON))
                .thenNothing();
    }

    @Test
    void earlier_naughtiness_that_is_told_late_never_shortens_the_listing() {
        Specification.of(new ReportNaughtyChildDecider())
                .given(new ChildListed(SIMO, NEXT_NOON.minusSeconds(60)), new ChildListed(SIMO, NEXT_NOON))
                .when(new ReportNaughtyChild(SIMO, NOON.minusSeconds(1)))
                .thenNothing();
    }
}
