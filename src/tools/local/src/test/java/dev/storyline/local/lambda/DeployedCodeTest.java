package dev.storyline.local.lambda;

import static dev.storyline.local.Soon.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Zips that are copied and unpacked. */
class DeployedCodeTest {
    /** Larger than the id of any process. */
    private static final long NO_PROCESS = 999_999_999_999L;

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
    void processes_that_start_at_once_delete_what_a_killed_one_left_and_all_start() throws Exception {
        for (int round = 0; round < 20; round++) {
            for (int left = 0; left < 5; left++) {
                Path dead = folder.resolve("storyline-functions-" + NO_PROCESS + "-" + left);
                Files.createDirectories(dead.resolve("classes/META-INF"));
                Files.writeString(dead.resolve("classes/META-INF/one"), "left");
            }
            Set<Path> places = new HashSet<>();
            try (var starts = Executors.newFixedThreadPool(4)) {
                List<Callable<Path>> all = Collections.nCopies(4, () -> DeployedCode.place(folder));
                for (Future<Path> one : starts.invokeAll(all)) {
                    places.add(one.get());
                }
            }
            assertThat(places).hasSize(4).allSatisfy(one -> assertThat(one).isEmptyDirectory());
        }
        assertThat(folder)
                .isDirectoryNotContaining(one -> one.toString().contains("storyline-functions-" + NO_PROCESS));
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
