package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks each rule with one planted model that it must report and one that it must accept. A rule without planted
 * models fails this test.
 */
class CheckRuleTest {
    @TempDir
    private Path root;

    static List<CheckRule> rules() {
        return List.of(CheckRule.values());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_catches_what_breaks_it(CheckRule rule) {
        assertThat(Planted.check(root, Planted.of(rule.id(), "caught")).findings())
                .anySatisfy(finding -> {
                    assertThat(finding.rule()).isEqualTo(rule);
                    assertThat(finding.place().line()).isPositive();
                });
    }

    @ParameterizedTest
    @MethodSource("rules")
    void a_rule_is_silent_where_it_is_kept(CheckRule rule) {
        assertThat(Planted.check(root, Planted.of(rule.id(), "kept")).findings())
                .noneSatisfy(finding -> assertThat(finding.rule()).isEqualTo(rule))
                .noneSatisfy(finding -> assertThat(finding.rule().severity()).isEqualTo(Severity.ERROR));
    }

    @Test
    void every_rule_has_one_id_and_says_what_holds_and_what_to_do() {
        assertThat(CheckRule.values()).extracting(CheckRule::id).doesNotHaveDuplicates();
        assertThat(CheckRule.values()).allSatisfy(rule -> {
            assertThat(rule.id()).matches("SM\\d{3}|[a-z]+(-[a-z]+)+");
            assertThat(rule.sentence()).endsWith(".");
            assertThat(rule.advice()).endsWith(".");
            assertThat(CheckRule.of(rule.id())).contains(rule);
        });
    }

    @Test
    void a_young_model_has_no_errors() {
        String young = """
                context: shop
                events:
                  OrderPlaced:
                  OrderPaid: The money is there.
                commands: [PlaceOrder]
                views:
                  Orders:
                story:
                  - chapter: Selling
                    slices:
                      - place-order
                      - slice: orders
                        gatekeeper: Looks twice.
                        rules: {too-late: }
                """;
        Report report = Planted.check(root, young);
        assertThat(report.count(Severity.ERROR)).isZero();
        assertThat(report.counts()).isEqualTo(new Report.Counts(0, 0, 0, 4));
    }

    @Test
    void one_event_in_one_line_is_a_model() {
        Report report = Planted.check(root, "context: x\nevents:\n  JobCreated:\n");
        assertThat(report.count(Severity.ERROR)).isZero();
        assertThat(report.counts().toString()).isEqualTo("0 proven, 0 gaps, 1 not checkable");
    }

    @Test
    void of_our_own_models_only_what_goes_to_others_cannot_be_checked_and_each_loop_is_told_with_its_way() {
        Report report = Check.of(Landscape.read(Path.of("../../..")));
        assertThat(report.fields())
                .filteredOn(field -> field.answer() == Completeness.NOT_CHECKABLE)
                .extracting(field -> field.element().name())
                .containsOnly("CrewConflictResolved", "RecordRevenue", "StockReleased", "StockReturned");
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule() == CheckRule.SM041)
                .extracting(ModelFinding::sentence)
                .satisfiesExactlyInAnyOrder(
                        loop -> assertThat(loop)
                                .contains(
                                        "WishRejected -> wishes.NaughtinessDetected -> naughtychildren.ReportNaughtyChild"),
                        loop -> assertThat(loop)
                                .contains("CrewDoubleBooked -> fieldops.ReleaseCrew -> fieldops.CrewReleased"));
    }
}
