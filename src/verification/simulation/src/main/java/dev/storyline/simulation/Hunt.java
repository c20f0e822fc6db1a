package dev.storyline.simulation;

import dev.storyline.testkit.RunLength;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs histories with freshly loaded Storyline classes, with a fault in some of them or in none, until it finds a
 * violation.
 */
public final class Hunt {
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(told, true, StandardCharsets.UTF_8);
    private final Method run;
    private int violations;
    private int histories;

    /**
     * Creates a hunt that has not run any history yet.
     *
     * @param simulations a class with a method {@code public static int run(long firstSeed, int histories, PrintStream
     *     out)}, which returns the number of violations and prints each one in a line that begins with
     *     {@code violation:}
     * @param mutated the bytes that replace those of Storyline's classes, by binary name
     * @throws ReflectiveOperationException if the class has no such method
     */
    public Hunt(Class<?> simulations, Map<String, byte[]> mutated) throws ReflectiveOperationException {
        run = new MutantLoader(simulations.getClassLoader(), mutated)
                .loadClass(simulations.getName())
                .getMethod("run", long.class, int.class, PrintStream.class);
    }

    /**
     * Runs batches of one, one, two, four and so on histories, up to the first violation.
     *
     * @param most the number of histories after which the hunt gives up; rounded up to a power of two
     */
    public void upTo(long firstSeed, int most) throws ReflectiveOperationException {
        for (int next = 1; violations == 0 && histories < most; next = histories) {
            violations += (int) run.invoke(null, firstSeed + histories, next, out);
            histories += next;
        }
    }

    /**
     * Hunts for a planted fault, and prints the seed that found it. An ordinary run first tries the seed that is known
     * to find the fault. A long run begins at the first seed, so that it also shows which seeds to record.
     *
     * @param known the seed at which each mutant was found before, by the mutant's name
     * @throws AssertionError if this number of histories finds no violation
     */
    public static void mustCatch(Class<?> simulations, Mutant mutant, Map<String, Long> known, long firstSeed, int most)
            throws ReflectiveOperationException {
        Map<String, byte[]> classes = mutant.classes();
        Long seed = RunLength.isLong() ? null : known.get(mutant.name());
        if (seed != null) {
            Hunt quick = new Hunt(simulations, classes);
            quick.upTo(seed, 1);
            if (!quick.violation().isEmpty()) {
                System.out.println("mutant caught: " + mutant.name() + " at its known seed: " + quick.violation());
                return;
            }
        }
        Hunt hunt = new Hunt(simulations, classes);
        hunt.upTo(firstSeed, most);
        if (hunt.violation().isEmpty()) {
            throw new AssertionError(mutant.name() + ": " + mutant.sentence() + " Nothing is found in "
                    + hunt.histories() + " histories from seed " + firstSeed + " on.\n" + hunt.told());
        }
        System.out.println("mutant caught: " + mutant.name() + " after " + hunt.histories() + " histories"
                + (seed == null ? "" : ", no longer at its known seed " + seed) + ": " + hunt.violation());
    }

    /**
     * Reads the known seeds of a test, {@code mutant-name=seed}, from the properties file beside it.
     *
     * @param test the test; the properties file has its simple name
     */
    public static Map<String, Long> knownSeeds(Class<?> test) {
        Properties properties = new Properties();
        try (InputStream file = test.getResourceAsStream(test.getSimpleName() + ".properties")) {
            properties.load(Objects.requireNonNull(file, "There are no known seeds beside " + test.getName()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(Function.identity(), name -> Long.valueOf(properties.getProperty(name))));
    }

    /** Returns the number of violations found. */
    public int violations() {
        return violations;
    }

    /** Returns the maximum number of histories that ran; those after the first violation were skipped. */
    public int histories() {
        return histories;
    }

    /** Returns all output of the histories. */
    public String told() {
        return told.toString(StandardCharsets.UTF_8);
    }

    /** Returns the violation in one line; empty if there was none. */
    public String violation() {
        return told().lines()
                .filter(line -> line.startsWith("violation:"))
                .findFirst()
                .orElse("");
    }
}
