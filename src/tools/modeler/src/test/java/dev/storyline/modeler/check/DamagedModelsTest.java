package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelException;
import dev.storyline.model.ModelReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damages the models of this repository at random. Each damaged model must be refused with a sentence or checked
 * completely.
 */
@Tag("slow")
class DamagedModelsTest {
    private static final int TIMES = 1_000;

    @Test
    void a_damaged_model_is_refused_or_checked_and_nothing_else() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("Damaged with -Dseed=" + seed);
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>();
        for (String context : List.of("wishes", "logistics", "naughtychildren")) {
            texts.add(Files.readString(Path.of("../../contexts", context, "model.yaml")));
        }
        int refused = 0;
        for (int i = 0; i < TIMES; i++) {
            int damaged = random.nextInt(texts.size());
            try {
                List<Model> models = new ArrayList<>();
                for (int j = 0; j < texts.size(); j++) {
                    String text = j == damaged ? damage(texts.get(j), random) : texts.get(j);
                    models.add(ModelReader.read(text, "model-" + j + ".yaml"));
                }
                // Skips the reader's check of references: references of imported models may not resolve.
                Landscape landscape = Landscape.of(models);
                assertThat(Check.of(landscape).fields()).isNotEmpty();
                assertThat(Progress.of(landscape)).hasSize(3);
            } catch (ModelException e) {
                assertThat(e.troubles())
                        .isNotEmpty()
                        .allSatisfy(trouble -> assertThat(trouble.sentence()).isNotBlank());
                refused++;
            }
        }
        assertThat(refused).isBetween(1, TIMES - 1);
    }

    private static String damage(String text, Random random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        for (int i = random.nextInt(4); i >= 0; i--) {
            int here = random.nextInt(lines.size());
            int there = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(here);
                case 1 -> lines.add(there, lines.get(here));
                case 2 -> lines.set(here, lines.get(there));
                case 3 -> lines.set(here, lines.get(here).replaceFirst("[A-Z][a-z]+", "Other"));
                default -> {
                    String line = lines.get(here);
                    int at = line.isEmpty() ? 0 : random.nextInt(line.length());
                    lines.set(here, line.substring(0, at) + (char) (' ' + random.nextInt(95)) + line.substring(at));
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }
}
