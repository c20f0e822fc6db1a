package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Specification;
import dev.storyline.modeler.check.ModelIndex.Wired;
import dev.storyline.modeler.check.Scenarios.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what a scenario expects in a field with what the origin of the field has in the same scenario. */
final class Contradictions {
    private static final int MOST_SOURCES = 3;

    private final ModelIndex index;
    private final ModelFindings findings;
    private final Scenarios scenarios;

    Contradictions(ModelIndex index, ModelFindings findings, Scenarios scenarios) {
        this.index = index;
        this.findings = findings;
        this.scenarios = scenarios;
    }

    /** An expected element of a specification, and the way in which the slice produces it. */
    private record Expected(
            Wired wired, Specification specification, ScenarioStep clause, Element element, Origins.Making making) {}

    /** A value that the origin of a field has in a specification. */
    private record Source(String name, Object value) {}

    /** Tells every value under then that differs from all values of its origins. */
    void check(Wired wired, Specification specification) {
        for (ScenarioStep clause : specification.then()) {
            Element element = clause.what() == What.ELEMENT ? scenarios.resolve(wired, Part.THEN, clause) : null;
            if (element != null && ModelIndex.among(wired.makes(), element)) {
                Origins.Making making = element.kind() == Kind.COMMAND
                        ? new Origins.Making("", wired.on(), wired.on(), false)
                        : Origins.making(element, wired);
                Expected expected = new Expected(wired, specification, clause, element, making);
                compare(expected, "", element.fields(), clause.values());
            }
        }
    }

    private void compare(Expected expected, String prefix, List<Field> fields, Map<String, Object> values) {
        for (Field field : fields) {
            Object value = values.get(field.name());
            if (value == null) {
                continue;
            }
            for (Object item : value instanceof List<?> list ? list : List.of(value)) {
                if (item instanceof Map<?, ?> map) {
                    List<Field> inner = Landscape.fieldsOf(index.home(expected.element()), field.type());
                    compare(expected, prefix + field.name() + ".", inner, Scenarios.texts(map));
                } else if (!(field.optional() && "none".equals(item))) {
                    compare(expected, prefix, field, item);
                }
            }
        }
    }

    private void compare(Expected expected, String prefix, Field field, Object value) {
        Model home = index.home(expected.element());
        List<Source> sources = sources(expected, field);
        // The code decides from which of several events a value is copied, but it is one of them.
        if (sources.isEmpty()
                || !sources.stream().allMatch(source -> ValueTypes.differ(home, field, value, source.value()))) {
            return;
        }
        findings.add(
                CheckRule.SPECIFICATION_CONTRADICTS_ORIGIN,
                Scenarios.spot(expected.wired(), expected.clause().place()),
                "'" + expected.specification().name() + "' expects "
                        + expected.element().name() + "." + prefix + field.name() + " to be '" + value
                        + "', but it comes from "
                        + sources.stream()
                                .map(source -> source.name() + ", which is '" + source.value() + "'")
                                .distinct()
                                .limit(MOST_SOURCES)
                                .collect(Collectors.joining(", and "))
                        + ".");
    }

    /** Returns all values of the origins of a field; empty if one of them is not given. */
    private List<Source> sources(Expected expected, Field field) {
        if (!field.generated().isEmpty() || !field.computed().isEmpty()) {
            return List.of();
        }
        List<Source> sources = new ArrayList<>();
        Specification specification = expected.specification();
        for (Part part : List.of(Part.GIVEN, Part.WHEN)) {
            for (ScenarioStep clause : part == Part.GIVEN ? specification.given() : specification.when()) {
                Element from = clause.what() == What.ELEMENT ? scenarios.resolve(expected.wired(), part, clause) : null;
                String name = from == null ? null : sourceField(expected.element(), expected.making(), field, from);
                if (from == null || name == null) {
                    continue;
                }
                Object value = clause.values().get(name);
                if (clause.times() > 1 || value == null) {
                    return List.of();
                }
                sources.add(new Source(from.name() + "." + name, value));
            }
        }
        return sources;
    }

    /** Returns the field of {@code from} that a field copies; null if there is none. */
    private @Nullable String sourceField(Element element, Origins.Making making, Field field, Element from) {
        if (field.from().isEmpty()) {
            return ModelIndex.among(making.byName(), from)
                            && from.field(field.name()).isPresent()
                    ? field.name()
                    : null;
        }
        if (!ModelIndex.among(making.available(), from)) {
            return null;
        }
        return field.from().stream()
                .filter(ref -> ref.path().size() == 1
                        && ModelIndex.same(index.landscape().find(index.home(element), ref, Kind.values()), from))
                .map(ref -> ref.field())
                .findFirst()
                .orElse(null);
    }
}
