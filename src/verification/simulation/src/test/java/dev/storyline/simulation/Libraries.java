package dev.storyline.simulation;

import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs simulated histories of a library. */
public final class Libraries {
    /** Keeps a strong reference to the logger, so that its level stays. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    private Libraries() {}

    /**
     * Runs histories, one for each seed, up to the first violation, which is printed in a line that begins with
     * {@code violation:}. Storyline's own log is silent during the run.
     *
     * @return the number of violations: 0 or 1
     */
    public static int run(long firstSeed, int histories, PrintStream out) {
        Level before = LOGGER.getLevel();
        LOGGER.setLevel(Level.OFF);
        try {
            for (long seed = firstSeed; seed < firstSeed + histories; seed++) {
                String violation = history(seed).violation();
                if (violation != null) {
                    out.println("violation: seed " + seed + ": " + violation.replace('\n', ' '));
                    return 1;
                }
            }
            return 0;
        } finally {
            LOGGER.setLevel(before);
        }
    }

    /** Runs one history. */
    static History.Verdict history(long seed) {
        return History.of(seed, Library.deployment(), Library::start, Library::new);
    }
}
