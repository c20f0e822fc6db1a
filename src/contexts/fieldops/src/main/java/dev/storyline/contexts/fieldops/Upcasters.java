package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Upcaster;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads events that version 1 recorded as events of today. */
final class Upcasters {
    /** The rate class of every crew from the time before there were classes. */
    static final String STANDARD = "standard";

    /** All upcasters. */
    static final List<Upcaster> ALL = List.of(
            new Upcaster("CrewAssigned", 1, Upcasters::withRateClass),
            new Upcaster("JobCompleted", 1, Upcasters::withWork));

    private Upcasters() {}

    private static Map<String, Object> withRateClass(Map<String, Object> assigned) {
        Map<String, Object> next = new HashMap<>(assigned);
        next.put("rateClass", STANDARD);
        return next;
    }

    /** The work of a crew ended with the job, so it began that many hours before. Its rate is unknown. */
    private static Map<String, Object> withWork(Map<String, Object> completed) {
        Map<String, Object> next = new HashMap<>(completed);
        Instant at = Instant.parse((String) Objects.requireNonNull(completed.get("at")));
        List<?> crewHours = (List<?>) Objects.requireNonNull(next.remove("crewHours"));
        next.put(
                "work",
                crewHours.stream().map(each -> work((Map<?, ?>) each, at)).toList());
        return next;
    }

    private static Map<String, Object> work(Map<?, ?> crewHours, Instant at) {
        BigDecimal hours =
                new BigDecimal(Objects.requireNonNull(crewHours.get("hours")).toString());
        return Map.of(
                "crewId",
                Objects.requireNonNull(crewHours.get("crewId")),
                "from",
                FieldOps.after(at, hours.negate()).toString(),
                "hours",
                hours,
                "rateClass",
                STANDARD);
    }
}
