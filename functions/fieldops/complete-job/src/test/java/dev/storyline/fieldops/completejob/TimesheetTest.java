package dev.storyline.fieldops.completejob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.fieldops.CrewHours;
import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewRate;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.FieldOps;
import dev.storyline.contexts.fieldops.Timesheet;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimesheetTest {
    private static final CrewId RED = new CrewId("red");

    /** Clocks that change at night, at midnight, by half an hour, never, and one that left out a whole day. */
    private static final List<ZoneId> ZONES = List.of(
            ZoneId.of("Europe/Vienna"),
            ZoneId.of("America/Sao_Paulo"),
            ZoneId.of("Australia/Lord_Howe"),
            ZoneId.of("Asia/Kathmandu"),
            ZoneId.of("Pacific/Apia"));

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void the_parts_of_work_add_up_and_follow_one_another_each_at_the_rate_of_its_days(long seed) {
        Random random = new Random(seed);
        ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
        LocalDate first = LocalDate.of(2011, 1, 1).plusDays(random.nextInt(365));
        Instant from = first.atStartOfDay(zone).toInstant().plusNanos(random.nextLong(3_600_000_000_000L * 30));
        BigDecimal hours = BigDecimal.valueOf(1 + random.nextInt(1_000_000), 4);
        // Each day has a rate of its own, so that a wrong day shows as a wrong rate.
        List<CrewRate> rates = LongStream.range(0, 10)
                .mapToObj(day ->
                        new CrewRate(RED, "standard", new Money(BigDecimal.valueOf(day), "EUR"), first.plusDays(day)))
                .toList();

        List<CrewWork> parts = new Timesheet(zone, rates).work(new CrewHours(RED, hours, from), Instant.EPOCH);

        assertThat(parts.stream().map(CrewWork::hours).reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(hours);
        assertThat(parts.getFirst().from()).isEqualTo(from);
        for (int i = 0; i < parts.size(); i++) {
            CrewWork part = parts.get(i);
            assertThat(part.hours()).isPositive();
            Instant end = FieldOps.after(part.from(), part.hours());
            if (i + 1 < parts.size()) {
                assertThat(Duration.between(end, parts.get(i + 1).from()).abs())
                        .isLessThanOrEqualTo(Duration.ofNanos(1));
            }
            LocalDate day = part.from().atZone(zone).toLocalDate();
            assertThat(part.hourlyRate())
                    .isEqualTo(new Money(BigDecimal.valueOf(day.toEpochDay() - first.toEpochDay()), "EUR"));
            assertThat(end.minusNanos(2).atZone(zone).toLocalDate()).isEqualTo(day);
        }
    }
}
