package dev.storyline.projections;

import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The writes of one commit that do not fit one transaction. */
final class OversizedCommit {
    private final Generation generation;
    private final StreamId stream;
    private final Map<RowKey, RowWrite> totals = new LinkedHashMap<>();
    private final Map<RowKey, RowWrite> rows = new LinkedHashMap<>();

    OversizedCommit(Generation generation, StreamId stream, Map<RowKey, RowWrite> writes) {
        this.generation = generation;
        this.stream = stream;
        writes.forEach((key, write) -> (write instanceof RowWrite.Add ? totals : rows).put(key, write));
    }

    /** Writes the rows in chunks; false if another invocation has written the fold item meanwhile. */
    boolean writeRows(FoldItem fold) {
        for (Map<RowKey, RowWrite> chunk : chunks()) {
            if (!generation.writer().writeUnmoved(stream, fold.rev(), chunk)) {
                return false;
            }
        }
        return true;
    }

    /** Writes the totals together with the fold item at its new position; false if the fold item has changed. */
    boolean finish(FoldItem fold, FoldItem done) {
        return generation.writer().write(stream, fold, done, totals);
    }

    private List<Map<RowKey, RowWrite>> chunks() {
        List<Map<RowKey, RowWrite>> chunks = new ArrayList<>();
        Map<RowKey, RowWrite> chunk = new HashMap<>();
        int size = 0;
        for (Map.Entry<RowKey, RowWrite> row : rows.entrySet()) {
            int more = GenerationWriter.bytes(row.getKey(), row.getValue());
            if (chunk.size() == GenerationWriter.MAX_ROWS
                    || (!chunk.isEmpty() && size + more > GenerationWriter.MAX_BYTES)) {
                chunks.add(chunk);
                chunk = new HashMap<>();
                size = 0;
            }
            chunk.put(row.getKey(), row.getValue());
            size += more;
        }
        if (!chunk.isEmpty()) {
            chunks.add(chunk);
        }
        return chunks;
    }
}
