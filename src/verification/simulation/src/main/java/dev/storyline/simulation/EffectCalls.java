package dev.storyline.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the calls of effects: dispatched commands, published events, calls of ports. A repetition needs an excuse: the
 * earlier call had no answer, a crash or a fault of DynamoDB struck its invocation before the position was saved, or two
 * invocations worked on the stream at the same time.
 */
final class EffectCalls {
    /** For so long an engine takes a position that it has read for current, in nanoseconds. */
    private static final long CURRENT_FOR = 1_000_000_000;

    private final Map<String, List<Call>> calls = new HashMap<>();
    private final Map<String, List<Write>> writes = new HashMap<>();

    /** One invocation of a function, while it runs and after. */
    static final class Invocation {
        private final String slice;
        private final long began;
        private final long until;
        private long ended = Long.MAX_VALUE;
        private long troubledAt = -1;

        /**
         * An invocation that begins.
         *
         * @param until when it is killed, because it takes too long
         */
        Invocation(String slice, long began, long until) {
            this.slice = slice;
            this.began = began;
            this.until = until;
        }

        long until() {
            return until;
        }

        /** A fault has struck it. */
        void troubled(long now) {
            troubledAt = now;
        }

        void ended(long now) {
            ended = now;
        }
    }

    /** A call of an effect. */
    static final class Call {
        private final Invocation by;
        private final long at;
        private boolean answered;
        private boolean followedUp;

        private Call(Invocation by, long at) {
            this.by = by;
            this.at = at;
        }

        void answered() {
            answered = true;
        }

        /** A dispatched command was refused, and is done when its follow-up is. */
        void followedUp() {
            followedUp = true;
        }
    }

    private record Write(Invocation by, long at) {}

    /** Whether the effect was called more than once. */
    boolean isRepeated(String key) {
        return calls.getOrDefault(key, List.of()).size() > 1;
    }

    /** An invocation writes an item under a stream's key. */
    void wrote(Invocation by, String stream, long now) {
        writes.computeIfAbsent(by.slice + " " + stream, unseen -> new ArrayList<>())
                .add(new Write(by, now));
    }

    /** A call begins. */
    Call begin(String key, Invocation by, long now) {
        Call call = new Call(by, now);
        calls.computeIfAbsent(key, unseen -> new ArrayList<>()).add(call);
        return call;
    }

    /** Says what is wrong with the last call of an effect; null if it is the first one, or has an excuse. */
    @Nullable
    String objection(String key, String stream, long now) {
        List<Call> all = calls.getOrDefault(key, List.of());
        Call last = all.getLast();
        for (Call earlier : all.subList(0, all.size() - 1)) {
            if (!excused(key, earlier, last.by, stream, now)) {
                return "The effect " + key + " is called again without a fault: at " + earlier.at + " and at " + now;
            }
        }
        return null;
    }

    private boolean excused(String key, Call earlier, Invocation by, String stream, long now) {
        boolean atOnce = earlier.by != by && by.began <= earlier.by.ended;
        return !isDone(key, earlier)
                || earlier.by.troubledAt >= earlier.at
                || atOnce
                || othersWrote(earlier, stream, now);
    }

    private boolean isDone(String key, Call call) {
        return call.answered
                && (!call.followedUp
                        || calls.entrySet().stream()
                                .filter(other -> other.getKey().startsWith(key + "/"))
                                .flatMap(other -> other.getValue().stream())
                                .anyMatch(next -> next.answered && next.by == call.by));
    }

    /** Another invocation wrote the position while the one of the call ran, and no longer before the call than allowed. */
    private boolean othersWrote(Call earlier, String stream, long now) {
        long since = Math.max(earlier.by.began, earlier.at - CURRENT_FOR);
        return writes.getOrDefault(earlier.by.slice + " " + stream, List.of()).stream()
                .anyMatch(write ->
                        write.by != earlier.by && write.at >= since && write.at <= Math.min(now, earlier.by.ended));
    }
}
