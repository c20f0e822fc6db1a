package dev.storyline.local.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The room on the disk of the data directory. A reserve of 64 MB, or a quarter of a disk that has less than 256 MB, is kept
 * for work that was accepted: while less is free, commands are refused; while less than half of it is free, deliveries wait.
 */
public final class DiskSpace {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.disk");
    private static final long MOST_RESERVED = 64L * 1024 * 1024;
    private static final int SMALLEST_SHARE = 4;

    /** How long a look at the disk is good for. */
    private static final long FRESH_NANOS = 50_000_000;

    private final @Nullable Path data;
    private final @Nullable FileStore disk;
    private final long reserve;
    private final AtomicBoolean shortOf = new AtomicBoolean();
    private final AtomicBoolean wasFull = new AtomicBoolean();
    private volatile long lookedAt;
    private volatile long free = Long.MAX_VALUE;

    private DiskSpace(@Nullable Path data, @Nullable FileStore disk, long reserve) {
        this.data = data;
        this.disk = disk;
        this.reserve = reserve;
    }

    /**
     * Watches the disk of a data directory.
     *
     * @param data the directory, which exists; null where the data is in memory, which has room always
     */
    public static DiskSpace of(@Nullable Path data) {
        if (data == null) {
            return new DiskSpace(null, null, 0);
        }
        try {
            FileStore disk = Files.getFileStore(data);
            return new DiskSpace(data, disk, Math.min(MOST_RESERVED, disk.getTotalSpace() / SMALLEST_SHARE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the reserve is touched: commands are refused. */
    public boolean isShort() {
        boolean now = free() < reserve;
        if (shortOf.compareAndSet(!now, now)) {
            if (now) {
                LOG.log(
                        System.Logger.Level.ERROR,
                        () -> "The disk of the data directory %s is full: %s are free, %s are kept for accepted work."
                                        .formatted(data, megabytes(free), megabytes(reserve))
                                + " Commands are refused until there is more room.");
            } else {
                LOG.log(System.Logger.Level.INFO, () -> "The disk of the data directory has room again.");
            }
        }
        return now;
    }

    /** Whether half of the reserve is used up: deliveries wait too. */
    public boolean isFull() {
        boolean full = free() < reserve / 2;
        if (full) {
            wasFull.set(true);
        }
        return full;
    }

    /** Whether the disk was full and has room now. The answer is yes once for each time. */
    public boolean hasRecovered() {
        return wasFull.get() && !isShort() && wasFull.compareAndSet(true, false);
    }

    private long free() {
        long now = System.nanoTime();
        if (disk != null && (lookedAt == 0 || now - lookedAt > FRESH_NANOS)) {
            try {
                free = disk.getUsableSpace();
                lookedAt = now;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return free;
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1_048_576.0);
    }
}
