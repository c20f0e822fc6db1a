package dev.storyline.local.gateway;

import dev.storyline.local.common.HttpAnswer;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Reads the bodies of requests. Few large bodies are in memory at the same time. */
final class RequestBodies {
    /** The largest body that Lambda takes, in bytes. */
    static final int MAX_BODY = 6 * 1024 * 1024;

    private static final int SMALL_BODY = 64 * 1024;
    private static final int MAX_LARGE_BODIES = 8;

    private static final long LONGEST_WAIT_SECONDS = 5;

    private final Semaphore largeBodies = new Semaphore(MAX_LARGE_BODIES, true);

    /** Answers a request with this body. */
    interface Handler {
        HttpAnswer answer(byte[] body) throws RequestRefused;
    }

    /**
     * Reads the body of a request and hands it on.
     *
     * @throws RequestRefused if the body is larger than {@link #MAX_BODY}, or too many large bodies stay in memory
     */
    HttpAnswer read(IncomingRequest request, String path, Handler handler) throws IOException, RequestRefused {
        String length = request.first("content-length");
        if (length != null && Long.parseLong(length) > MAX_BODY) {
            throw tooLarge(path);
        }
        byte[] start = request.body().readNBytes(SMALL_BODY);
        if (start.length < SMALL_BODY) {
            return handler.answer(start);
        }
        takePlace(path);
        try {
            byte[] rest = request.body().readNBytes(MAX_BODY - SMALL_BODY + 1);
            if (start.length + rest.length > MAX_BODY) {
                throw tooLarge(path);
            }
            byte[] whole = Arrays.copyOf(start, start.length + rest.length);
            System.arraycopy(rest, 0, whole, start.length, rest.length);
            return handler.answer(whole);
        } finally {
            largeBodies.release();
        }
    }

    private void takePlace(String path) throws RequestRefused {
        boolean taken = false;
        try {
            taken = largeBodies.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new RequestRefused(
                    Problem.busy("The gateway takes " + MAX_LARGE_BODIES + " large bodies at once.", path));
        }
    }

    private static RequestRefused tooLarge(String path) {
        return new RequestRefused(Problem.of(
                413, "too-large", "The body is too large", "A request has at most " + MAX_BODY + " bytes.", path));
    }
}
