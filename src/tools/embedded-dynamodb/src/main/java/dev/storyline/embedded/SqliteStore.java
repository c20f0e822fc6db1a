package dev.storyline.embedded;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteConstants;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteStatement;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.LocalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.OnDemandThroughput;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughput;
import software.amazon.awssdk.services.dynamodb.model.StreamSpecification;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.LocalDBUtils;
import software.amazon.dynamodb.services.local.shared.access.QueryResponseInfo;
import software.amazon.dynamodb.services.local.shared.access.TableInfo;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.model.AttributeValue;
import software.amazon.dynamodb.services.local.shared.model.Condition;

/**
 * DynamoDB Local's own store on SQLite, kept fit for long use. Tables, items and streams are DynamoDB Local's; added are:
 *
 * <ul>
 *   <li>a write-ahead log that is written to the disk once for many commits, see {@link GroupSync},
 *       and moved into the database beside the work, see {@link LogMover};
 *   <li>indexes on the change streams: without them each write to a table with a stream, and each read of a stream, steps
 *       through the records of all other tables;
 *   <li>transactions that are committed before they are answered, and not answered well where the commit failed, see
 *       {@link StoreQueue};
 *   <li>the removal of stream records and transaction tokens that are past their time while it runs; DynamoDB Local does
 *       this only when it starts;
 *   <li>sequence numbers that never start again: DynamoDB Local numbers on from the newest stream record, and deletes even
 *       this one when it is a day old;
 *   <li>queries and scans that read about one page of 1 MB: DynamoDB Local reads all rows after the start key for each page,
 *       and throws away what does not fit;
 *   <li>descriptions and schemas of tables that are kept for a second: DynamoDB Local reads and parses them at each call,
 *       see {@link SchemaCache};
 *   <li>a call for each written table, and a meter of the calls.
 * </ul>
 */
final class SqliteStore extends SQLiteDBAccess {
    private static final int MOST_REMOVED_AT_ONCE = 500;

    /** The size of the items after which DynamoDB ends a page. */
    private static final int PAGE_BYTES = 1024 * 1024;

    /** A page is read with this number of rows first; their size tells how many rows fill it. */
    private static final int FIRST_ROWS = 64;

    /** The tables that the transaction of this thread has written; null outside of a transaction. */
    private static final ThreadLocal<Set<String>> TRANSACTION = new ThreadLocal<>();

    /** The wrapper of SQLite logs each connection, and each exception that its caller gets anyway. */
    private static final List<Logger> WRAPPER = List.of(
            Logger.getLogger("com.almworks.sqlite4java"), Logger.getLogger("com.almworks.sqlite4java.Internal"));

    private final SchemaCache schemas = SchemaCache.instance();
    private final Map<String, Kept<TableInfo>> described = new ConcurrentHashMap<>();
    private final AtomicLong tableChanges = new AtomicLong();
    private final StoreQueue store;
    private final Consumer<String> written;
    private final @Nullable GroupSync sync;
    private final @Nullable LogMover mover;

    /**
     * Opens the store.
     *
     * @param file the database file; null to keep everything in memory
     * @param written gets the name of a table after each write to it
     */
    SqliteStore(@Nullable File file, CallMeter meter, Consumer<String> written) {
        super(prepared(file));
        this.written = written;
        WRAPPER.forEach(logger -> logger.setLevel(Level.OFF));
        try {
            queue.stop(true).join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the store was opened", e);
        }
        this.store = new StoreQueue(file, meter);
        this.queue = store.start();
        if (file == null) {
            createTables();
        }
        run(connection -> {
            connection.exec("CREATE INDEX IF NOT EXISTS storyline_by_stream ON us (StreamID)");
            connection.exec("CREATE INDEX IF NOT EXISTS storyline_by_shard ON us (ShardID)");
            return true;
        });
        this.sync = file == null ? null : new GroupSync(Path.of(file + "-wal"));
        this.mover = file == null ? null : new LogMover(file, store::moveLog);
    }

    /** Sets what SQLite keeps in the file, before DynamoDB Local opens it. */
    private static @Nullable File prepared(@Nullable File file) {
        if (file == null) {
            return null;
        }
        WRAPPER.forEach(logger -> logger.setLevel(Level.OFF));
        SQLiteConnection connection = new SQLiteConnection(file);
        try {
            connection.open();
            connection.exec("PRAGMA page_size = 4096");
            connection.exec("PRAGMA journal_mode = WAL");
            if (exists(connection, "us")) {
                connection.exec("UPDATE us SET CreationDateTime = " + System.currentTimeMillis()
                        + " WHERE SequenceNumber = (SELECT MAX(SequenceNumber) FROM us)");
            }
            return file;
        } catch (SQLiteException e) {
            boolean damaged = e.getBaseErrorCode() == SQLiteConstants.SQLITE_NOTADB
                    || e.getBaseErrorCode() == SQLiteConstants.SQLITE_CORRUPT;
            throw new IllegalStateException(
                    "The database file " + file + " cannot be opened"
                            + (damaged ? "; the data directory may be damaged: " : ": ") + e.getMessage(),
                    e);
        } finally {
            connection.dispose();
        }
    }

    private static boolean exists(SQLiteConnection connection, String table) throws SQLiteException {
        SQLiteStatement found =
                connection.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '" + table + "'");
        try {
            return found.step();
        } finally {
            found.dispose();
        }
    }

    /** A database in memory ends with its connection; its tables are made again in the new one. */
    private void createTables() {
        try {
            Method create = SQLiteDBAccess.class.getDeclaredMethod("initializeMetadataTables");
            create.setAccessible(true);
            create.invoke(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of DynamoDB Local is not the one that is expected", e);
        }
    }

    private interface Work {
        boolean on(SQLiteConnection connection) throws SQLiteException;
    }

    /** Runs work in the thread of the store. */
    private boolean run(Work work) {
        SQLiteJob<Boolean> job = new SQLiteJob<>() {
            @Override
            protected Boolean job(SQLiteConnection connection) throws Throwable {
                return work.on(connection);
            }
        };
        try {
            return store.execute(job).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("SQLite: " + e.getCause(), e);
        }
    }

    @Override
    public void putRecord(
            String table,
            Map<String, AttributeValue> item,
            AttributeValue hash,
            AttributeValue range,
            boolean isSystemWrite) {
        super.putRecord(table, item, hash, range, isSystemWrite);
        wrote(table);
    }

    @Override
    public boolean deleteRecord(String table, Map<String, AttributeValue> key, boolean isSystemDelete) {
        boolean deleted = super.deleteRecord(table, key, isSystemDelete);
        wrote(table);
        return deleted;
    }

    /** Reads without a lock: where a transaction runs, the read waits for its end, and the transaction reads here, too. */
    @Override
    public TableInfo getTableInfo(String table) {
        Kept<TableInfo> kept = described.get(table);
        if (kept != null && kept.isFresh()) {
            return kept.value();
        }
        long before = tableChanges.get();
        Kept<TableInfo> read = Kept.now(super.getTableInfo(table));
        synchronized (described) {
            if (tableChanges.get() == before) {
                described.put(table, read);
            }
        }
        return read.value();
    }

    /** Runs a change of a table, after which nothing is kept of what was read before. */
    private void changing(String table, Runnable change) {
        try {
            change.run();
        } finally {
            synchronized (described) {
                tableChanges.incrementAndGet();
                described.remove(table);
            }
            schemas.clear();
        }
    }

    @Override
    public void createTable(
            String table,
            AttributeDefinition hash,
            AttributeDefinition range,
            List<AttributeDefinition> attributes,
            List<LocalSecondaryIndex> localIndexes,
            List<GlobalSecondaryIndex> globalIndexes,
            ProvisionedThroughput throughput,
            OnDemandThroughput onDemand,
            BillingMode billing,
            Boolean isProtected,
            StreamSpecification stream) {
        changing(
                table,
                () -> super.createTable(
                        table,
                        hash,
                        range,
                        attributes,
                        localIndexes,
                        globalIndexes,
                        throughput,
                        onDemand,
                        billing,
                        isProtected,
                        stream));
    }

    @Override
    public void updateTable(
            String table,
            ProvisionedThroughput throughput,
            OnDemandThroughput onDemand,
            BillingMode billing,
            long changed,
            List<AttributeDefinition> attributes,
            List<GlobalSecondaryIndexDescription> indexes,
            Boolean isProtected,
            StreamSpecification stream) {
        changing(
                table,
                () -> super.updateTable(
                        table, throughput, onDemand, billing, changed, attributes, indexes, isProtected, stream));
    }

    @Override
    public void updateTable(String table, String timeToLiveAttribute) {
        changing(table, () -> super.updateTable(table, timeToLiveAttribute));
    }

    @Override
    public void deleteTable(String table) {
        changing(table, () -> super.deleteTable(table));
    }

    private void wrote(String table) {
        Set<String> tables = TRANSACTION.get();
        if (tables == null) {
            done(Set.of(table));
        } else {
            tables.add(table);
        }
    }

    private void done(Set<String> tables) {
        if (sync != null) {
            sync.await();
        }
        if (mover != null) {
            mover.committed();
        }
        tables.forEach(written);
    }

    @Override
    public byte[] beginTransaction(String token) {
        TRANSACTION.set(new LinkedHashSet<>());
        try {
            return super.beginTransaction(token);
        } catch (RuntimeException e) {
            // DynamoDB Local holds the lock of the transaction now, and would never release it.
            rollbackTransaction();
            throw e;
        }
    }

    @Override
    public void commitTransaction(String token, byte[] signature) {
        store.committing(() -> super.commitTransaction(token, signature));
        Set<String> tables = TRANSACTION.get();
        TRANSACTION.remove();
        done(tables);
    }

    @Override
    public void rollbackTransaction() {
        TRANSACTION.remove();
        store.rollingBack(super::rollbackTransaction);
    }

    /** Reads the rows of one page; the caller cuts it where it is full. */
    @Override
    public QueryResponseInfo queryRecords(
            String table,
            String index,
            Map<String, Condition> conditions,
            Map<String, AttributeValue> startKey,
            @Nullable Long limit,
            boolean ascending,
            byte[] firstHash,
            byte[] lastHash,
            boolean isScan,
            boolean isGlobalIndex) {
        long most = limit == null ? Long.MAX_VALUE : limit;
        long rows = FIRST_ROWS;
        while (rows < most) {
            QueryResponseInfo page = super.queryRecords(
                    table, index, conditions, startKey, rows, ascending, firstHash, lastHash, isScan, isGlobalIndex);
            long bytes = bytes(page);
            if (page.getLastEvaluatedItem() == null || bytes >= PAGE_BYTES) {
                return page;
            }
            // As many as fill the page if the others are as large as these; at least twice as many, so that this ends.
            rows = rows * Math.max(2, PAGE_BYTES * 5L / 4 / bytes);
        }
        return super.queryRecords(
                table, index, conditions, startKey, limit, ascending, firstHash, lastHash, isScan, isGlobalIndex);
    }

    private static long bytes(QueryResponseInfo page) {
        return page.getReturnedRecords().stream()
                .mapToLong(LocalDBUtils::getItemSizeBytes)
                .sum();
    }

    /** Not added up: that reads the whole table, and AWS tells it only every six hours. DescribeTable says 0. */
    @Override
    public long getTableByteSize(String table) {
        return 0;
    }

    /** See {@link #getTableByteSize}. */
    @Override
    public long getGSIByteSize(String table, String index) {
        return 0;
    }

    /**
     * Removes the stream records and transaction tokens that are past their time, a few at once, so that calls need not
     * wait. The newest stream record stays.
     */
    void removeOld() {
        long now = System.currentTimeMillis();
        while (run(connection -> remove(
                connection,
                "us",
                now - LocalDBClient.RECORD_SURVIVAL_DURATION,
                "AND rowid < (SELECT MAX(rowid) FROM us)"))) {}
        while (run(connection ->
                remove(connection, "tr", now - LocalDBClient.TRANSACTION_CLIENT_TOKEN_SURVIVAL_DURATION, ""))) {}
    }

    /** Removes some of the oldest rows; true if there may be more. */
    private static boolean remove(SQLiteConnection connection, String table, long before, String condition)
            throws SQLiteException {
        int changed = connection.getTotalChanges();
        connection.exec(
                "DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table + " ORDER BY rowid LIMIT "
                        + MOST_REMOVED_AT_ONCE + ") AND CreationDateTime < " + before + " " + condition);
        return connection.getTotalChanges() - changed == MOST_REMOVED_AT_ONCE;
    }

    /** Ends when SQLite has closed the file, so that the next store can open it. */
    @Override
    public void close() {
        if (mover != null) {
            mover.close();
        }
        super.close();
        try {
            store.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (sync != null) {
            sync.close();
        }
    }
}
