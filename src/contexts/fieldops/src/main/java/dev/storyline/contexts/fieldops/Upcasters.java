package dev.storyline.contexts.fieldops;

import dev.storyline.kernel.Upcaster;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** How what version 1 recorded is read now. */
final class Upcasters {
    /** The class of every crew before there were classes. */
    static final String STANDARD = "standard";

    /** All of them. */
    static final List<Upcaster> ALL = List.of(
            new Upcaster("CrewAssigned", 1, Upcasters::withRateClass),
            new Upcaster("JobCompleted", 1, Upcasters::withWork));

    private Upcasters() {}

    private static Map<String, Object> withRateClass(Map<String, Object> assigned) {
        Map<String, Object> next = new HashMap<>(assigned);
        next.put("rateClass", STANDARD);
        return next;
    }

    /** A crew that worked so many hours had begun so many hours before the job was done; what they cost, nobody said. */
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
