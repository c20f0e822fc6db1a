package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.RowChange;
import dev.storyline.kernel.RowKey;
import dev.storyline.projections.Tills.Sale;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RowWriteTest {
    @Test
    void changes_of_one_row_merge_into_one_write() {
        RowKey key = new RowKey("p", "s");
        Sale sale = new Sale("tea", 1, "new", null);
        Map<String, RowWrite> expected = new HashMap<>();
        RowWrite.Merged merged = new RowWrite.Merged();
        merged.add(new RowChange.Remove(key));
        merged.add(new RowChange.Set(key, Map.of("amount", 2)));
        expected.put("remove+set", Objects.requireNonNull(merged.writes().get(key)));
        assertThat(expected.get("remove+set")).isInstanceOf(RowWrite.Put.class);
        merged.add(new RowChange.Put(key, sale));
        merged.add(new RowChange.Remove(key));
        assertThat(merged.writes().get(key)).isEqualTo(new RowWrite.Remove());
        RowWrite.Merged sets = new RowWrite.Merged();
        sets.add(new RowChange.Set(key, Map.of("a", 1)));
        sets.add(new RowChange.Set(key, Map.of("b", 2)));
        assertThat(Objects.requireNonNull(sets.writes().get(key)).toString())
                .contains("\"a\":1")
                .contains("\"b\":2");
    }
}
