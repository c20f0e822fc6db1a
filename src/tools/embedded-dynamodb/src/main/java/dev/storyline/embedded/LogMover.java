package dev.storyline.embedded;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves the log of SQLite into the database (a checkpoint) in a thread of its own, while the thread of the store goes on:
 * commits change pages all over a large file, and writing those takes long. What was written meanwhile is left to the
 * thread of the store, since only who writes can begin the log anew. SQLite's own way, after a commit, never does it here:
 * DynamoDB Local commits while it still reads, and no log is moved then. A long log makes each read slower.
 */
final class LogMover implements AutoCloseable {
    /** The log is moved after so many commits: some 10 MB of small items. */
    private static final int COMMITS = 1_000;

    private static final Logger LOG = Logger.getLogger(LogMover.class.getName());

    private final AtomicInteger commits = new AtomicInteger();
    private final File file;
    private final Runnable rest;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to watch.
     *
     * @param rest has the thread of the store move what is left; it does not wait for it
     */
    LogMover(File file, Runnable rest) {
        this.file = file;
        this.rest = rest;
        this.thread = Thread.ofPlatform().name("storyline-log-mover").daemon().start(this::run);
    }

    /** Counts a commit. */
    void committed() {
        if (commits.incrementAndGet() == COMMITS) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (!closed) {
            if (commits.get() < COMMITS) {
                LockSupport.park(this);
            } else {
                move();
                commits.set(0);
                rest.run();
            }
        }
    }

    /** Where it fails, as on a full disk, the log stays, and the thread of the store or the next move takes it along. */
    private void move() {
        SQLiteConnection connection = new SQLiteConnection(file);
        try {
            connection.open(false);
            connection.exec("PRAGMA synchronous = NORMAL");
            connection.exec("PRAGMA wal_checkpoint(PASSIVE)");
        } catch (SQLiteException e) {
            LOG.log(Level.FINE, "The log was not moved", e);
        } finally {
            connection.dispose();
        }
    }

    /** Ends after the move that is under way. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
