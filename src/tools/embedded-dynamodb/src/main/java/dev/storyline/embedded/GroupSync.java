package dev.storyline.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes the log of SQLite to the disk, once for all commits that wait for it (group commit). An answered write survives a
 * power failure, and the thread of the store never waits for the disk.
 */
final class GroupSync implements AutoCloseable {
    private final FileChannel log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition done = lock.newCondition();
    private long committed;
    private long synced;
    private boolean syncing;

    /** Opens the log of a database file, which SQLite has created. */
    GroupSync(Path log) {
        try {
            this.log = FileChannel.open(log, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until what this thread has committed is on the disk. */
    void await() {
        lock.lock();
        try {
            long mine = ++committed;
            while (synced < mine) {
                if (syncing) {
                    done.awaitUninterruptibly();
                } else {
                    sync();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void sync() {
        long all = committed;
        syncing = true;
        lock.unlock();
        boolean written = false;
        try {
            log.force(false);
            written = true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.lock();
            syncing = false;
            if (written) {
                synced = all;
            }
            done.signalAll();
        }
    }

    @Override
    public void close() {
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
