package dev.storyline.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.modeler.check.Check;
import dev.storyline.modeler.check.Completeness;
import dev.storyline.modeler.check.Report;
import dev.storyline.modeler.check.Severity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LandscapeTest {
    @Test
    void our_own_models_can_be_read_and_every_name_leads_somewhere() {
        Landscape landscape = Landscape.read(Path.of("../../.."));
        assertThat(landscape.models().keySet()).contains("wishes", "logistics", "naughtychildren");
        assertThat(landscape.models().values())
                .allSatisfy(model -> assertThat(model.slices()).isNotEmpty());
    }

    @Test
    void our_own_models_have_no_errors_and_every_field_is_proven_or_waived_with_a_reason() {
        Report report = Check.of(Landscape.read(Path.of("../../..")));
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().severity() == Severity.ERROR)
                .isEmpty();
        assertThat(report.fields())
                .isNotEmpty()
                .allSatisfy(field -> assertThat(field.waived() || field.answer() == Completeness.PROVEN)
                        .as(field.name())
                        .isTrue());
    }
}
