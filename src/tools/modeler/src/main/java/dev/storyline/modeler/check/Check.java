package dev.storyline.modeler.check;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Gatekeeper;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelDeadline;
import dev.storyline.model.Ref;
import dev.storyline.model.Type;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Checks models for completeness: every field has an origin and a destination, and every specification is possible in the
 * model. Time and memory grow linearly with the size of the models.
 */
public final class Check {
    private static final Set<String> TIMES = Set.of("instant", "date");

    private final ModelIndex index;
    private final ModelFindings findings = new ModelFindings();
    private final Flows flows = new Flows();
    private final IdentityHashMap<Element, List<Trace>> traces = new IdentityHashMap<>();

    private Check(Landscape landscape) {
        index = new ModelIndex(landscape);
    }

    /** Checks all models. */
    public static Report of(Landscape landscape) {
        Check check = new Check(landscape);
        List<FieldCompleteness> fields = check.fields();
        Wiring.check(check.index, check.findings);
        Semantics.check(check.index, check.findings);
        Loops.check(check.index, check.findings);
        Scenarios.check(check.index, check.findings, check.traces);
        Balances.check(check.index, check.findings);
        Buildable.check(check.index, check.findings);
        check.findings.tellOpen();
        check.findings.waivers(landscape);
        return new Report(check.findings.sorted(), fields);
    }

    private List<FieldCompleteness> fields() {
        Origins origins = new Origins(index, flows);
        Trace.Budget budget = new Trace.Budget();
        for (Model model : index.landscape().models().values()) {
            for (Element element : model.elements()) {
                List<Trace> its = Trace.of(model, element, budget);
                traces.put(element, its);
                origins.follow(element, its);
            }
        }
        index.slices().forEach(this::rules);
        index.slices().forEach(this::deadlines);
        Screens.check(index, flows, findings);
        Destinations destinations = new Destinations(index, flows);
        List<FieldCompleteness> answers = new ArrayList<>();
        for (Model model : index.landscape().models().values()) {
            boolean typed = hasTypes(model);
            model.types().values().forEach(type -> typesMissing(model, type));
            for (Element element : model.elements()) {
                List<Trace> its = traces.getOrDefault(element, List.of());
                destinations.follow(element, its);
                if (its.isEmpty()) {
                    answers.add(new FieldCompleteness(
                            element, "", Completeness.NOT_CHECKABLE, Completeness.NOT_CHECKABLE, false));
                }
                its.forEach(trace -> answers(element, trace, answers));
                for (Field field : element.fields()) {
                    if (typed) {
                        typeMissing(FindingSite.of(element, field.name(), field), field);
                    } else {
                        findings.open(
                                model,
                                "the types of fields of " + element.kind().word() + "s like",
                                element.name());
                    }
                }
            }
        }
        return answers;
    }

    /** A model in which no field has a type is told once for each kind, one that has types by field. */
    private boolean hasTypes(Model model) {
        return model.elements().stream()
                .flatMap(element -> element.fields().stream())
                .anyMatch(field -> !field.type().isEmpty());
    }

    private void typesMissing(Model model, Type type) {
        for (Field field : type.fields()) {
            String subject = type.name() + "." + field.name();
            typeMissing(new FindingSite(model.context(), subject, field.place(), List.of(field.waived())), field);
        }
    }

    private void typeMissing(FindingSite spot, Field field) {
        if (field.type().isEmpty()) {
            findings.add(CheckRule.TYPE_MISSING, spot, spot.subject() + " has no type.");
        }
    }

    /** Checks what the instants of a slice's deadlines are computed from, and marks those fields as used. */
    private void deadlines(Wired wired) {
        for (ModelDeadline deadline : wired.slice().deadlines()) {
            boolean timed = false;
            boolean wrong = false;
            for (Ref ref : deadline.at()) {
                Element source = index.landscape().find(wired.model(), ref, Kind.EVENT);
                if (source == null || !ModelIndex.among(wired.on(), source)) {
                    wrong = true;
                    continue;
                }
                Field field = ref.path().isEmpty() ? null : index.landscape().field(source, ref.path());
                if (field != null) {
                    flows.use(source, ref.field());
                }
                timed |= field == null
                        || field.type().isEmpty()
                        || TIMES.contains(Types.base(index.home(source), field.type()));
            }
            if (wrong || !timed) {
                findings.add(
                        CheckRule.DEADLINE_WITHOUT_INSTANT,
                        FindingSite.of(wired.model(), wired.slice())
                                .at(deadline.command().place()),
                        "The slice " + wired.slice().name() + " sends " + deadline.command()
                                + " at an instant that does not follow from an event which sets it off.");
            }
        }
    }

    /** Marks the fields that the rules of a slice read as used. */
    private void rules(Wired wired) {
        wired.slice().rules().forEach(rule -> rule(wired, rule, false));
        Gatekeeper gatekeeper = wired.slice().gatekeeper();
        if (gatekeeper != null) {
            gatekeeper.rules().forEach(rule -> rule(wired, rule, true));
        }
    }

    private void rule(Wired wired, BusinessRule rule, boolean atTheGate) {
        for (Ref ref : rule.reads()) {
            Element source = ref.element().isEmpty()
                    ? wired.command()
                    : index.landscape().find(wired.model(), ref, Kind.values());
            if (source == null) {
                continue;
            }
            boolean there = ModelIndex.same(source, wired.command())
                    || ModelIndex.among(atTheGate ? wired.asked() : wired.folds(), source)
                    // A gatekeeper may fold another stream.
                    || (atTheGate && ModelIndex.among(wired.folds(), source));
            if (!there) {
                findings.add(
                        CheckRule.RULE_READS_UNFOLDED,
                        FindingSite.of(wired.model(), wired.slice()).at(ref.place()),
                        "The rule " + rule.name() + " of " + wired.slice().name() + " reads " + ref + ", but the "
                                + (atTheGate
                                        ? "gatekeeper does not read " + source.name() + "."
                                        : "slice does not fold " + source.name() + "."));
            } else if (!ref.path().isEmpty()) {
                flows.use(source, ref.field());
            }
        }
    }

    private void tell(CheckRule rule, FindingSite spot, String what, Trace trace, Set<String> why) {
        if (!why.isEmpty() && !findings.add(rule, spot, spot.subject() + what + String.join("; ", why) + ".")) {
            trace.notWaived();
        }
    }

    private void answers(Element element, Trace trace, List<FieldCompleteness> answers) {
        FindingSite spot = FindingSite.of(element, trace.path(), trace.field());
        for (Wired maker : index.makers(element)) {
            spot = spot.and(maker.slice().waived());
        }
        // The gap of a record is the gap of its fields, and each field is reported.
        if (trace.origin() == Completeness.GAP) {
            tell(CheckRule.FIELD_WITHOUT_ORIGIN, spot, " has no origin: ", trace, trace.gaps());
            tell(CheckRule.TYPE_CLASH, spot, " has another type than its origin: ", trace, trace.clashes());
        }
        if (trace.destination() == Completeness.GAP && trace.inner().isEmpty()) {
            boolean waived = findings.add(
                    CheckRule.FIELD_UNUSED, spot, spot.subject() + " is not used by anything that gets it.");
            if (!waived) {
                trace.notWaived();
            }
        }
        int own = answers.size();
        trace.inner().forEach(inner -> answers(element, inner, answers));
        if (trace.inner().stream()
                .anyMatch(inner -> inner.destination().worse(inner.origin()) == Completeness.GAP && !inner.waived())) {
            trace.notWaived();
        }
        answers.add(
                own, new FieldCompleteness(element, trace.path(), trace.origin(), trace.destination(), trace.waived()));
    }
}
