package dev.storyline.modeler.check;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.ClosestName;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Specification;
import dev.storyline.model.Story;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Checks the specifications of every slice: their names exist, their values are given, and the result is possible in the
 * model.
 */
final class Scenarios {
    private static final Pattern PLACEHOLDER = Pattern.compile("<([\\p{L}\\p{N}_ -]{1,64})>");

    /** The parts of a scenario. */
    enum Part {
        GIVEN,
        WHEN,
        THEN
    }

    private final ModelIndex index;
    private final ModelFindings findings;
    private final IdentityHashMap<Element, List<Trace>> traces;
    private final Contradictions contradictions;
    // Whether a group of fields has all required examples, by context and type.
    private final Map<String, Boolean> examples = new HashMap<>();

    private Scenarios(ModelIndex index, ModelFindings findings, IdentityHashMap<Element, List<Trace>> traces) {
        this.index = index;
        this.findings = findings;
        this.traces = traces;
        this.contradictions = new Contradictions(index, findings, this);
    }

    static void check(ModelIndex index, ModelFindings findings, IdentityHashMap<Element, List<Trace>> traces) {
        Scenarios scenarios = new Scenarios(index, findings, traces);
        for (Model model : index.landscape().models().values()) {
            scenarios.examples(model);
            model.stories().forEach(story -> scenarios.story(model, story));
        }
        index.slices().forEach(scenarios::slice);
    }

    /** A story names only fields that exist, in whatever context they are. */
    private void story(Model model, Story story) {
        FindingSite site = new FindingSite(model.context(), story.name(), story.place(), List.of());
        for (List<ScenarioStep> steps : List.of(story.given(), story.when(), story.eventually())) {
            for (ScenarioStep step : steps) {
                String context = step.subject().context();
                Model home =
                        context.isEmpty() ? model : index.landscape().models().get(context);
                Element element =
                        home == null ? null : home.element(step.subject().element(), Kind.COMMAND, Kind.VIEW);
                step.values().keySet().stream()
                        .filter(name -> element != null
                                && !element.fields().isEmpty()
                                && element.field(name).isEmpty())
                        .forEach(name -> findings.add(
                                CheckRule.SPECIFICATION_UNKNOWN_FIELD,
                                site.at(step.place()),
                                step.subject() + " has no field '" + name + "'."));
            }
        }
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
            if (specification.isTitle()) {
                findings.open(wired.model(), "what happens in scenarios of", slice.name());
            }
            placeholders(wired, specification);
            for (Specification run : specification.runs()) {
                clauses(wired, run, Part.GIVEN, run.given());
                clauses(wired, run, Part.WHEN, run.when());
                clauses(wired, run, Part.THEN, run.then());
                contradictions.check(wired, run);
            }
        }
    }

    /** Every placeholder of a scenario with examples is a column of each row. */
    private void placeholders(Wired wired, Specification specification) {
        Matcher placeholder =
                PLACEHOLDER.matcher(specification.examples().isEmpty() ? "" : ModelWriter.write(specification));
        Set<String> told = new LinkedHashSet<>();
        while (placeholder.find()) {
            told.add(placeholder.group(1));
        }
        for (Map<String, Object> row : specification.examples()) {
            told.stream()
                    .filter(name -> !row.containsKey(name))
                    .forEach(name -> findings.add(
                            CheckRule.SPECIFICATION_UNKNOWN_FIELD,
                            spot(wired, specification.place()),
                            "A row of the examples of '" + specification.name() + "' does not tell <" + name + ">."));
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
        if (slice.specifications().stream().anyMatch(Specification::isTitle)) {
            return;
        }
        for (Specification specification : slice.runs()) {
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
                case TIME -> time(wired, specification, part, clause);
                case REJECTED -> rejected(wired, part, clause);
                case ELEMENT, ABSENT -> element(wired, specification, part, clause);
            }
        }
    }

    private void rejected(Wired wired, Part part, ScenarioStep clause) {
        List<String> names =
                rules(wired.slice()).stream().map(BusinessRule::name).toList();
        String name = clause.subject().toString();
        rules(wired.slice()).stream()
                .filter(rule -> rule.name().equals(name)
                        && !clause.says().isEmpty()
                        && !rule.says().isEmpty()
                        && !rule.says().equals(clause.says()))
                .forEach(rule -> findings.add(
                        CheckRule.SPECIFICATION_CONTRADICTS_ORIGIN,
                        spot(wired, clause.place()),
                        "The rejection " + name + " is expected to say '" + clause.says() + "', but the rule says '"
                                + rule.says() + "'."));
        if (part != Part.THEN || !names.contains(name)) {
            String hint = ClosestName.hint(name, names);
            findings.add(
                    CheckRule.SPECIFICATION_THEN_IMPOSSIBLE,
                    spot(wired, clause.subject().place()),
                    "The slice " + wired.slice().name() + " has no rule '" + name + "'"
                            + (hint.isEmpty() ? "." : hint));
        }
    }

    /** Time moves the clock of what comes after it; where nothing comes, it matters only to slices that have deadlines. */
    private void time(Wired wired, Specification specification, Part part, ScenarioStep clause) {
        boolean last = part == Part.WHEN && clause.equals(specification.when().getLast());
        boolean timed =
                !wired.slice().deadlines().isEmpty() || !wired.slice().after().isEmpty();
        if (part != Part.WHEN || (last && !timed)) {
            findings.add(
                    CheckRule.SPECIFICATION_WHEN_IMPOSSIBLE,
                    spot(wired, clause.place()),
                    part == Part.WHEN
                            ? "The slice " + wired.slice().name()
                                    + " has no 'deadlines' and comes to nothing 'after' a while, so that time sets nothing off."
                            : "Time passes under 'when', after what is given.");
        }
    }

    static FindingSite spot(Wired wired, SourceLocation place) {
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
    @Nullable
    Element resolve(Wired wired, Part part, ScenarioStep clause) {
        List<Element> near = new ArrayList<>();
        switch (part) {
            case GIVEN -> near.addAll(wired.asked());
            case WHEN -> {
                if (wired.command() != null) {
                    near.add(wired.command());
                }
                near.addAll(wired.triggers());
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
            case WHEN -> ModelIndex.same(wired.command(), element) || ModelIndex.among(wired.triggers(), element);
            case THEN ->
                clause.what() == What.ABSENT
                        ? ModelIndex.among(wired.views(), element)
                        : ModelIndex.among(wired.makes(), element);
            case GIVEN ->
                ModelIndex.among(wired.folds(), element)
                        || ModelIndex.among(wired.on(), element)
                        || ModelIndex.among(wired.exists(), element)
                        || ModelIndex.among(wired.asked(), element)
                        || ModelIndex.among(wired.triggers(), element)
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

    static Map<String, Object> texts(Map<?, ?> map) {
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
            if (!given && clause.place().isImported()) {
                // A board's scenario is read, not run: it tells the fields that it is about.
                findings.open(
                        wired.model(),
                        "every field in the scenarios of",
                        wired.slice().name());
                return;
            }
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
}
