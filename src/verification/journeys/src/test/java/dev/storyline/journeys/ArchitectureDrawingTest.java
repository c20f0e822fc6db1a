package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Checks that the drawing of the modules in {@code docs/explanation/architecture.md} shows the dependencies of the
 * poms.
 */
class ArchitectureDrawingTest {
    private static final Path DOCUMENT = Repository.root().resolve("docs/explanation/architecture.md");
    private static final List<String> KINDS = List.of("runtime", "tools", "verification");
    private static final Pattern DEPENDENCY = Pattern.compile(
            "<dependency>\\s*<groupId>dev\\.storyline</groupId>\\s*<artifactId>([\\w-]+)</artifactId>(.*?)</dependency>",
            Pattern.DOTALL);
    private static final Pattern OWN_NAME = Pattern.compile("</parent>\\s*<artifactId>([\\w-]+)</artifactId>");
    private static final Pattern DRAWING = Pattern.compile("```mermaid\\n(.*?)```", Pattern.DOTALL);

    /** Writes the drawing instead of comparing it: {@code -Dstoryline.drawing=write}. */
    private static final boolean WRITE = "write".equals(System.getProperty("storyline.drawing"));

    @Test
    void the_drawing_of_the_modules_is_that_of_the_poms() throws IOException {
        String drawn = drawing(Repository.root());
        String document = Files.readString(DOCUMENT);
        Matcher shown = DRAWING.matcher(document);
        assertThat(shown.find()).as("%s has a mermaid drawing", DOCUMENT).isTrue();
        if (WRITE) {
            Files.writeString(DOCUMENT, document.replace(shown.group(1), drawn));
        } else {
            assertThat(shown.group(1))
                    .as("the drawing in %s; run this test with -Dstoryline.drawing=write to renew it", DOCUMENT)
                    .isEqualTo(drawn);
        }
    }

    @Test
    void arrows_point_inwards() throws IOException {
        List<String> arrows = drawing(Repository.root())
                .lines()
                .map(String::strip)
                .filter(line -> line.contains("-->"))
                .toList();
        assertThat(arrows).contains("eventstore --> kernel", "functions --> edge");
        assertThat(arrows).noneMatch(arrow -> arrow.startsWith("kernel -->"));
        for (String module : List.of("common", "eventstore", "projections", "edge", "contexts")) {
            assertThat(arrows)
                    .noneMatch(arrow ->
                            arrow.matches(module + " --> (functions|contexts|local|testkit|modeler|deployment)"));
        }
    }

    private static String drawing(Path root) throws IOException {
        Map<String, List<String>> modules = new LinkedHashMap<>();
        Map<String, String> arrows = new HashMap<>();
        for (String kind : KINDS) {
            for (Path pom : poms(root.resolve("src").resolve(kind))) {
                String text = Files.readString(pom);
                Matcher name = OWN_NAME.matcher(text);
                assertThat(name.find()).as("%s has a name", pom).isTrue();
                String module = shortName(name.group(1));
                modules.computeIfAbsent(kind, unseen -> new ArrayList<>()).add(module);
                arrows.put(module, arrows(module, text));
            }
        }
        StringBuilder mermaid = new StringBuilder("flowchart TD\n");
        modules.forEach((kind, names) -> {
            mermaid.append("  subgraph ")
                    .append(kind)
                    .append("[src/")
                    .append(kind)
                    .append("]\n");
            names.forEach(name -> mermaid.append("    ").append(name).append('\n'));
            mermaid.append("  end\n");
        });
        mermaid.append("  contexts[src/contexts/*]\n  functions[functions/*/*]\n");
        arrows.put("contexts", together(root.resolve("src/contexts"), "contexts"));
        arrows.put("functions", together(root.resolve("functions"), "functions"));
        new TreeSet<>(arrows.keySet()).forEach(module -> mermaid.append(arrows.get(module)));
        return mermaid.toString();
    }

    /** Merges the arrows of all modules below a folder into those of one module. */
    private static String together(Path folder, String name) throws IOException {
        TreeSet<String> arrows = new TreeSet<>();
        for (Path pom : poms(folder)) {
            arrows(name, Files.readString(pom)).lines().map(line -> line + "\n").forEach(arrows::add);
        }
        return String.join("", arrows);
    }

    private static String arrows(String module, String pom) {
        return DEPENDENCY
                .matcher(pom.replaceAll("(?s)<dependencyManagement>.*?</dependencyManagement>", ""))
                .results()
                .filter(dependency -> module.equals("journeys")
                        || module.equals("benchmarks")
                        || module.equals("conformance")
                        || !dependency.group(2).contains("<scope>test</scope>"))
                .map(dependency -> shortName(dependency.group(1)))
                .map(ArchitectureDrawingTest::drawnAs)
                .filter(target -> !target.equals(module))
                .distinct()
                .sorted()
                .map(target -> "  " + module + " --> " + target + "\n")
                .collect(Collectors.joining());
    }

    /** Draws all contexts as one box, and all slices as one box. */
    private static String drawnAs(String module) {
        if (Files.isDirectory(Repository.root().resolve("src/contexts").resolve(module))) {
            return "contexts";
        }
        return Files.isDirectory(Repository.root().resolve("functions").resolve(module.replaceFirst("-", "/")))
                ? "functions"
                : module;
    }

    private static String shortName(String artifact) {
        return artifact.replaceFirst("^storyline-", "");
    }

    private static List<Path> poms(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(
                            file -> file.endsWith("pom.xml") && !file.toString().contains("target"))
                    .sorted()
                    .toList();
        }
    }
}
