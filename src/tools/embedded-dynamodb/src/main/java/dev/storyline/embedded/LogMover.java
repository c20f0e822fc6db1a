package dev.storyline.embedded;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.io.File;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Moves the log of SQLite into the database (a checkpoint) in a thread of its own, while the thread of the store goes on:
 * commits change pages all over a large file, and writing those takes long. What was written meanwhile is left to the
 * thread of the store, with its next commit: only who writes can begin the log anew.
 */
final class LogMover implements AutoCloseable {
    /** The log is moved after so many commits. A wish with its deliveries is about ten, of two to three pages each. */
    private static final int COMMITS = 1_000;

    private static final Logger LOG = Logger.getLogger(LogMover.class.getName());

    private final AtomicInteger commits = new AtomicInteger();
    private final File file;
    private final LongConsumer logPages;
    private final long usualPages;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * Begins to watch.
     *
     * @param logPages tells the thread of the store how long the log becomes before a commit moves it, in pages
     * @param usualPages what it is otherwise
     */
    LogMover(File file, LongConsumer logPages, long usualPages) {
        this.file = file;
        this.logPages = logPages;
        this.usualPages = usualPages;
        this.thread = Thread.ofPlatform().name("storyline-log-mover").daemon().start(this::run);
    }

    /** Counts a commit. */
    void committed() {
        int number = commits.incrementAndGet();
        if (number == 1 || number == COMMITS) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        SQLiteConnection connection = new SQLiteConnection(file);
        try {
            connection.open(false);
            connection.exec("PRAGMA synchronous = NORMAL");
            while (waited(COMMITS)) {
                move(connection);
            }
        } catch (SQLiteException e) {
            throw new IllegalStateException("The log of " + file + " cannot be moved: " + e.getMessage(), e);
        } finally {
            connection.dispose();
        }
    }

    /** Waits for this number of commits; false if there will be no more. */
    private boolean waited(int number) {
        while (!closed && commits.get() < number) {
            LockSupport.park(this);
        }
        return !closed;
    }

    /** Where it fails, as on a full disk, the log stays, and the next move takes it along. */
    private void move(SQLiteConnection connection) {
        try {
            connection.exec("PRAGMA wal_checkpoint(PASSIVE)");
            commits.set(0);
            logPages.accept(1);
            if (waited(1)) {
                logPages.accept(usualPages);
            }
        } catch (SQLiteException | IllegalStateException e) {
            commits.set(0);
            LOG.log(Level.FINE, "The log was not moved", e);
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
