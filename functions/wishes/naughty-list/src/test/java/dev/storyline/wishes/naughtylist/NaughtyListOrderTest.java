package dev.storyline.wishes.naughtylist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.wishes.NaughtyChild;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NaughtyListOrderTest {
    @Test
    void the_list_is_sorted_by_its_end_for_every_instant_there_is() {
        Instant noon = Instant.parse("2026-12-01T12:00:00Z");
        assertThat(List.of(
                        NaughtyChild.sort(Instant.MIN),
                        NaughtyChild.sort(Instant.EPOCH.minusNanos(1)),
                        NaughtyChild.sort(Instant.EPOCH),
                        NaughtyChild.sort(noon),
                        NaughtyChild.sort(noon.plusNanos(1)),
                        NaughtyChild.sort(Instant.MAX)))
                .isSorted()
                .doesNotHaveDuplicates();
    }
}
