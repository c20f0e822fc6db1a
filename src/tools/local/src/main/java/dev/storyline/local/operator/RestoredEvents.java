package dev.storyline.local.operator;

import dev.storyline.common.Backoff;
import dev.storyline.common.Checksum;
import dev.storyline.common.Json;
import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.CapacityThrottle;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.EventScan;
import dev.storyline.eventstore.StoreFailure;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a restored event table has.
 *
 * @param streams its streams: how many commits begin at version 1
 * @param commits its commits
 * @param events their events
 * @param unreadable how many items are no commits
 * @param digest the same for the same commits in any order, 64 hexadecimal digits: the sum of the SHA-256 of each
 */
record RestoredEvents(long streams, long commits, long events, long unreadable, String digest) {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final int HEX = 16;

    /** Reads a table once, strongly consistent: 1 read unit for each 4 KB. */
    static RestoredEvents of(Installation installation, String table, @Nullable Integer readUnits) {
        EventScan scan = new EventScan(installation.dynamo(), table)
                .under(new CapacityThrottle(Clock.systemUTC(), Backoff.REAL, new CapacityCeilings(readUnits, null)));
        RestoredEvents all = new RestoredEvents(0, 0, 0, 0, "");
        BigInteger sum = BigInteger.ZERO;
        EventScan.After after = null;
        do {
            EventScan.After begin = after;
            EventScan.ScanPage page = installation.calling(() -> scan.page(0, 1, begin));
            for (Map<String, AttributeValue> item : page.items()) {
                Commit commit = commit(item);
                all = all.and(commit);
                if (commit != null) {
                    String hash = Checksum.hex(Json.mapper().valueToTree(commit).toString());
                    sum = sum.add(new BigInteger(hash, HEX)).mod(MODULUS);
                }
            }
            after = page.next();
        } while (after != null);
        return new RestoredEvents(all.streams(), all.commits(), all.events(), all.unreadable(), "%064x".formatted(sum));
    }

    private static @Nullable Commit commit(Map<String, AttributeValue> item) {
        try {
            return CommitItem.read(item);
        } catch (StoreFailure.Corrupted e) {
            return null;
        }
    }

    private RestoredEvents and(@Nullable Commit commit) {
        return commit == null
                ? new RestoredEvents(streams, commits, events, unreadable + 1, digest)
                : new RestoredEvents(
                        streams + (commit.version() == 1 ? 1 : 0),
                        commits + 1,
                        events + commit.events().size(),
                        unreadable,
                        digest);
    }
}
