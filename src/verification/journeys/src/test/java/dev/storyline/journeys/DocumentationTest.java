package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contracts.Contracts;
import dev.storyline.deployment.Deployment;
import dev.storyline.journeys.MarkdownDocument.Block;
import dev.storyline.journeys.MarkdownDocument.Link;
import dev.storyline.model.Landscape;
import dev.storyline.testkit.Eventually;
import dev.storyline.testkit.Repository;
import dev.storyline.testkit.scenario.Specifications;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the shell blocks of README, tutorial and how-to guides, compares their output, and checks the links between
 * documents.
 */
class DocumentationTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration AT_MOST = Duration.ofMinutes(3);
    private static final String IN_DOCUMENTS = "http://127.0.0.1:8080";
    private static final Pattern UP = Pattern.compile("\\./storyline up\\b([^#\\n]*).*", Pattern.DOTALL);
    private static final Pattern LISTENS = Pattern.compile("listens on (http://[0-9.:]+)");
    private static final Pattern SLICE = Pattern.compile("functions/([^/]+/[^/]+)/.*");
    private static final int README_BYTES = 8_192;

    @TempDir
    private static Path folder;

    private static RepositoryCopy copy;
    private static Background everything;

    /** A {@code ./storyline up} that a document starts, with its address. */
    private record Background(Process process, Path log) implements AutoCloseable {
        static Background start(String options) throws IOException {
            copy.compile();
            Path log = Files.createTempFile(folder, "up", ".log");
            Process process = new ProcessBuilder("bash", "-c", "exec ./storyline up " + options)
                    .directory(copy.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            return new Background(process, log);
        }

        String listening() throws IOException {
            Eventually.within(
                    AT_MOST,
                    () -> !process.isAlive()
                            || LISTENS.matcher(Files.readString(log)).find());
            String output = Files.readString(log);
            Matcher listens = LISTENS.matcher(output);
            assertThat(listens.find()).as("The local cloud listens: %s", output).isTrue();
            return listens.group(1);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @BeforeAll
    static void start() throws IOException {
        Files.writeString(folder.resolve(".curlrc"), "silent\nshow-error\nwrite-out = \"\\n\"\n");
        copy = RepositoryCopy.in(Files.createDirectory(folder.resolve("storyline")));
        everything = Background.start("");
    }

    @AfterAll
    static void stop() throws IOException {
        everything.close();
        copy.removeLinks();
    }

    private static List<MarkdownDocument> documents() {
        return MarkdownDocument.all(Repository.root());
    }

    /** Returns the README, the tutorial and the how-to guides: the documents with commands for the reader to run. */
    static Stream<Path> followed() {
        return documents().stream()
                .map(document -> Repository.root().relativize(document.file()))
                .filter(file -> file.endsWith("README.md")
                        || file.startsWith("docs/tutorial.md")
                        || file.startsWith("docs/how-to"));
    }

    @ParameterizedTest
    @MethodSource("followed")
    void what_a_document_tells_to_type_answers_as_it_says(Path path) throws Exception {
        MarkdownDocument document = MarkdownDocument.read(Repository.root().resolve(path));
        List<Background> started = new ArrayList<>();
        Set<String> written = new TreeSet<>();
        try (ShellSession shell = ShellSession.in(copy.root(), folder)) {
            String base = everything.listening();
            int run = 0;
            for (Block block : document.blocks()) {
                Matcher up = UP.matcher(block.text());
                if (block.is("file")) {
                    copy.write(block.value(), block.text());
                    Matcher slice = SLICE.matcher(block.value());
                    if (slice.matches()) {
                        written.add(slice.group(1));
                    }
                } else if (block.isShell() && block.is("not run")) {
                    System.out.println(path + ":" + block.line() + " not run: " + block.value());
                    assertThat(block.value())
                            .as("%s:%d says why", path, block.line())
                            .isNotBlank();
                } else if (block.isShell()) {
                    run++;
                    // A cloud with all contexts already runs. A document that names options starts its own cloud.
                    if (up.matches() && !up.group(1).isBlank()) {
                        started.add(Background.start(up.group(1)));
                        base = started.getLast().listening();
                    } else if (!up.matches()) {
                        check(shell, path, block, base);
                    }
                }
            }
            System.out.println(path + ": " + run + " blocks run");
            for (String slice : written) {
                assertThat(differences(slice))
                        .as("the specifications of %s", slice)
                        .isEmpty();
            }
        } finally {
            started.forEach(Background::close);
        }
    }

    /** Returns the failures of the scenarios of a slice that a document wrote, and its differences from the model. */
    private static List<String> differences(String slice) throws IOException {
        copy.compile();
        Contracts.compare(copy.root(), Clock.systemUTC()).forEach(Contracts::write);
        Path context = copy.root().resolve("src/contexts").resolve(slice.replaceFirst("/.*", ""));
        URL[] classes = {
            copy.root()
                    .resolve("functions/" + slice + "/target/classes")
                    .toUri()
                    .toURL(),
            context.resolve("target/classes").toUri().toURL()
        };
        try (URLClassLoader loader = new URLClassLoader(classes, DocumentationTest.class.getClassLoader())) {
            Specifications specifications = Specifications.of(
                    copy.root(), Landscape.read(copy.root()), Deployment.read(copy.root()), slice, loader);
            List<String> differences = new ArrayList<>();
            specifications.all().forEach(one -> differences.addAll(specifications.differences(one)));
            differences.addAll(specifications.recordsThatDiffer());
            differences.addAll(specifications.edgesThatDiffer());
            return differences;
        }
    }

    private static void check(ShellSession shell, Path path, Block block, String base) {
        String text = block.text().replace(IN_DOCUMENTS, base);
        Executable once = () -> {
            ShellSession.Result result = shell.run(text, AT_MOST);
            String output = result.output().replace(base, IN_DOCUMENTS);
            assertThat(result.status())
                    .as("the exit status of %s:%d, which printed %s", path, block.line(), output)
                    .isEqualTo(block.is("exits with") ? Integer.parseInt(block.value()) : 0);
            String expected = block.expected();
            assertThat(expected == null || MarkdownDocument.matches(expected, output))
                    .as("%s:%d says\n%s\nand what came is\n%s", path, block.line(), expected, output)
                    .isTrue();
        };
        Eventually.within(block.is("eventually") ? SOON : Duration.ZERO, once);
    }

    @Test
    void links_lead_to_files_and_headings_that_exist() {
        List<String> broken = new ArrayList<>();
        for (MarkdownDocument document : documents()) {
            for (Link link : document.links()) {
                String[] parts = link.target().split("#", 2);
                Path target = parts[0].isEmpty()
                        ? document.file()
                        : document.file().resolveSibling(parts[0]).normalize();
                boolean leads = Files.exists(target)
                        && (parts.length == 1
                                || MarkdownDocument.read(target).anchors().contains(parts[1]));
                if (!leads) {
                    broken.add(Repository.root().relativize(document.file()) + ":" + link.line() + " " + link.target());
                }
            }
        }
        assertThat(broken).as("links that lead nowhere").isEmpty();
    }

    @Test
    void every_document_can_be_reached_from_the_README() {
        List<Path> reached = new ArrayList<>(List.of(Repository.root().resolve("README.md")));
        for (int i = 0; i < reached.size(); i++) {
            Path from = reached.get(i);
            MarkdownDocument.read(from).links().stream()
                    .map(link -> from.resolveSibling(link.target().replaceFirst("#.*", ""))
                            .normalize())
                    .filter(target -> target.toString().endsWith(".md")
                            && Files.isRegularFile(target)
                            && !reached.contains(target))
                    .forEach(reached::add);
        }
        assertThat(documents().stream().map(MarkdownDocument::file)).isSubsetOf(reached);
    }

    @Test
    void the_README_can_be_read_in_one_sitting() throws IOException {
        assertThat(Files.size(Repository.root().resolve("README.md"))).isLessThanOrEqualTo(README_BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "a b, ab, true",
        "a...d, abcd, true",
        "a...d, abc, false",
        "a, ab, false",
        "'{\"id\": \"...\"}', '{\"id\":\"7\"}', true",
        "'{\"id\": \"...\"}', '{\"no\":\"7\"}', false",
    })
    void output_is_compared_but_for_white_space_and_dots(String expected, String output, boolean same) {
        assertThat(MarkdownDocument.matches(expected, output)).isEqualTo(same);
    }
}
