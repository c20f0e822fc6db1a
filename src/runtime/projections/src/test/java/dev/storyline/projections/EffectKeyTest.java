package dev.storyline.projections;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.kernel.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectKeyTest {
    @Test
    void a_key_is_read_as_it_was_written_whatever_the_id_of_the_entity() {
        for (StreamId stream : new StreamId[] {new StreamId("child", "simo"), new StreamId("entry", "orders/o 1/x")}) {
            EffectKey key = new EffectKey("wishes", "publish-wish-updates", stream, 12, "approved/too-late/sorry");
            assertThat(EffectKey.parse(key.toString())).contains(key);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "child#simo@3",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
                "wishes/handler/child#simo@0/told",
                "wishes/handler/child#simo@x/told",
                "wishes/handler/child@3/told",
                "wishes/handler/child#simo@3/",
                "wishes/handler/ #simo@3/told",
                "wishes/handler/a#b#c@3/told"
            })
    void no_other_text_is_a_key(String text) {
        assertThat(EffectKey.parse(text)).isEmpty();
    }
}
