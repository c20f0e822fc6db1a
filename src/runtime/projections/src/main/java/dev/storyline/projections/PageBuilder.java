package dev.storyline.projections;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.EscapedJson;
import dev.storyline.common.Json;
import java.util.ArrayList;
import java.util.List;

/** Fills one page with rows until it is full. */
final class PageBuilder<R extends Record> {
    private final PageSize size;
    private final Class<R> type;
    private final List<R> rows = new ArrayList<>();
    private long bytes;
    private String last = "";

    PageBuilder(PageSize size, Class<R> type) {
        this.size = size;
        this.type = type;
    }

    /** Takes the next row; false if the page is full, so that the row belongs to the next page. */
    boolean add(String sort, ObjectNode fields) {
        long more = EscapedJson.bytes(fields);
        if (!size.takes(rows.size(), bytes, more)) {
            return false;
        }
        rows.add(Json.mapper().convertValue(fields, type));
        bytes += more;
        last = sort;
        return true;
    }

    /** The page before further rows. */
    RowPage<R> cut() {
        return new RowPage<>(rows, last);
    }

    /** The last page. */
    RowPage<R> whole() {
        return new RowPage<>(rows, null);
    }
}
