package dev.storyline.modeler.check;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.ClosestName;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Specification;
import dev.storyline.model.Type;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the specifications of every slice: their names exist, their values are given, and the result is possible in the
 * model.
 */
final class Scenarios {
    private static final int MOST_SOURCES = 3;

    private enum Part {
        GIVEN,
        WHEN,
        THEN
    }

    private final ModelIndex index;
    private final ModelFindings findings;
    private final IdentityHashMap<Element, List<Trace>> traces;
    // Whether a group of fields has all required examples, by context and type.
    private final Map<String, Boolean> examples = new HashMap<>();

    private Scenarios(ModelIndex index, ModelFindings findings, IdentityHashMap<Element, List<Trace>> traces) {
        this.index = index;
        this.findings = findings;
        this.traces = traces;
    }

    static void check(ModelIndex index, ModelFindings findings, IdentityHashMap<Element, List<Trace>> traces) {
        Scenarios scenarios = new Scenarios(index, findings, traces);
        for (Model model : index.landscape().models().values()) {
            scenarios.examples(model);
        }
        index.slices().forEach(scenarios::slice);
    }

    private void examples(Model model) {
        for (Type type : model.types().values()) {
            FindingSite spot = new FindingSite(model.context(), type.name(), type.place(), List.of());
            Field itself = Field.of(type.name(), type.name(), "", type.place());
            example(model, spot, itself, type.example());
            for (Field field : type.fields()) {
                String subject = type.name() + "." + field.name();
                FindingSite there = new FindingSite(model.context(), subject, field.place(), List.of(field.waived()));
                example(model, there, field, field.example());
            }
        }
        for (Element element : model.elements()) {
            element.fields()
                    .forEach(field ->
                            example(model, FindingSite.of(element, field.name(), field), field, field.example()));
        }
    }

    private void example(Model model, FindingSite spot, Field field, String example) {
        if (!example.isEmpty() && !field.many()) {
            ValueTypes.wrong(model, field, example)
                    .ifPresent(wrong -> findings.add(
                            CheckRule.VALUE_OF_WRONG_TYPE,
                            spot,
                            "The example of " + spot.subject() + " " + wrong + "."));
        }
    }

    private void slice(Wired wired) {
        Slice slice = wired.slice();
        if (slice.specifications().isEmpty()) {
            findings.add(
                    CheckRule.SLICE_WITHOUT_SPECIFICATION,
                    FindingSite.of(wired.model(), slice),
                    "The slice " + slice.name() + " has no specification.");
            return;
        }
        rejections(wired);
        for (Specification specification : slice.specifications()) {
            clauses(wired, specification, Part.GIVEN, specification.given());
            clauses(wired, specification, Part.WHEN, specification.when());
            clauses(wired, specification, Part.THEN, specification.then());
            contradictions(wired, specification);
        }
    }

    private static List<BusinessRule> rules(Slice slice) {
        List<BusinessRule> rules = new ArrayList<>(slice.rules());
        if (slice.gatekeeper() != null) {
            rules.addAll(slice.gatekeeper().rules());
        }
        return rules;
    }

    private void rejections(Wired wired) {
        Slice slice = wired.slice();
        List<BusinessRule> rules = rules(slice);
        Set<String> rejected = new HashSet<>();
        boolean passes = false;
        for (Specification specification : slice.specifications()) {
            boolean rejects = false;
            for (ScenarioStep clause : specification.then()) {
                if (clause.what() == What.REJECTED) {
                    rejected.add(clause.subject().toString());
                    rejects = true;
                }
            }
            passes |= !rejects;
        }
        FindingSite spot = FindingSite.of(wired.model(), slice);
        for (BusinessRule rule : rules) {
            if (!rejected.contains(rule.name())) {
                findings.add(
                        CheckRule.REJECTION_WITHOUT_SPECIFICATION,
                        spot.at(rule.place()),
                        "No specification of " + slice.name() + " shows the rejection " + rule.name() + ".");
            }
        }
        if (!rules.isEmpty() && !passes) {
            findings.add(
                    CheckRule.REJECTION_WITHOUT_SPECIFICATION,
                    spot,
                    "No specification of " + slice.name() + " shows what its rules let pass.");
        }
    }

    private void clauses(Wired wired, Specification specification, Part part, List<ScenarioStep> clauses) {
        for (ScenarioStep clause : clauses) {
            switch (clause.what()) {
                case NOTHING -> {}
                case TIME -> time(wired, part, clause);
                case REJECTED -> rejected(wired, part, clause);
                case ELEMENT, ABSENT -> element(wired, specification, part, clause);
            }
        }
    }

    private void rejected(Wired wired, Part part, ScenarioStep clause) {
        List<String> names =
                rules(wired.slice()).stream().map(BusinessRule::name).toList();
        String name = clause.subject().toString();
        if (part != Part.THEN || !names.contains(name)) {
            String hint = ClosestName.hint(name, names);
            findings.add(
                    CheckRule.SPECIFICATION_THEN_IMPOSSIBLE,
                    spot(wired, clause.subject().place()),
                    "The slice " + wired.slice().name() + " has no rule '" + name + "'"
                            + (hint.isEmpty() ? "." : hint));
        }
    }

    /** Time matters only to slices that have deadlines. */
    private void time(Wired wired, Part part, ScenarioStep clause) {
        if (part != Part.WHEN || wired.slice().deadlines().isEmpty()) {
            findings.add(
                    CheckRule.SPECIFICATION_WHEN_IMPOSSIBLE,
                    spot(wired, clause.place()),
                    part == Part.WHEN
                            ? "The slice " + wired.slice().name()
                                    + " has no 'deadlines', so that time sets nothing off."
                            : "Time passes under 'when', after what is given.");
        }
    }

    private static FindingSite spot(Wired wired, SourceLocation place) {
        return FindingSite.of(wired.model(), wired.slice()).at(place);
    }

    private void element(Wired wired, Specification specification, Part part, ScenarioStep clause) {
        Element element = resolve(wired, part, clause);
        if (element == null) {
            // The reader has reported it, or this part of a scenario cannot name it.
            Element other = index.landscape().find(wired.model(), clause.subject(), Kind.values());
            if (other != null) {
                impossible(wired, part, clause, other);
            }
            return;
        }
        if (!possible(wired, part, clause, element) && !isPassedOver(wired, specification, part, element)) {
            impossible(wired, part, clause, element);
        }
        if (!clause.at().isEmpty() && !ValueTypes.isInstant(clause.at())) {
            findings.add(
                    CheckRule.VALUE_OF_WRONG_TYPE,
                    spot(wired, clause.place()),
                    "'at' is a time like 'now - 1 h', not '" + clause.at() + "'.");
        }
        if (clause.what() == What.ELEMENT && !element.fields().isEmpty()) {
            values(wired, index.home(element), element.name(), element.fields(), clause.values(), clause.place());
            missing(wired, specification, part, clause, element);
        }
    }

    /** Returns the element that a step names. An event and a public event may share a name; the slice decides. */
    private @Nullable Element resolve(Wired wired, Part part, ScenarioStep clause) {
        List<Element> near = new ArrayList<>();
        switch (part) {
            case GIVEN -> near.addAll(wired.asked());
            case WHEN -> {
                if (wired.command() != null) {
                    near.add(wired.command());
                }
                near.addAll(wired.on());
            }
            case THEN -> near.addAll(wired.makes());
        }
        boolean foreign = !clause.subject().context().isEmpty()
                && !clause.subject().context().equals(wired.model().context());
        for (Element element : near) {
            boolean sameContext = element.context()
                    .equals(foreign ? clause.subject().context() : wired.model().context());
            if (sameContext && element.name().equals(clause.subject().element())) {
                return element;
            }
        }
        Kind[] kinds = part == Part.GIVEN ? new Kind[] {Kind.EVENT, Kind.VIEW} : Kind.values();
        return index.landscape().find(wired.model(), clause.subject(), kinds);
    }

    private static boolean possible(Wired wired, Part part, ScenarioStep clause, Element element) {
        return switch (part) {
            case WHEN -> ModelIndex.same(wired.command(), element) || ModelIndex.among(wired.on(), element);
            case THEN ->
                clause.what() == What.ABSENT
                        ? ModelIndex.among(wired.views(), element)
                        : ModelIndex.among(wired.makes(), element);
            case GIVEN ->
                ModelIndex.among(wired.folds(), element)
                        || ModelIndex.among(wired.on(), element)
                        || ModelIndex.among(wired.exists(), element)
                        || ModelIndex.among(wired.asked(), element)
                        || ModelIndex.among(wired.events(), element)
                        || (!element.stream().isEmpty() && stream(wired).contains(element.stream()));
        };
    }

    /** A scenario may state that an event of the slice's own streams triggers nothing. */
    private static boolean isPassedOver(Wired wired, Specification specification, Part part, Element element) {
        return part == Part.WHEN
                && element.kind() == Kind.EVENT
                && stream(wired).contains(element.stream())
                && specification.then().stream().allMatch(clause -> clause.what() == What.NOTHING);
    }

    /** Returns the streams that a slice works on. */
    private static Set<String> stream(Wired wired) {
        Set<String> streams = new LinkedHashSet<>();
        if (wired.command() != null) {
            streams.add(wired.command().stream());
        }
        for (List<Element> events : List.of(wired.events(), wired.folds(), wired.on())) {
            events.forEach(event -> streams.add(event.stream()));
        }
        return streams;
    }

    private void impossible(Wired wired, Part part, ScenarioStep clause, Element element) {
        String name = "the " + element.kind().word() + " " + clause.subject();
        String slice = "The slice " + wired.slice().name();
        CheckRule rule = switch (part) {
            case GIVEN -> CheckRule.SPECIFICATION_GIVEN_UNUSED;
            case WHEN -> CheckRule.SPECIFICATION_WHEN_IMPOSSIBLE;
            case THEN -> CheckRule.SPECIFICATION_THEN_IMPOSSIBLE;
        };
        String sentence = switch (part) {
            case GIVEN -> slice + " does nothing with " + name + ", which is given.";
            case WHEN -> slice + " is not set off by " + name + ".";
            case THEN -> slice + " neither records, publishes, dispatches nor keeps " + name + ".";
        };
        findings.add(rule, spot(wired, clause.place()), sentence);
    }

    private void values(
            Wired wired,
            Model home,
            String subject,
            List<Field> fields,
            Map<String, Object> values,
            SourceLocation place) {
        values.forEach((name, value) -> {
            Optional<Field> known =
                    fields.stream().filter(field -> field.name().equals(name)).findFirst();
            if (known.isEmpty()) {
                String hint =
                        ClosestName.hint(name, fields.stream().map(Field::name).toList());
                findings.add(
                        CheckRule.SPECIFICATION_UNKNOWN_FIELD,
                        spot(wired, place),
                        subject + " has no field '" + name + "'" + (hint.isEmpty() ? "." : hint));
                return;
            }
            Field field = known.get();
            String path = subject + "." + name;
            ValueTypes.wrong(home, field, value)
                    .ifPresent(wrong ->
                            findings.add(CheckRule.VALUE_OF_WRONG_TYPE, spot(wired, place), path + " " + wrong + "."));
            List<Field> inner = Landscape.fieldsOf(home, field.type());
            for (Object item : value instanceof List<?> items ? items : List.of(value)) {
                if (item instanceof Map<?, ?> map && !inner.isEmpty()) {
                    values(wired, home, path, inner, texts(map), place);
                }
            }
        });
    }

    private static Map<String, Object> texts(Map<?, ?> map) {
        return map.entrySet().stream()
                .collect(Collectors.toMap(entry -> String.valueOf(entry.getKey()), Map.Entry::getValue, (a, b) -> b));
    }

    private void missing(Wired wired, Specification specification, Part part, ScenarioStep clause, Element element) {
        if (part == Part.THEN && element.kind() == Kind.VIEW) {
            // Only the given values of an expected row are compared.
            return;
        }
        Model home = index.home(element);
        List<Trace> its = traces.getOrDefault(element, List.of());
        for (int i = 0; i < element.fields().size(); i++) {
            Field field = element.fields().get(i);
            boolean given = clause.values().containsKey(field.name())
                    || (part == Part.THEN && its.get(i).origin() != Completeness.GAP)
                    || hasExample(home, field);
            if (!given) {
                findings.add(
                        CheckRule.SPECIFICATION_MISSING_FIELD,
                        spot(wired, clause.place()),
                        "'" + specification.name() + "' does not tell " + element.name() + "." + field.name()
                                + ", which has no example.");
            }
        }
    }

    private boolean hasExample(Model model, Field field) {
        if (field.optional()
                || field.many()
                || field.type().isEmpty()
                || !field.example().isEmpty()) {
            return true;
        }
        Type type = model.types().get(field.type());
        if (type != null && !type.example().isEmpty()) {
            return true;
        }
        List<Field> inner = Landscape.fieldsOf(model, field.type());
        if (!inner.isEmpty()) {
            String name = model.context() + "." + field.type();
            Boolean known = examples.get(name);
            if (known == null) {
                // A recursive type needs no example there.
                examples.put(name, true);
                known = inner.stream().allMatch(each -> hasExample(model, each));
                examples.put(name, known);
            }
            return known;
        }
        // A missing instant means now.
        return Types.base(model, field.type()).equals("instant");
    }

    /** An expected element of a specification, and the way in which the slice produces it. */
    private record Expected(
            Wired wired, Specification specification, ScenarioStep clause, Element element, Origins.Making making) {}

    /** A value that the origin of a field has in a specification. */
    private record Source(String name, Object value) {}

    private void contradictions(Wired wired, Specification specification) {
        for (ScenarioStep clause : specification.then()) {
            Element element = clause.what() == What.ELEMENT ? resolve(wired, Part.THEN, clause) : null;
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
                    compare(expected, prefix + field.name() + ".", inner, texts(map));
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
                spot(expected.wired(), expected.clause().place()),
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
                Element from = clause.what() == What.ELEMENT ? resolve(expected.wired(), part, clause) : null;
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
