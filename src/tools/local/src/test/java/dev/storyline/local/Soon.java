package dev.storyline.local;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.function.Executable;

/** Waits for a condition, with a limit. The testkit depends on this module, so its own class cannot be used here. */
public final class Soon {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private Soon() {}

    public static void soon(Executable assertion) throws Throwable {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            try {
                assertion.execute();
                return;
            } catch (AssertionError e) {
                if (System.nanoTime() - deadline > 0) {
                    throw e;
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }
}
