package dev.storyline.projections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.eventstore.Json;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * How far one machine has come in one stream. Every write of it is conditional on the {@code rev} it was read with, so
 * two invokers never both apply a step. The names of its attributes are the storage format.
 *
 * @param pos the version of the last event applied; 0 for none
 * @param commit the id of the commit at {@code pos}; null for none
 * @param state the machine's state as JSON; null for its initial one
 * @param machine the machine's declared version
 * @param rev counts the writes of this item; 0 for an item that does not exist yet
 * @param parked why it stands still, or null
 * @param own the stream's one row under its own key, or null
 */
record FoldItem(
        long pos,
        @Nullable String commit,
        @Nullable String state,
        int machine,
        long rev,
        @Nullable Parked parked,
        @Nullable ObjectNode own) {
    static final String SORT_PREFIX = "@";

    static FoldItem none(int machine) {
        return new FoldItem(0, null, null, machine, 0, null, null);
    }

    static Map<String, AttributeValue> key(StreamId stream, String machine) {
        return Map.of(
                ViewTable.PARTITION, AttributeValue.fromS(stream.toString()),
                ViewTable.SORT, AttributeValue.fromS(SORT_PREFIX + machine));
    }

    FoldItem parkedAt(long version, String reason, Instant at) {
        return new FoldItem(pos, commit, state, machine, rev, new Parked(version, reason, at), own);
    }

    FoldItem unparked() {
        return new FoldItem(pos, commit, state, machine, rev, null, own);
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
                    "The state of a fold item cannot be read; count up the machine's version", e);
        }
    }

    Map<String, AttributeValue> item(StreamId stream, String machineName) {
        Map<String, AttributeValue> item = new HashMap<>(key(stream, machineName));
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
            item.put("parked", AttributeValue.fromM(Attributes.item(Attributes.fields(parked))));
        }
        if (own != null) {
            item.put("row", AttributeValue.fromM(Attributes.item(own)));
        }
        return item;
    }

    static FoldItem read(Map<String, AttributeValue> item) {
        AttributeValue commit = item.get("commit");
        AttributeValue state = item.get("state");
        AttributeValue parked = item.get("parked");
        AttributeValue own = item.get("row");
        return new FoldItem(
                Long.parseLong(required(item, "pos").n()),
                commit == null ? null : commit.s(),
                state == null ? null : state.s(),
                Integer.parseInt(required(item, "machine").n()),
                Long.parseLong(required(item, "rev").n()),
                parked == null ? null : Json.mapper().convertValue(Attributes.fields(parked.m()), Parked.class),
                own == null ? null : Attributes.fields(own.m()));
    }

    private static AttributeValue required(Map<String, AttributeValue> item, String name) {
        return Objects.requireNonNull(item.get(name), () -> "A fold item without '" + name + "'");
    }

    private static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }
}
