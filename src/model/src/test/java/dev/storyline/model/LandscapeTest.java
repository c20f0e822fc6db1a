package dev.storyline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LandscapeTest {
    @Test
    void our_own_models_can_be_read_and_every_name_leads_somewhere() {
        Landscape landscape = Landscape.read(Path.of("../.."));
        assertThat(landscape.models().keySet()).contains("wishes", "logistics", "naughtychildren");
        assertThat(landscape.models().values())
                .allSatisfy(model -> assertThat(model.slices()).isNotEmpty());
    }
}
