package dev.storyline.testkit;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** Waits, with a time limit, until a condition becomes true. Tests pause nowhere else. */
public final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Eventually() {}

    /**
     * Waits until the condition is true; a condition that throws counts as not yet true.
     *
     * @throws AssertionError if the condition is not true within the limit, with its last exception as the cause
     */
    public static void within(Duration limit, Callable<Boolean> condition) {
        within(limit, (Executable) () -> {
            if (!condition.call()) {
                throw new AssertionError("The condition is still false");
            }
        });
    }

    /**
     * Waits until the assertion passes.
     *
     * @throws AssertionError if the assertion does not pass within the limit, with its last failure as the cause
     */
    public static void within(Duration limit, Executable assertion) {
        long deadline = System.nanoTime() + limit.toNanos();
        Throwable failure = failureOf(assertion);
        while (failure != null) {
            if (System.nanoTime() - deadline >= 0) {
                throw new AssertionError("Not within " + limit + ": " + failure.getMessage(), failure);
            }
            pause();
            failure = failureOf(assertion);
        }
    }

    private static @Nullable Throwable failureOf(Executable assertion) {
        try {
            assertion.execute();
            return null;
        } catch (VirtualMachineError broken) {
            throw broken;
        } catch (Throwable failure) {
            return failure;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting", interrupted);
        }
    }
}
