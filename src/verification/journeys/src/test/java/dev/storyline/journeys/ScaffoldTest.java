package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import dev.storyline.deployment.Deployment;
import dev.storyline.model.Landscape;
import dev.storyline.modeler.scaffold.ScaffoldReport;
import dev.storyline.modeler.scaffold.SliceScaffold;
import dev.storyline.testkit.HouseRules;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.scenario.Specifications;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Plants slices of every pattern in the models of a copy of this repository, and scaffolds them there. The generated
 * code must compile, match its model and be deployed. Its specifications must fail only because the business rule is
 * missing.
 */
class ScaffoldTest {
    /** The slices in the order of their dependencies. */
    private static final List<String> SLICES = List.of(
            "wishes/praise-child",
            "wishes/open-workshop",
            "wishes/praised-child",
            "wishes/praise-list",
            "wishes/publish-praise",
            "wishes/open-workshops",
            "wishes/workshop-by-id",
            "wishes/thank-elf",
            "logistics/order-sweets");

    /** The slice whose rule the test writes afterwards. */
    private static final String WRITTEN = "wishes/open-workshop";

    private static final String WRITTEN_DECIDER = "OpenWorkshopDecider.java";

    @TempDir
    private static Path copy;

    private static Landscape landscape;
    private static Deployment deployment;

    @BeforeAll
    static void written() throws IOException {
        for (String part : List.of("functions", "infra", "src/contexts")) {
            copy(Repository.root().resolve(part), copy.resolve(part));
        }
        plant("wishes");
        plant("logistics");
        for (String slice : SLICES) {
            String[] parts = slice.split("/", 2);
            ScaffoldReport report = SliceScaffold.write(copy, parts[0], parts[1], SliceScaffold.Options.NONE);
            assertThat(report.complete()).as(report.text()).isTrue();
        }
        Path decider = copy.resolve(
                "functions/" + WRITTEN + "/src/main/java/dev/storyline/wishes/openworkshop/OpenWorkshopDecider.java");
        String rule = "Decision.accept(new OpenWorkshopEvent.WorkshopOpened(command.workshopId(), command.places()))";
        Files.writeString(
                decider,
                Files.readString(decider)
                        .replace("return nothing();", "return " + rule + ";")
                        .replaceFirst("import static .*", ""));
        landscape = Landscape.read(copy);
        deployment = Deployment.read(copy);
        for (String context : List.of("wishes", "logistics")) {
            compile("src/contexts/" + context, "");
        }
        for (String slice : SLICES) {
            compile("functions/" + slice, "src/contexts/" + slice.split("/", 2)[0] + "/target/classes");
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> !one.toString().contains("/target/")
                            && !one.toString().contains("/src/test/"))
                    .toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.resolveSibling(""));
                Files.copy(file, target);
            }
        }
    }

    private static Path model(String context) {
        return copy.resolve("src/contexts/" + context + "/model.yaml");
    }

    /** Inserts the planted parts of a model into their sections. The planted chapter becomes the end of the story. */
    private static void plant(String context) throws IOException {
        for (String section : List.of("streams", "types", "events", "public-events", "commands", "views")) {
            String behind = "\n" + section + ":\n";
            String part = planted(context, section);
            String yaml = Files.readString(model(context));
            assertThat(yaml).contains(behind);
            Files.writeString(model(context), yaml.replace(behind, behind + part));
        }
        String yaml = Files.readString(model(context)).stripTrailing() + "\n";
        int stories = yaml.indexOf("\nstories:\n");
        int end = stories < 0 ? yaml.length() : stories;
        Files.writeString(model(context), yaml.substring(0, end) + planted(context, "story") + yaml.substring(end));
    }

    private static String planted(String context, String section) throws IOException {
        String name = "/scaffold/planted/" + context + "-" + section + ".yaml";
        try (InputStream part = ScaffoldTest.class.getResourceAsStream(name)) {
            return part == null ? "" : new String(part.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void compile(String folder, String more) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path classes = Files.createDirectories(copy.resolve(folder + "/target/classes"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                + java.io.File.pathSeparator
                + copy.resolve(more);
        StringWriter problems = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null);
                Stream<Path> sources = Files.walk(copy.resolve(folder + "/src/main/java"))) {
            boolean compiled = compiler.getTask(
                            problems,
                            manager,
                            null,
                            List.of(
                                    "-proc:none",
                                    "-parameters",
                                    "-Xlint:all,-processing,-classfile,-path",
                                    "-d",
                                    classes.toString(),
                                    "-cp",
                                    classPath),
                            null,
                            manager.getJavaFileObjectsFromPaths(
                                    sources.filter(file -> file.toString().endsWith(".java"))
                                            .toList()))
                    .call();
            assertThat(compiled).as(problems.toString()).isTrue();
            assertThat(problems.toString()).as(folder).isEmpty();
        }
    }

    private static List<String> told(String slice, boolean specifications) throws IOException {
        return told(slice, "functions/" + slice, specifications);
    }

    private static List<String> told(String slice, String folder, boolean specifications) throws IOException {
        try (URLClassLoader classes = new URLClassLoader(
                new URL[] {
                    copy.resolve(folder + "/target/classes").toUri().toURL(),
                    copy.resolve("src/contexts/" + slice.split("/", 2)[0] + "/target/classes")
                            .toUri()
                            .toURL()
                },
                ScaffoldTest.class.getClassLoader())) {
            Specifications all = Specifications.of(copy, landscape, deployment, slice, classes);
            List<String> told = new ArrayList<>();
            if (specifications) {
                all.all().forEach(one -> told.addAll(all.differences(one)));
            } else {
                told.addAll(all.recordsThatDiffer());
                told.addAll(all.edgesThatDiffer());
            }
            return told;
        }
    }

    @Test
    void specifications_run_and_fail_for_the_rule_alone() throws IOException {
        for (String slice : SLICES) {
            if (slice.equals(WRITTEN)) {
                continue;
            }
            List<String> told = told(slice, true);
            assertThat(told)
                    .as(slice)
                    .isNotEmpty()
                    .allSatisfy(one -> assertThat(one)
                            .containsAnyOf(
                                    slice + ", ",
                                    "no rejection came",
                                    "0 were: []",
                                    "there is nothing to see",
                                    "PraiseList.praises should be",
                                    "What came: "));
        }
    }

    @Test
    void with_its_rule_a_slice_is_all_that_its_model_says() throws IOException {
        assertThat(told(WRITTEN, true)).isEmpty();
        assertThat(told(WRITTEN, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"open-workshop, OpenWorkshop", "praise-child, PraiseChild"})
    void a_scenario_that_fails_shows_the_exception_behind_the_failure(String slice, String command) throws IOException {
        String folder = "broken-" + slice;
        copy(copy.resolve("functions/wishes/" + slice), copy.resolve(folder));
        String name = "dev/storyline/wishes/" + slice.replace("-", "");
        Path decider = copy.resolve(folder + "/src/main/java/" + name + "/" + command + "Decider.java");
        Files.writeString(
                decider,
                Files.readString(decider)
                        .replaceFirst(
                                "(?s)(Decision<[^>]*> decide\\([^)]*\\) \\{).*",
                                "$1\n        throw new IllegalStateException(\"The workshop is closed.\");\n    }\n}\n")
                        .replaceFirst("import static .*", ""));
        compile(folder, "src/contexts/wishes/target/classes");

        assertThat(String.join("\n", told("wishes/" + slice, folder, true)))
                .contains(
                        "IllegalStateException: The workshop is closed.",
                        "at " + name.replace('/', '.') + "." + command + "Decider.decide(" + command + "Decider.java:");
    }

    @Test
    void records_routes_and_what_the_gate_asks_are_those_of_the_model() throws IOException {
        for (String slice : SLICES) {
            assertThat(told(slice, false))
                    .as(slice)
                    .allSatisfy(one -> assertThat(one)
                            .containsAnyOf("records", "sends", "consumes", "translates")
                            .contains("but no specification shows it"));
        }
    }

    @Test
    void templates_are_deployed_with_their_routes() {
        assertThat(deployment.routes().stream()
                        .map(route -> route.method() + " " + route.path())
                        .toList())
                .contains(
                        "POST /wishes/children/{childId}/praise-child",
                        "GET /wishes/praised-children/{childId}",
                        "GET /wishes/praise-list",
                        "POST /wishes/workshops/{workshopId}/thank-elf");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fieldops/unassign-crew",
                "fieldops/keep-crew-calendar",
                "logistics/order-present",
                "wishes/wish-by-id",
            })
    void what_is_written_is_how_the_slices_of_this_repository_are_deployed(String slice, @TempDir Path other)
            throws IOException {
        String[] parts = slice.split("/", 2);
        for (String part : List.of("functions/" + parts[0], "infra", "src/contexts")) {
            copy(Repository.root().resolve(part), other.resolve(part));
        }
        List<String> files = List.of("template.yaml", "samconfig.toml");
        for (String file : files) {
            Files.delete(other.resolve("functions/" + slice).resolve(file));
        }

        SliceScaffold.write(other, parts[0], parts[1], new SliceScaffold.Options(null, null, true));

        assertThat(files)
                .allSatisfy(file -> assertThat(
                                other.resolve("functions/" + slice).resolve(file))
                        .hasSameTextualContentAs(
                                Repository.root().resolve("functions/" + slice).resolve(file)));
    }

    @Test
    void java_is_formatted_as_the_build_checks_it() throws IOException, FormatterException {
        Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(JavaFormatterOptions.Style.PALANTIR)
                .formatJavadoc(false)
                .build());
        for (String slice : SLICES) {
            try (Stream<Path> files = Files.walk(copy.resolve("functions/" + slice))) {
                for (Path file : files.filter(one -> one.toString().endsWith(".java") && !one.endsWith(WRITTEN_DECIDER))
                        .toList()) {
                    String text = Files.readString(file);
                    assertThat(formatter.formatSource(text)).as(file.toString()).isEqualTo(text);
                }
            }
        }
    }

    @Test
    void the_rules_of_the_house_are_kept() throws IOException {
        assertThat(HouseRules.check(copy)).isEmpty();
        String templates = "";
        for (String slice : SLICES) {
            templates += Files.readString(copy.resolve("functions/" + slice + "/template.yaml"));
        }
        assertThat(templates).doesNotContain("@slice@", "@Slice@", "@context@", "@policies@", "@about@");
    }
}
