package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.common.Json;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** What {@link Money} promises to all contexts. */
class MoneyTest {
    @Test
    void money_is_rounded_half_away_from_zero_to_the_digits_of_its_currency() {
        assertThat(euro("0.05").times(new BigDecimal("0.1"))).isEqualTo(euro("0.01"));
        assertThat(euro("-0.05").times(new BigDecimal("0.1"))).isEqualTo(euro("-0.01"));
        assertThat(euro("0.04").times(new BigDecimal("0.1"))).isEqualTo(euro("0"));
        assertThat(new Money(new BigDecimal("15"), "JPY").times(new BigDecimal("0.1")))
                .isEqualTo(new Money(new BigDecimal("2"), "JPY"));
        assertThat(new Money(new BigDecimal("0.005"), "BHD").times(new BigDecimal("0.1")))
                .isEqualTo(new Money(new BigDecimal("0.001"), "BHD"));
    }

    @Test
    void money_equals_the_same_amount_with_more_zeros() {
        assertThat(euro("12.50")).isEqualTo(euro("12.5"));
        assertThat(euro("100").amount().toString()).isEqualTo("100");
    }

    @Test
    void money_is_added_and_taken_away() {
        assertThat(euro("0.1").plus(euro("0.2"))).isEqualTo(euro("0.3"));
        assertThat(euro("0.1").minus(euro("0.3"))).isEqualTo(euro("-0.2"));
        assertThat(euro("7").minus(euro("7.00"))).isEqualTo(Money.zero("EUR"));
        assertThat(euro("-7").signum()).isNegative();
    }

    @Test
    void money_of_two_currencies_has_no_sum() {
        assertThatThrownBy(() -> euro("1").plus(Money.zero("USD")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("EUR")
                .hasMessageContaining("USD");
    }

    @Test
    void money_is_payable_with_as_many_digits_as_its_currency_has() {
        assertThat(euro("0.01").isPayable()).isTrue();
        assertThat(euro("0.001").isPayable()).isFalse();
        assertThat(new Money(new BigDecimal("0.5"), "JPY").isPayable()).isFalse();
        assertThat(new Money(new BigDecimal("0.001"), "BHD").isPayable()).isTrue();
    }

    @Test
    void money_is_recorded_as_amount_and_currency() throws Exception {
        assertThat(Json.mapper().writeValueAsString(euro("12.50"))).isEqualTo("{\"amount\":12.5,\"currency\":\"EUR\"}");
    }

    private static Money euro(String amount) {
        return new Money(new BigDecimal(amount), "EUR");
    }
}
