package dev.storyline.modeler.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RepositoryTemplatesTest {
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (Files.notExists(folder.resolve("storyline"))) {
            folder = folder.resolveSibling("").getParent() == null
                    ? folder
                    : folder.resolve("..").normalize();
        }
        return folder;
    }

    @Test
    void each_template_of_the_repository_is_what_its_model_and_deploy_yaml_say() {
        assertThat(SliceTemplates.slices(root())).isNotEmpty();
        assertThat(SliceTemplates.check(root(), List.of())).isEmpty();
    }
}
