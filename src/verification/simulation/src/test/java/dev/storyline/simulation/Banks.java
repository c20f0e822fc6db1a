package dev.storyline.simulation;

import java.io.PrintStream;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Runs simulated histories of a bank. */
public final class Banks {
    /** Kept, or its level is forgotten with it: each retry would be told with its stack. */
    private static final Logger LOGGER = Logger.getLogger("dev.storyline");

    private Banks() {}

    /**
     * Lets histories happen, one for each seed, up to the first violation, which is told in a line that begins with
     * {@code violation:}. The log of the product is silent meanwhile.
     *
     * @return how many violations there were: 0 or 1
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

    /** Lets one history happen. */
    static History.Verdict history(long seed) {
        return History.of(seed, Bank.deployment(), Bank::start, Bank::new);
    }
}
