package dev.storyline.local.lambda;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips that are copied and unpacked. */
class DeployedCodeTest {
    @TempDir
    Path folder;

    private Path zip(Map<String, String> entries) throws IOException {
        Path zip = folder.resolve("function.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                out.putNextEntry(new ZipEntry(entry.getKey()));
                out.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return zip;
    }

    private Path into() throws IOException {
        return Files.createDirectories(folder.resolve("into"));
    }

    @Test
    void a_zip_is_unpacked_once_for_each_content() throws Exception {
        Path zip = zip(Map.of("lib/a.jar", "a"));
        DeployedCode code = DeployedCode.ofZip(zip, into());
        assertThat(code.folder().resolve("lib/a.jar")).hasContent("a");
        assertThat(DeployedCode.ofZip(zip, into())).isEqualTo(code);
        assertThat(into()).isDirectoryNotContaining(one -> !one.equals(code.folder()));
        assertThat(DeployedCode.ofZip(zip(Map.of("lib/a.jar", "b")), into())).isNotEqualTo(code);
    }

    @Test
    void a_zip_with_entries_outside_its_folder_or_with_a_native_executable_is_refused() throws Exception {
        assertThatThrownBy(() -> DeployedCode.ofZip(zip(Map.of("../../evil", "x")), into()))
                .hasMessageContaining("leads out of it");
        assertThat(folder.resolve("evil")).doesNotExist();
        assertThatThrownBy(() -> DeployedCode.ofZip(zip(Map.of("bootstrap", "x")), into()))
                .hasMessageContaining("native");
    }

    @Test
    void the_old_code_is_used_until_the_new_zip_is_complete() throws Throwable {
        Path zip = zip(Map.of("a", "old"));
        SliceCode code = new SliceCode("shop/sell", folder, false, into());
        code.look();
        DeployedCode old = code.newest();
        byte[] whole = Files.readAllBytes(zip(Map.of("a", "new", "b", "more")));
        Files.write(zip, Arrays.copyOf(whole, whole.length - 10));
        long until = System.nanoTime() + 1_200_000_000;
        soon(() -> {
            code.look();
            assertThat(code.newest()).isEqualTo(old);
            assertThat(System.nanoTime()).isGreaterThan(until);
        });
        Files.write(zip, whole);
        soon(() -> {
            code.look();
            assertThat(code.newest().folder().resolve("a")).hasContent("new");
        });
        assertThat(old.folder().resolve("a")).hasContent("old");
    }
}
