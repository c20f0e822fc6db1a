package dev.storyline.embedded;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.io.File;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import software.amazon.dynamodb.services.local.shared.access.sqlite.AmazonDynamoDBOfflineSQLiteJob;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessException;
import software.amazon.dynamodb.services.local.shared.exceptions.LocalDBAccessExceptionType;

/**
 * The one thread in which DynamoDB Local works on SQLite. It measures the time of each caller, and it ends transactions
 * completely: DynamoDB Local answers a transaction before SQLite has committed it, and never looks whether it did.
 */
@SuppressWarnings("rawtypes") // SQLiteQueue hands its jobs over without their types.
final class StoreQueue extends SQLiteQueue {
    /** How the transaction of this thread is being ended; null where it is not. */
    private static final ThreadLocal<End> ENDING = new ThreadLocal<>();

    private static final int PAGE_BYTES = 4096;
    private static final int FEWEST_LOG_PAGES = 1_000;
    private static final int MOST_LOG_PAGES = 40_000;

    private final CallMeter meter;
    private final Map<SQLiteJob, String> callers = new ConcurrentHashMap<>();
    private volatile @Nullable SQLiteConnection connection;

    /** How a transaction ends. */
    private enum End {
        COMMIT,
        ROLLBACK
    }

    StoreQueue(@Nullable File file, CallMeter meter) {
        super(file);
        this.meter = meter;
    }

    @Override
    protected void initConnection(SQLiteConnection opened) throws SQLiteException {
        connection = opened;
        // Commits are synchronized in groups, by GroupSync; SQLite itself synchronizes only when it moves its log.
        opened.exec("PRAGMA synchronous = NORMAL");
        opened.exec("PRAGMA cache_size = -32768");
        opened.exec("PRAGMA wal_autocheckpoint = " + logPages());
    }

    /**
     * How long the log of SQLite becomes before this thread moves it into the database and waits for the disk: 160 MB, or a
     * 64th of the disk, but never less than SQLite's own 4 MB. {@link LogMover} comes before.
     */
    long logPages() {
        File file = getDatabaseFile();
        long disk = file == null ? 0 : file.getAbsoluteFile().getParentFile().getTotalSpace();
        return Math.clamp(disk / 64 / PAGE_BYTES, FEWEST_LOG_PAGES, MOST_LOG_PAGES);
    }

    /** Runs the commit of a transaction. Throws if SQLite did not commit; the caller then rolls back. */
    void committing(Runnable commit) {
        ending(End.COMMIT, commit);
    }

    /** Runs the roll-back of a transaction. Afterwards no transaction is open, whatever happened before. */
    void rollingBack(Runnable rollback) {
        ending(End.ROLLBACK, rollback);
    }

    private void ending(End end, Runnable call) {
        ENDING.set(end);
        try {
            call.run();
        } finally {
            ENDING.remove();
        }
    }

    @Override
    public <T, J extends SQLiteJob<T>> J execute(J job) {
        String caller = meter.caller();
        if (caller != null) {
            callers.put(job, caller);
        }
        meter.queued();
        J queued = super.execute(job);
        End end = ENDING.get();
        if (end != null && !(job instanceof Reset)) {
            settle(queued, end);
        }
        return queued;
    }

    /** Waits for the last job of a transaction, before the lock that protects the transaction is released. */
    private void settle(SQLiteJob job, End end) {
        if (succeeded(job)) {
            return;
        }
        if (!succeeded(execute(new Reset()))) {
            throw failure("A transaction of DynamoDB Local could not be ended");
        }
        if (end == End.COMMIT) {
            throw failure("SQLite did not commit the transaction");
        }
    }

    private static boolean succeeded(SQLiteJob<?> job) {
        try {
            job.get();
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | RuntimeException e) {
            return false;
        }
    }

    private static LocalDBAccessException failure(String message) {
        return new LocalDBAccessException(LocalDBAccessExceptionType.UNEXPECTED_EXCEPTION, message);
    }

    @Override
    protected void executeJob(SQLiteJob job) throws Throwable {
        long begun = System.nanoTime();
        try {
            // Where the disk is full, SQLite may roll back by itself. The rest of the transaction would then be written
            // without the part that is gone.
            if (!(job instanceof Reset) && Reset.isInTransaction() && isAutoCommit()) {
                job.cancel(true);
            } else {
                super.executeJob(job);
            }
        } finally {
            meter.worked(callers.remove(job), System.nanoTime() - begun);
            meter.done();
        }
    }

    private boolean isAutoCommit() throws SQLiteException {
        return Objects.requireNonNull(connection, "the connection").getAutoCommit();
    }

    /** Ends what is left of a transaction. */
    private static final class Reset extends AmazonDynamoDBOfflineSQLiteJob<Void> {
        static boolean isInTransaction() {
            return manualTransactionsEnabled.get();
        }

        @Override
        protected @Nullable Void job(SQLiteConnection connection) throws Throwable {
            if (!connection.getAutoCommit()) {
                connection.exec("ROLLBACK");
            }
            manualTransactionsEnabled.set(false);
            return null;
        }

        @Override
        protected @Nullable Void doWork() {
            return null;
        }
    }
}
