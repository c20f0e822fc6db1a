package dev.storyline.local.feeds;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.local.common.LocalCloudException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/**
 * What the delivering services of AWS keep for themselves: messages of queues, positions in change streams, the last
 * runs of schedules, one-time schedules, and how far the clock was moved. It is an SQLite file in the data directory. Messages survive a power failure. Positions survive the
 * kill of the process; after a power failure they may be older, so that records come twice.
 */
public final class DeliveryStore implements AutoCloseable {
    private static final String FILE = "deliveries.db";
    private static final int LONGEST_WAIT_MS = 30_000;

    private final Connection messages;
    private final Connection positions;

    private DeliveryStore(Connection messages, Connection positions) {
        this.messages = messages;
        this.positions = positions;
    }

    /**
     * Opens the store.
     *
     * @param data the data directory; null to keep everything in memory
     * @throws LocalCloudException if the file cannot be opened
     */
    public static DeliveryStore open(@Nullable Path data) {
        try {
            if (data == null) {
                Connection memory = connect(":memory:", SynchronousMode.OFF);
                create(memory);
                return new DeliveryStore(memory, memory);
            }
            String file = data.resolve(FILE).toString();
            Connection messages = connect(file, SynchronousMode.FULL);
            create(messages);
            return new DeliveryStore(messages, connect(file, SynchronousMode.NORMAL));
        } catch (SQLException e) {
            throw new LocalCloudException(
                    "The file " + FILE + " of the data directory cannot be opened: " + e.getMessage(), e);
        }
    }

    private static Connection connect(String file, SynchronousMode synchronous) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(synchronous);
        config.setBusyTimeout(LONGEST_WAIT_MS);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void create(Connection connection) throws SQLException {
        for (String sql : List.of(
                "CREATE TABLE IF NOT EXISTS messages (number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,"
                        + " queue TEXT NOT NULL, body TEXT NOT NULL, receives INTEGER NOT NULL, visible_at INTEGER NOT NULL)",
                "CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visible_at, number)",
                "CREATE TABLE IF NOT EXISTS positions (feed TEXT NOT NULL, shard TEXT NOT NULL, sequence TEXT NOT NULL,"
                        + " PRIMARY KEY (feed, shard))",
                "CREATE TABLE IF NOT EXISTS schedules (name TEXT PRIMARY KEY, last_run INTEGER NOT NULL)",
                "CREATE TABLE IF NOT EXISTS deadlines (name TEXT PRIMARY KEY, due INTEGER NOT NULL, tries INTEGER NOT NULL,"
                        + " schedule TEXT NOT NULL)",
                "CREATE INDEX IF NOT EXISTS deadlines_by_time ON deadlines (due)",
                "CREATE TABLE IF NOT EXISTS clock (one INTEGER PRIMARY KEY CHECK (one = 1), ahead INTEGER NOT NULL)",
                "CREATE TABLE IF NOT EXISTS subscriptions (topic TEXT NOT NULL, queue TEXT NOT NULL,"
                        + " PRIMARY KEY (topic, queue))",
                "CREATE TABLE IF NOT EXISTS taken_over (name TEXT PRIMARY KEY)")) {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.execute();
            }
        }
        addTimes(connection);
    }

    /** Files of older versions do not know when their messages were sent. */
    private static void addTimes(Connection connection) throws SQLException {
        List<String> columns = query(connection, "PRAGMA table_info(messages)", row -> row.getString("name"));
        if (!columns.contains("sent_at")) {
            try (PreparedStatement statement =
                    connection.prepareStatement("ALTER TABLE messages ADD COLUMN sent_at INTEGER")) {
                statement.execute();
            }
        }
    }

    /**
     * A message.
     *
     * @param id the id, unique among all queues
     * @param body the text
     * @param receives how many deliveries failed
     */
    public record Message(String id, String body, int receives) {}

    /** Adds a message, which is visible at once. */
    void add(String queue, String body) {
        add(queue, new Message(UUID.randomUUID().toString(), body, 0), Instant.now());
    }

    /** Adds messages to each of these queues, in one transaction. */
    void add(List<String> queues, List<String> bodies) {
        inTransaction(messages, () -> queues.forEach(queue -> bodies.forEach(body -> add(queue, body))));
    }

    /** Notes that a queue is subscribed to a topic; false if it was before. */
    public boolean subscribe(String topic, String queue) {
        return update(positions, "INSERT OR IGNORE INTO subscriptions VALUES (?, ?)", topic, queue) > 0;
    }

    private void add(String queue, Message message, Instant visibleAt) {
        update(
                messages,
                "INSERT OR IGNORE INTO messages (id, queue, body, receives, visible_at, sent_at) VALUES (?, ?, ?, ?, ?, ?)",
                message.id(),
                queue,
                message.body(),
                message.receives(),
                visibleAt.toEpochMilli(),
                Instant.now().toEpochMilli());
    }

    /** The oldest messages that are visible. */
    List<Message> receive(String queue, int most) {
        return query(
                messages,
                "SELECT id, body, receives FROM messages WHERE queue = ? AND visible_at <= ? ORDER BY number LIMIT ?",
                row -> new Message(row.getString(1), row.getString(2), row.getInt(3)),
                queue,
                Instant.now().toEpochMilli(),
                most);
    }

    /** When the next message of a queue is visible; null where the queue is empty. */
    @Nullable
    Instant nextVisible(String queue) {
        return first(query(
                messages,
                "SELECT visible_at FROM messages WHERE queue = ? ORDER BY visible_at LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                queue));
    }

    /** Makes a message whose delivery failed visible again at a later time. */
    void again(Message message, Instant visibleAt) {
        update(
                messages,
                "UPDATE messages SET receives = receives + 1, visible_at = ? WHERE id = ?",
                visibleAt.toEpochMilli(),
                message.id());
    }

    /** Moves a message to the queue of dead letters. */
    void move(Message message, String queue) {
        update(
                messages,
                "UPDATE messages SET queue = ?, receives = 0, visible_at = ? WHERE id = ?",
                queue,
                Instant.now().toEpochMilli(),
                message.id());
    }

    void remove(List<Message> done) {
        inTransaction(
                messages,
                () -> done.forEach(message -> update(messages, "DELETE FROM messages WHERE id = ?", message.id())));
    }

    /** The bodies of all messages of a queue, visible or not, the oldest first. */
    public List<String> bodies(String queue) {
        return query(
                messages, "SELECT body FROM messages WHERE queue = ? ORDER BY number", row -> row.getString(1), queue);
    }

    /** The number of messages of each queue that has some, by the ARN of the queue. */
    public Map<String, Integer> depths() {
        Map<String, Integer> depths = new TreeMap<>();
        query(
                        messages,
                        "SELECT queue, COUNT(*) FROM messages GROUP BY queue",
                        row -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> depths.put(entry.getKey(), entry.getValue()));
        return depths;
    }

    /**
     * What waits in a queue.
     *
     * @param messages how many messages
     * @param failing how many of them were delivered in vain
     * @param oldestSeconds how long ago the oldest one was sent
     */
    public record Depth(long messages, long failing, double oldestSeconds) {
        /** Of an empty queue. */
        public static final Depth EMPTY = new Depth(0, 0, 0);
    }

    /** What waits in each queue that is not empty, by the ARN of the queue. */
    public Map<String, Depth> depths(Instant now) {
        Map<String, Depth> depths = new TreeMap<>();
        query(
                        messages,
                        "SELECT queue, COUNT(*), SUM(receives > 0), MIN(COALESCE(sent_at, visible_at)) FROM messages"
                                + " GROUP BY queue",
                        row -> Map.entry(
                                row.getString(1),
                                new Depth(
                                        row.getLong(2),
                                        row.getLong(3),
                                        Math.max(0, now.toEpochMilli() - row.getLong(4)) / 1_000d)))
                .forEach(entry -> depths.put(entry.getKey(), entry.getValue()));
        return depths;
    }

    /** The sequence number of the last record of a shard that a feed is done with; null where there is none. */
    public @Nullable String position(String feed, String shard) {
        return first(query(
                positions,
                "SELECT sequence FROM positions WHERE feed = ? AND shard = ?",
                row -> row.getString(1),
                feed,
                shard));
    }

    /** The positions of all feeds. */
    public List<Position> positions() {
        return query(
                positions,
                "SELECT feed, shard, sequence FROM positions ORDER BY feed, shard",
                row -> new Position(row.getString(1), row.getString(2), row.getString(3)));
    }

    void position(String feed, String shard, String sequence) {
        update(positions, "INSERT OR REPLACE INTO positions VALUES (?, ?, ?)", feed, shard, sequence);
    }

    /** When a schedule ran last; null where it never did. */
    @Nullable
    Instant lastRun(String schedule) {
        return first(query(
                positions,
                "SELECT last_run FROM schedules WHERE name = ?",
                row -> Instant.ofEpochMilli(row.getLong(1)),
                schedule));
    }

    void ran(String schedule, Instant at) {
        update(positions, "INSERT OR REPLACE INTO schedules VALUES (?, ?)", schedule, at.toEpochMilli());
    }

    /**
     * A one-time schedule that waits.
     *
     * @param schedule what is to be invoked, and when
     * @param tries how many invocations failed
     */
    record Waiting(OneTimeSchedule schedule, int tries) {
        private String name() {
            return name(schedule.group(), schedule.name());
        }

        private static String name(String group, String name) {
            return group + "/" + name;
        }
    }

    /** Adds a one-time schedule; one of this name that waits stays as it is. */
    void add(OneTimeSchedule schedule) {
        update(
                messages,
                "INSERT OR IGNORE INTO deadlines VALUES (?, ?, 0, ?)",
                Waiting.name(schedule.group(), schedule.name()),
                schedule.at().toEpochMilli(),
                Json.text(Json.mapper().valueToTree(schedule)));
    }

    void removeSchedule(String group, String name) {
        update(messages, "DELETE FROM deadlines WHERE name = ?", Waiting.name(group, name));
    }

    /** The one-time schedules that are due, the earliest first. */
    List<Waiting> due(Instant now, int most) {
        return query(
                messages,
                "SELECT schedule, tries FROM deadlines WHERE due <= ? ORDER BY due LIMIT ?",
                row -> new Waiting(
                        Json.mapper().convertValue(read(row.getString(1)), OneTimeSchedule.class), row.getInt(2)),
                now.toEpochMilli(),
                most);
    }

    /** When the next one-time schedule is due; null where none waits. */
    @Nullable
    Instant nextDue() {
        return first(query(
                messages,
                "SELECT due FROM deadlines ORDER BY due LIMIT 1",
                row -> Instant.ofEpochMilli(row.getLong(1))));
    }

    /** Lets a schedule wait until a later time, after so many invocations that failed. */
    void again(Waiting waiting, Instant due, int tries) {
        update(
                messages,
                "UPDATE deadlines SET tries = ?, due = ? WHERE name = ?",
                tries,
                due.toEpochMilli(),
                waiting.name());
    }

    void done(Waiting waiting) {
        update(messages, "DELETE FROM deadlines WHERE name = ?", waiting.name());
    }

    /** Moves the event of a schedule to the queue for what could not be carried out. */
    void missed(Waiting waiting) {
        inTransaction(messages, () -> {
            add(waiting.schedule().missed(), Json.text(waiting.schedule().event()));
            done(waiting);
        });
    }

    private static JsonNode read(String json) {
        try {
            return Json.mapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The store has a schedule that is not JSON: " + json, e);
        }
    }

    /** How far the clock of the local cloud is ahead of that of the machine. */
    Duration ahead() {
        Duration ahead = first(query(messages, "SELECT ahead FROM clock", row -> Duration.ofMillis(row.getLong(1))));
        return ahead == null ? Duration.ZERO : ahead;
    }

    void ahead(Duration ahead) {
        update(messages, "INSERT OR REPLACE INTO clock VALUES (1, ?)", ahead.toMillis());
    }

    /** Changes whenever another process has written; the operator's commands do, beside a running local cloud. */
    long version() {
        return query(messages, "PRAGMA data_version", row -> row.getLong(1)).getFirst();
    }

    /**
     * Takes over messages and positions that an older version kept elsewhere, in one step and once.
     *
     * @param source the name of the other place
     */
    void takeOver(String source, List<QueuedMessage> queued, List<Position> reached) {
        inTransaction(messages, () -> {
            if (update(messages, "INSERT OR IGNORE INTO taken_over VALUES (?)", source) == 0) {
                return;
            }
            queued.forEach(one -> add(one.queue(), one.message(), one.visibleAt()));
            reached.forEach(one -> update(
                    messages,
                    "INSERT OR IGNORE INTO positions VALUES (?, ?, ?)",
                    one.feed(),
                    one.shard(),
                    one.sequence()));
        });
    }

    /** A message and its queue. */
    record QueuedMessage(String queue, Message message, Instant visibleAt) {}

    /** The position of a feed in a shard. */
    public record Position(String feed, String shard, String sequence) {}

    private interface Row<T> {
        T of(ResultSet row) throws SQLException;
    }

    private static <T> List<T> query(Connection connection, String sql, Row<T> read, Object... values) {
        synchronized (connection) {
            try (PreparedStatement statement = prepared(connection, sql, values);
                    ResultSet rows = statement.executeQuery()) {
                List<T> all = new ArrayList<>();
                while (rows.next()) {
                    all.add(read.of(rows));
                }
                return all;
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    private static int update(Connection connection, String sql, Object... values) {
        synchronized (connection) {
            try (PreparedStatement statement = prepared(connection, sql, values)) {
                return statement.executeUpdate();
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private static void inTransaction(Connection connection, Runnable work) {
        synchronized (connection) {
            try {
                connection.setAutoCommit(false);
                try {
                    work.run();
                    connection.commit();
                } catch (RuntimeException | SQLException e) {
                    connection.rollback();
                    throw e;
                } finally {
                    connection.setAutoCommit(true);
                }
            } catch (SQLException e) {
                throw failure(e);
            }
        }
    }

    private static <T> @Nullable T first(List<T> all) {
        return all.isEmpty() ? null : all.getFirst();
    }

    private static DeliveryStoreException failure(SQLException cause) {
        return new DeliveryStoreException(cause);
    }

    /** The store cannot be read or written, for instance because the disk is full. */
    public static final class DeliveryStoreException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        DeliveryStoreException(SQLException cause) {
            super("The deliveries cannot be stored: " + cause.getMessage(), cause);
        }
    }

    @Override
    public void close() {
        try {
            positions.close();
            messages.close();
        } catch (SQLException e) {
            throw failure(e);
        }
    }
}
