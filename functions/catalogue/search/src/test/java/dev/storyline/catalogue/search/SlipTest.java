package dev.storyline.catalogue.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One slip is one, whichever word has it. */
class SlipTest {
    @ParameterizedTest
    @CsvSource({
        "chair, chairs, true",
        "chair, hair, true",
        "chair, chir, true",
        "chair, choir, true",
        "chair, chiar, true",
        "chair, hcair, true",
        "chair, chari, true",
        "ab, ba, true",
        "a, b, true",
        "a, ab, true",
        "chair, chair, false",
        "chair, hciar, false",
        "chair, chore, false",
        "chair, char it, false",
        "chair, air, false",
        "chair, rhaic, false",
        "abcd, badc, false"
    })
    void one_slip(String one, String other, boolean expected) {
        assertThat(Slip.isBetween(one, other)).isEqualTo(expected);
        assertThat(Slip.isBetween(other, one)).isEqualTo(expected);
    }
}
