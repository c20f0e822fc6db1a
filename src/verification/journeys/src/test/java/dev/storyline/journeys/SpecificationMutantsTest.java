package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.RunLength;
import dev.storyline.testkit.scenario.SpecificationsTest;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Uses PIT to change each branch of deciders, projections, gatekeepers and event handlers, one at a time, and runs the
 * specifications of the model. At least one scenario must reach each change and fail.
 */
class SpecificationMutantsTest {
    private static final int MOST_MINUTES = 10;
    private static final Path ROOT = Repository.root();
    private static final String ROOT_PACKAGE = "dev.storyline.";

    /** Function tests cover endpoints and queries; the other classes hold business rules. */
    private static final String NOT_BUSINESS = "*Function,*Query,*Query$*";

    /** Names the contexts and slices to change instead, for example {@code fieldops/claim-crew,maintenance}. */
    private static final String WHERE = "storyline.mutants";

    /** Contexts with more slices take too long for this run. One of the slices is stream-story, which has no rules. */
    private static final int MOST_SLICES = RunLength.of(3, 5);

    static Stream<String> places() {
        String told = System.getProperty(WHERE, "");
        if (!told.isEmpty()) {
            return Stream.of(told.split(","));
        }
        return Landscape.read(ROOT).models().values().stream()
                .filter(model -> {
                    boolean small = model.slices().size() <= MOST_SLICES;
                    if (!small) {
                        System.out.println("specifications of " + model.context() + ": no changes planted, it has "
                                + model.slices().size() + " slices; plant them with -D" + WHERE + "="
                                + model.context() + " or slice by slice");
                    }
                    return small;
                })
                .map(Model::context);
    }

    @ParameterizedTest(name = "in {0} no planted change goes unnoticed")
    @MethodSource("places")
    void no_planted_change_goes_unnoticed(String place) throws IOException, InterruptedException {
        List<String> mutants = mutants(place);
        List<String> covered =
                mutants.stream().filter(line -> !line.contains(",NO_COVERAGE,")).toList();
        List<String> unnoticed = covered.stream()
                .filter(line -> line.contains(",SURVIVED,"))
                .map(SpecificationMutantsTest::told)
                .toList();
        System.out.println("specifications of " + place + ": " + mutants.size() + " planted changes, " + covered.size()
                + " reached, " + (covered.size() - unnoticed.size()) + " noticed");
        List<String> unreached = mutants.stream()
                .filter(line -> line.contains(",NO_COVERAGE,"))
                .map(SpecificationMutantsTest::told)
                .toList();
        assertThat(unnoticed)
                .as("planted changes that no specification notices")
                .isEmpty();
        assertThat(unreached)
                .as("planted changes that no specification reaches")
                .isEmpty();
    }

    /** Returns the class, line and kind of a change. */
    private static String told(String line) {
        List<String> parts = List.of(line.split(","));
        return parts.get(1) + ":" + parts.get(4) + " " + parts.get(3) + " "
                + parts.get(2).substring(parts.get(2).lastIndexOf('.') + 1);
    }

    private static List<String> mutants(String place) throws IOException, InterruptedException {
        String context = place.replaceFirst("/.*", "");
        Model model = Objects.requireNonNull(Landscape.read(ROOT).models().get(context), place);
        List<String> slices = model.slices().stream()
                .map(slice -> context + "/" + slice.name())
                .filter(slice -> place.equals(context) || place.equals(slice))
                .toList();
        assertThat(slices).as(place).isNotEmpty();
        Path report = Path.of("target/mutants", place).toAbsolutePath();
        Process process = new ProcessBuilder(command(context, slices, report))
                .redirectErrorStream(true)
                .redirectOutput(Files.createDirectories(report).resolve("log").toFile())
                .start();
        boolean ended = process.waitFor(MOST_MINUTES, TimeUnit.MINUTES);
        process.destroyForcibly();
        assertThat(ended && process.exitValue() == 0)
                .as("PIT runs to its end, see " + report.resolve("log"))
                .isTrue();
        return Files.readAllLines(report.resolve("mutations.csv"));
    }

    private static List<String> command(String context, List<String> slices, Path report) {
        List<Path> folders =
                slices.stream().map(slice -> ROOT.resolve("functions/" + slice)).toList();
        // PIT searches only folders for tests, but Maven may have put the testkit's jar on this class path.
        Set<String> classPath = new LinkedHashSet<>();
        classPath.add(ROOT.resolve("src/verification/testkit/target/classes").toString());
        classPath.addAll(List.of(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .split(File.pathSeparator)));
        folders.forEach(folder -> classPath.add(folder.resolve("target/classes").toString()));
        classPath.add(
                ROOT.resolve("src/contexts/" + context + "/target/classes").toString());
        String specifications = String.join(";", slices);
        // The classes of a context, or those of its one slice.
        String classes = slices.stream()
                .map(slice -> ROOT_PACKAGE + slice.replace("-", "").replace('/', '.') + ".*")
                .collect(Collectors.joining(","));
        String sources = folders.stream()
                .map(folder -> folder.resolve("src/main/java").toString())
                .collect(Collectors.joining(","));
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath)));
        command.add("org.pitest.mutationtest.commandline.MutationCoverageReport");
        command.addAll(List.of("--reportDir", report.toString(), "--timestampedReports", "false"));
        command.addAll(List.of("--outputFormats", "CSV", "--sourceDirs", sources, "--threads", "2"));
        command.addAll(List.of("--targetClasses", classes));
        command.addAll(List.of("--excludedClasses", NOT_BUSINESS));
        // The declared name and version of a machine are no business rules. They identify fold items and writer.
        command.addAll(List.of("--excludedMethods", "name,version"));
        command.addAll(List.of("--targetTests", SpecificationsTest.class.getName()));
        // The processes of PIT are short-lived. The simple compiler and collector halve their cost.
        String arguments = "-XX:TieredStopAtLevel=1,-XX:+UseSerialGC,-D" + SpecificationsTest.SLICES + "=";
        command.addAll(List.of("--jvmArgs", arguments + specifications));
        return command;
    }
}
