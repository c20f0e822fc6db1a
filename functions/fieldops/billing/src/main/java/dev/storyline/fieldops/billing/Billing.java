package dev.storyline.fieldops.billing;

import dev.storyline.contexts.fieldops.CrewId;
import dev.storyline.contexts.fieldops.CrewWork;
import dev.storyline.contexts.fieldops.EquipmentCharge.EquipmentCharged;
import dev.storyline.contexts.fieldops.EquipmentId;
import dev.storyline.contexts.fieldops.JobId;
import dev.storyline.contexts.fieldops.JobLifecycle.JobCreated;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bill of one job, line by line.
 *
 * @param jobId the job
 * @param customer the customer who pays
 * @param state open, completed or cancelled
 * @param labour a line for each crew, class and rate, once the job is completed
 * @param equipment a line for each piece of equipment and rate
 * @param totals the total of all lines with an amount, in each of their currencies, sorted by its code
 */
public record Billing(
        JobId jobId,
        String customer,
        String state,
        List<LabourLine> labour,
        List<EquipmentLine> equipment,
        List<Money> totals) {
    private record Worked(
            CrewId crewId, String rateClass, @Nullable Money hourlyRate) {}

    private record Used(EquipmentId equipmentId, Money hourlyRate) {}

    /** A job that was just created costs nothing. */
    static Billing of(JobCreated created) {
        return new Billing(created.jobId(), created.customer(), "open", List.of(), List.of(), List.of());
    }

    Billing cancelled() {
        return new Billing(jobId, customer, "cancelled", labour, equipment, totals);
    }

    /** The bill with the work of the crews, in place of any from before. Hours at one rate are one line, so that they are rounded once. */
    Billing completed(List<CrewWork> work) {
        Map<Worked, BigDecimal> hours = new LinkedHashMap<>();
        for (CrewWork part : work) {
            hours.merge(new Worked(part.crewId(), part.rateClass(), part.hourlyRate()), part.hours(), BigDecimal::add);
        }
        List<LabourLine> lines = hours.entrySet().stream()
                .map(line -> LabourLine.of(
                        line.getKey().crewId(),
                        line.getKey().rateClass(),
                        line.getValue(),
                        line.getKey().hourlyRate()))
                .toList();
        return new Billing(jobId, customer, "completed", lines, equipment, totals(lines, equipment));
    }

    /** With one more use of equipment. */
    Billing charged(EquipmentCharged use) {
        Map<Used, BigDecimal> hours = new LinkedHashMap<>();
        equipment.forEach(line -> hours.put(new Used(line.equipmentId(), line.hourlyRate()), line.hours()));
        hours.merge(new Used(use.equipmentId(), use.hourlyRate()), use.hours(), BigDecimal::add);
        List<EquipmentLine> lines = hours.entrySet().stream()
                .map(line -> EquipmentLine.of(
                        line.getKey().equipmentId(),
                        line.getValue(),
                        line.getKey().hourlyRate()))
                .toList();
        return new Billing(jobId, customer, state, labour, lines, totals(labour, lines));
    }

    private static List<Money> totals(List<LabourLine> labour, List<EquipmentLine> equipment) {
        return List.copyOf(Stream.concat(
                        labour.stream().map(LabourLine::amount).filter(Objects::nonNull),
                        equipment.stream().map(EquipmentLine::amount))
                .collect(Collectors.toMap(Money::currency, Function.identity(), Money::plus, TreeMap::new))
                .values());
    }
}
