package dev.storyline.modeler.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the largest supported model, in one context, fits into the test heap of this module. */
@Tag("slow")
class LargeModelTest {
    private static final int SLICES = 10_000;
    private static final int FIELDS_OF_A_PAIR = 20;

    @TempDir
    private Path root;

    @Test
    void ten_thousand_slices_with_a_hundred_thousand_fields_are_checked() throws IOException {
        String text = text();
        Path folder = Files.createDirectories(root.resolve("src/contexts/large"));
        Files.writeString(folder.resolve("model.yaml"), text);
        List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
        heap.forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        Landscape landscape = Landscape.read(root);
        long read = System.nanoTime();
        Report report = Check.of(landscape);
        long checked = System.nanoTime();
        Progress.of(landscape);
        long told = System.nanoTime();
        // The pools reach their peaks at different times, so the sum is an upper bound of the total.
        long peak =
                heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
        System.out.printf(
                "%d slices, %d fields, %d KB: read in %d ms, checked in %d ms, status in %d ms; heap at most %d MB of %d MB%n",
                SLICES,
                report.fields().size(),
                text.length() / 1024,
                Duration.ofNanos(read - start).toMillis(),
                Duration.ofNanos(checked - read).toMillis(),
                Duration.ofNanos(told - checked).toMillis(),
                Math.min(peak, Runtime.getRuntime().maxMemory()) / (1024 * 1024),
                Runtime.getRuntime().maxMemory() / (1024 * 1024));
        assertThat(report.findings())
                .filteredOn(finding -> finding.rule().severity() != Severity.INSIGHT)
                .isEmpty();
        assertThat(report.counts()).isEqualTo(new Report.Counts(SLICES * FIELDS_OF_A_PAIR / 2, 0, 0, 0));
    }

    /** Half of the slices change state, and the other half serve views. */
    private static String text() {
        StringBuilder text = new StringBuilder("context: large\nactors: [clerk]\nstreams: [thing]\n");
        elements(text, "events", "ThingMade", "    stream: thing\n", 5);
        elements(text, "commands", "MakeThing", "    stream: thing\n", 5);
        elements(text, "views", "Things", "", 10);
        text.append("story:\n");
        for (int i = 0; i < SLICES / 2; i++) {
            if (i % 100 == 0) {
                text.append("  - chapter: Part ").append(i / 100).append("\n    slices:\n");
            }
            text.append("""
                          - slice: make-thing-%1$d
                            pattern: state change
                            actor: clerk
                            command: MakeThing%1$d
                            folds: ThingMade%1$d
                            rules: {already-made: {reads: [field0, ThingMade%1$d.field0]}}
                            events: ThingMade%1$d
                            specifications:
                              a thing is made:
                                when: {MakeThing%1$d: {field1: b}}
                                then: {ThingMade%1$d: {field1: b}}
                              a thing is made once:
                                given: ThingMade%1$d
                                when: MakeThing%1$d
                                then: {rejected: already-made}
                          - slice: show-things-%1$d
                            pattern: state view
                            actor: clerk
                            on: ThingMade%1$d
                            view: Things%1$d
                            specifications:
                              a thing is shown:
                                given: {ThingMade%1$d: {field1: b}}
                                then: {Things%1$d: {field1: b}}
                    """.formatted(i));
        }
        return text.toString();
    }

    private static void elements(StringBuilder text, String section, String name, String more, int fields) {
        text.append(section).append(":\n");
        for (int i = 0; i < SLICES / 2; i++) {
            text.append("  ").append(name).append(i).append(":\n").append(more).append("    fields:\n");
            for (int j = 0; j < fields; j++) {
                text.append("      field").append(j).append(": {type: text, example: a");
                if (j >= 5) {
                    text.append(", computed: ThingMade")
                            .append(i)
                            .append(".field")
                            .append(j - 5);
                }
                text.append("}\n");
            }
        }
    }
}
