package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.common.Metric;
import dev.storyline.deployment.Deployment;
import dev.storyline.testkit.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name every metric, and count what CloudWatch would bill. */
class MetricsDocumentTest {
    private static String document(String name) throws IOException {
        return Files.readString(Repository.root().resolve(name));
    }

    private static String series(Metric metric) {
        String name = metric.series() + (metric.unit() == Metric.Unit.COUNT ? "" : "_seconds");
        return metric.kind() == Metric.Kind.SUM ? name + "_total" : name;
    }

    @Test
    void every_metric_is_a_row_of_the_reference() throws IOException {
        String reference = document("docs/reference/metrics.md");
        for (Metric metric : Metric.values()) {
            assertThat(reference)
                    .contains("| `" + metric.label() + "` | `" + series(metric) + "` | "
                            + (metric.ofContext() ? "yes" : "") + " | " + metric.about() + " |");
        }
    }

    @Test
    void the_price_of_metrics_is_that_of_the_slices_there_are() throws IOException {
        Deployment deployment = Deployment.read(Repository.root());
        int readers = deployment.readers().size();
        Set<String> changing = deployment.routes().stream()
                .filter(route -> !route.method().equals("GET"))
                .map(Deployment.Route::function)
                .collect(Collectors.toSet());
        long commands = deployment.functions().stream()
                .filter(function -> changing.contains(function.arn())
                        || function.export().endsWith("-inner")
                        || function.export().endsWith("-translation"))
                .map(Deployment.FunctionSpec::slice)
                .distinct()
                .count();
        long contexts = deployment.slices().stream()
                .map(slice -> slice.substring(0, slice.indexOf('/')))
                .distinct()
                .count();
        long queries = deployment.routes().stream()
                .filter(route -> route.method().equals("GET"))
                .map(Deployment.Route::function)
                .distinct()
                .count();
        long metrics = 2L * readers + 4 * commands + queries + contexts;
        assertThat(document("docs/explanation/cost.md").replaceAll("\\s+", " "))
                .contains(readers + " reading slices tell two each, " + commands + " slices with commands four, "
                        + queries + " queries one, " + contexts + " contexts one: " + metrics + " metrics, "
                        + String.format(Locale.ROOT, "%.2f", metrics * 0.3) + " dollars");
    }

    @Test
    void the_tests_that_provoke_failures_are_there() throws IOException {
        List<Path> tests;
        try (Stream<Path> files = Files.walk(Repository.root().resolve("src"))) {
            tests = files.filter(file -> file.toString().endsWith("Test.java")).toList();
        }
        Matcher named = Pattern.compile("`(\\w+Test)\\.(\\w+)`").matcher(document("docs/reference/metrics.md"));
        int found = 0;
        while (named.find()) {
            found++;
            String method = "void " + named.group(2) + "(";
            String file = named.group(1) + ".java";
            assertThat(tests)
                    .as("%s has %s", file, method)
                    .anyMatch(test -> test.endsWith(file) && text(test).contains(method));
        }
        assertThat(found).isGreaterThanOrEqualTo(8);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
