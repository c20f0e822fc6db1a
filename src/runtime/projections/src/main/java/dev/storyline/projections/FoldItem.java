package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The position and the state of one processor in one stream. Every write of it is conditional on the {@code rev} that
 * was read, so that two invocations never both apply a step. The names of its attributes are the storage format.
 *
 * @param pos the version of the last event applied; 0 for none
 * @param commit the id of the commit at {@code pos}; null for none
 * @param state the processor's state as JSON; null for the initial state
 * @param machine the declared version of the processor
 * @param rev counts the writes of this item; 0 for an item that does not exist yet
 * @param parked why the stream is parked, or null
 * @param own the stream's own row, or null
 * @param fires the first version whose effects run, by an event handler; 0 if it has not met one yet. Later events run
 *     theirs whenever they were decided. An item without it is from before it was stored, and is read as 0
 * @param done the effects of the commit after {@code pos} that have been run; null for none
 */
record FoldItem(
        long pos,
        @Nullable String commit,
        @Nullable String state,
        int machine,
        long rev,
        @Nullable Parked parked,
        @Nullable ObjectNode own,
        long fires,
        @Nullable EffectsDone done) {
    static final String SORT_PREFIX = "@";

    static FoldItem none(int machine) {
        return new FoldItem(0, null, null, machine, 0, null, null, 0, null);
    }

    FoldItem at(Commit last, @Nullable String json, int version, @Nullable ObjectNode row) {
        return new FoldItem(last.last(), last.id(), json, version, rev, parked, row == null ? own : row, fires, null);
    }

    FoldItem parked(@Nullable Parked cause) {
        return new FoldItem(pos, commit, state, machine, rev, cause, own, fires, done);
    }

    FoldItem remembering(@Nullable String json, int version) {
        return new FoldItem(pos, commit, json, version, rev, parked, own, fires, done);
    }

    FoldItem firing(long from, @Nullable EffectsDone part) {
        return new FoldItem(pos, commit, state, machine, rev, parked, own, from, part);
    }

    /** The item after it was written. */
    FoldItem written() {
        return new FoldItem(pos, commit, state, machine, rev + 1, parked, own, fires, done);
    }

    /** Why the stream is parked; null if deliveries apply. */
    @Nullable
    Parked standing() {
        return parked == null || parked.catchingUp() ? null : parked;
    }

    /** Whether a stream with this head has something to apply; a parked stream waits for its redrive. */
    static boolean isBehind(@Nullable FoldItem fold, long head) {
        return fold == null || (fold.standing() == null && fold.pos() < head);
    }

    <S> S stateOr(S initial) {
        if (state == null) {
            return initial;
        }
        try {
            @SuppressWarnings("unchecked") // The state was written from this very type.
            Class<S> type = (Class<S>) initial.getClass();
            return Json.mapper().readValue(state, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(
                    "The stored state of a fold item cannot be read as " + initial.getClass()
                            + "; increase the version of the projection or event handler",
                    e);
        }
    }

    Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        Map<String, AttributeValue> item = new HashMap<>(key);
        item.put("pos", number(pos));
        item.put("machine", number(machine));
        item.put("rev", number(rev));
        if (commit != null) {
            item.put("commit", AttributeValue.fromS(commit));
        }
        if (state != null) {
            item.put("state", AttributeValue.fromS(state));
        }
        if (parked != null) {
            item.put("parked", AttributeValue.fromM(AttributeValues.item(AttributeValues.fields(parked))));
        }
        if (own != null) {
            item.put("row", AttributeValue.fromM(AttributeValues.item(own)));
        }
        if (fires > 0) {
            item.put("fires", number(fires));
        }
        if (done != null) {
            item.put("done", done.stored());
        }
        return item;
    }

    static FoldItem read(Map<String, AttributeValue> item) {
        AttributeValue commit = item.get("commit");
        AttributeValue state = item.get("state");
        AttributeValue parked = item.get("parked");
        AttributeValue own = item.get("row");
        AttributeValue fires = item.get("fires");
        return new FoldItem(
                Long.parseLong(required(item, "pos").n()),
                commit == null ? null : commit.s(),
                state == null ? null : state.s(),
                Integer.parseInt(required(item, "machine").n()),
                Long.parseLong(required(item, "rev").n()),
                parked == null ? null : Json.mapper().convertValue(AttributeValues.fields(parked.m()), Parked.class),
                own == null ? null : AttributeValues.fields(own.m()),
                fires == null ? 0 : Long.parseLong(fires.n()),
                EffectsDone.read(item.get("done")));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), () -> "A fold item has no attribute '" + name + "'");
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
