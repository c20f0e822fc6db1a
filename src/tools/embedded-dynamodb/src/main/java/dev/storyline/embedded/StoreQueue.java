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
import java.util.logging.Level;
import java.util.logging.Logger;
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

    private static final Logger LOG = Logger.getLogger(StoreQueue.class.getName());

    private final CallMeter meter;
    private final Map<SQLiteJob, String> callers = new ConcurrentHashMap<>();
    private volatile @Nullable SQLiteConnection connection;
    private volatile boolean logIsLong;

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
        // Commits are synchronized in groups, by GroupSync; SQLite itself synchronizes only when its log is moved.
        opened.exec("PRAGMA synchronous = NORMAL");
        opened.exec("PRAGMA cache_size = -32768");
    }

    /** Has this thread move what is left in the log of SQLite, after its next job outside of a transaction. */
    void moveLog() {
        logIsLong = true;
    }

    /** Where it fails, as on a full disk, the log stays, and the next move takes it along. */
    private void moveRestOfLog() {
        try {
            if (logIsLong && isAutoCommit()) {
                logIsLong = false;
                Objects.requireNonNull(connection, "the connection").exec("PRAGMA wal_checkpoint(PASSIVE)");
            }
        } catch (SQLiteException e) {
            LOG.log(Level.FINE, "The log was not moved", e);
        }
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
                moveRestOfLog();
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
