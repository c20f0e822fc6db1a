package dev.storyline.model.check;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Gatekeeper;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Rule;
import dev.storyline.model.Type;
import dev.storyline.model.check.Index.Wired;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Checks models for completeness: every field has an origin and a destination, and what is specified can follow from the
 * model. Takes time and memory in proportion to the models: everything is looked up, nothing searched for.
 */
public final class Check {
    private final Index index;
    private final Findings findings = new Findings();
    private final Flows flows = new Flows();
    private final IdentityHashMap<Element, List<Trace>> traces = new IdentityHashMap<>();

    private Check(Landscape landscape) {
        index = new Index(landscape);
    }

    /** Checks all models together. */
    public static Report of(Landscape landscape) {
        Check check = new Check(landscape);
        List<FieldAnswer> fields = check.fields();
        Wiring.check(check.index, check.findings);
        Semantics.check(check.index, check.findings);
        Loops.check(check.index, check.findings);
        Scenarios.check(check.index, check.findings, check.traces);
        check.findings.waivers(landscape);
        return new Report(check.findings.sorted(), fields);
    }

    private List<FieldAnswer> fields() {
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
        Destinations destinations = new Destinations(index, flows);
        List<FieldAnswer> answers = new ArrayList<>();
        for (Model model : index.landscape().models().values()) {
            model.types().values().forEach(type -> typesMissing(model, type));
            for (Element element : model.elements()) {
                List<Trace> its = traces.getOrDefault(element, List.of());
                destinations.follow(element, its);
                if (its.isEmpty()) {
                    answers.add(new FieldAnswer(element, "", Answer.NOT_CHECKABLE, Answer.NOT_CHECKABLE, false));
                }
                its.forEach(trace -> answers(element, trace, answers));
                element.fields().forEach(field -> typeMissing(Spot.of(element, field.name(), field), field));
            }
        }
        return answers;
    }

    private void typesMissing(Model model, Type type) {
        for (Field field : type.fields()) {
            String subject = type.name() + "." + field.name();
            typeMissing(new Spot(model.context(), subject, field.place(), List.of(field.waived())), field);
        }
    }

    private void typeMissing(Spot spot, Field field) {
        if (field.type().isEmpty()) {
            findings.add(CheckRule.TYPE_MISSING, spot, spot.subject() + " has no type.");
        }
    }

    /** Reads the rules of a slice: what they decide by is used. */
    private void rules(Wired wired) {
        wired.slice().rules().forEach(rule -> rule(wired, rule, false));
        Gatekeeper gatekeeper = wired.slice().gatekeeper();
        if (gatekeeper != null) {
            gatekeeper.rules().forEach(rule -> rule(wired, rule, true));
        }
    }

    private void rule(Wired wired, Rule rule, boolean atTheGate) {
        for (Ref ref : rule.reads()) {
            Element source = ref.element().isEmpty()
                    ? wired.command()
                    : index.landscape().find(wired.model(), ref, Kind.values());
            if (source == null) {
                continue;
            }
            boolean there = Index.same(source, wired.command())
                    || Index.among(atTheGate ? wired.asked() : wired.folds(), source)
                    // A gatekeeper may ask for the fold of a stream.
                    || (atTheGate && Index.among(wired.folds(), source));
            if (!there) {
                findings.add(
                        CheckRule.RULE_READS_UNFOLDED,
                        Spot.of(wired.model(), wired.slice()).at(ref.place()),
                        "The rule " + rule.name() + " of " + wired.slice().name() + " reads " + ref + ", but the "
                                + (atTheGate
                                        ? "gatekeeper does not read " + source.name() + "."
                                        : "slice does not fold " + source.name() + "."));
            } else if (!ref.path().isEmpty()) {
                flows.use(source, ref.field());
            }
        }
    }

    private void answers(Element element, Trace trace, List<FieldAnswer> answers) {
        Spot spot = Spot.of(element, trace.path(), trace.field());
        for (Wired maker : index.makers(element)) {
            spot = spot.and(maker.slice().waived());
        }
        // A record's own gap is that of the fields in it, which are reported each.
        if (trace.origin() == Answer.GAP && !trace.gaps().isEmpty()) {
            boolean waived = findings.add(
                    CheckRule.FIELD_WITHOUT_ORIGIN,
                    spot,
                    spot.subject() + " has no origin: " + String.join("; ", trace.gaps()) + ".");
            if (!waived) {
                trace.notWaived();
            }
        }
        if (trace.destination() == Answer.GAP && trace.inner().isEmpty()) {
            boolean waived = findings.add(
                    CheckRule.FIELD_UNUSED, spot, spot.subject() + " is not used by anything that gets it.");
            if (!waived) {
                trace.notWaived();
            }
        }
        int own = answers.size();
        trace.inner().forEach(inner -> answers(element, inner, answers));
        if (trace.inner().stream()
                .anyMatch(inner -> inner.destination().worse(inner.origin()) == Answer.GAP && !inner.waived())) {
            trace.notWaived();
        }
        answers.add(own, new FieldAnswer(element, trace.path(), trace.origin(), trace.destination(), trace.waived()));
    }
}
