package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Specification;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the amounts of balanced lists sum to zero in every scenario. An amount is a decimal; the other fields of its
 * group are its unit, like the currency of money.
 */
final class Balances {
    private final ModelIndex index;
    private final ModelFindings findings;

    private Balances(ModelIndex index, ModelFindings findings) {
        this.index = index;
        this.findings = findings;
    }

    static void check(ModelIndex index, ModelFindings findings) {
        Balances balances = new Balances(index, findings);
        for (Model model : index.landscape().models().values()) {
            model.types()
                    .values()
                    .forEach(type -> type.fields()
                            .forEach(field -> balances.declared(
                                    model,
                                    new FindingSite(
                                            model.context(),
                                            type.name() + "." + field.name(),
                                            field.place(),
                                            List.of(field.waived())),
                                    field)));
            for (Element element : model.elements()) {
                element.fields()
                        .forEach(
                                field -> balances.declared(model, FindingSite.of(element, field.name(), field), field));
            }
        }
        index.slices().forEach(balances::scenarios);
    }

    private void declared(Model model, FindingSite spot, Field field) {
        if (field.balanced() && (!field.many() || !hasAmount(model, field, new HashSet<>()))) {
            findings.add(
                    CheckRule.BALANCED_WITHOUT_AMOUNTS,
                    spot,
                    spot.subject() + " is balanced, but it is no list of amounts.");
        }
    }

    /** Whether a group of fields has an amount, itself or in its groups. */
    private static boolean hasAmount(Model model, Field field, Set<String> seen) {
        return seen.add(field.type())
                && Landscape.fieldsOf(model, field.type()).stream()
                        .anyMatch(inner -> isDecimal(model, inner) || hasAmount(model, inner, seen));
    }

    private static boolean isDecimal(Model model, Field field) {
        return Types.base(model, field.type()).equals("decimal");
    }

    private void scenarios(Wired wired) {
        for (Specification specification : wired.slice().runs()) {
            Stream.of(specification.given(), specification.when(), specification.then())
                    .flatMap(List::stream)
                    .filter(step -> step.what() == ScenarioStep.What.ELEMENT)
                    .forEach(step -> step(wired, specification, step));
        }
    }

    private void step(Wired wired, Specification specification, ScenarioStep step) {
        Element element = index.landscape().find(wired.model(), step.subject(), Kind.values());
        if (element != null) {
            FindingSite spot = FindingSite.of(wired.model(), wired.slice()).at(step.place());
            String told = "'" + specification.name() + "': " + element.name();
            values(index.home(element), spot, told, element.fields(), step.values());
        }
    }

    private void values(Model home, FindingSite spot, String told, List<Field> fields, Map<?, ?> values) {
        for (Field field : fields) {
            Object value = values.get(field.name());
            List<?> items = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            String path = told + "." + field.name();
            if (field.balanced()) {
                balanced(home, spot, path, field, items);
            }
            List<Field> inner = Landscape.fieldsOf(home, field.type());
            for (Object item : items) {
                if (item instanceof Map<?, ?> map) {
                    values(home, spot, path, inner, map);
                }
            }
        }
    }

    private void balanced(Model home, FindingSite spot, String path, Field field, List<?> items) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        boolean told = true;
        for (Object item : items) {
            told &= item instanceof Map<?, ?> map && add(home, Landscape.fieldsOf(home, field.type()), map, sums);
        }
        String wrong = sums.entrySet().stream()
                .filter(sum -> sum.getValue().signum() != 0)
                .map(sum -> (sum.getValue().toPlainString() + " " + sum.getKey()).strip())
                .collect(Collectors.joining(", "));
        if (told && !wrong.isEmpty()) {
            findings.add(CheckRule.NOT_BALANCED, spot, path + " sums to " + wrong + ", not to zero.");
        }
    }

    /** Adds the amounts of a group of fields to the sums of their units; false if one of them is not told as a number. */
    private static boolean add(Model home, List<Field> fields, Map<?, ?> values, Map<String, BigDecimal> sums) {
        boolean told = true;
        for (Field field : fields) {
            Object value = values.get(field.name());
            if (isDecimal(home, field)) {
                BigDecimal amount = number(value);
                told &= amount != null;
                if (amount != null) {
                    sums.merge(unit(field, fields, values), amount, BigDecimal::add);
                }
            } else if (value instanceof Map<?, ?> group) {
                told &= add(home, Landscape.fieldsOf(home, field.type()), group, sums);
            }
        }
        return told;
    }

    private static String unit(Field amount, List<Field> fields, Map<?, ?> values) {
        return fields.stream()
                .filter(field -> !field.name().equals(amount.name()))
                .map(field -> Objects.toString(values.get(field.name()), ""))
                .collect(Collectors.joining(" "));
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        try {
            return value instanceof String text ? new BigDecimal(text) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
