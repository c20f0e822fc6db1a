package dev.storyline.testkit.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.kernel.StreamId;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Specification;
import dev.storyline.testkit.ReleasedContract;
import dev.storyline.testkit.scenario.ScenarioOutcome.Fact;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Compares the expected result of a specification with the actual one. A specified event must match the whole event, in
 * its own stream: a field without a specified value must have the value that its origin in the model gives. The order
 * of events counts within one kind of stream; events in streams of different kinds have no order. Of a view, only the
 * specified fields count.
 */
final class Expectation {
    private final Subject subject;
    private final Specification specification;
    private final Scenario.Performance performance;
    private final List<String> differences = new ArrayList<>();

    private Expectation(Subject subject, Specification specification, Scenario.Performance performance) {
        this.subject = subject;
        this.specification = specification;
        this.performance = performance;
    }

    /** Returns every difference, one sentence each; empty if everything is as specified. */
    static List<String> differences(Subject subject, Specification specification, Scenario.Performance performance) {
        Expectation expectation = new Expectation(subject, specification, performance);
        expectation.compare();
        return expectation.differences;
    }

    private void compare() {
        ScenarioOutcome outcome = performance.outcome();
        List<ScenarioStep> rejected = new ArrayList<>();
        List<ScenarioStep> recorded = new ArrayList<>();
        List<ScenarioStep> sent = new ArrayList<>();
        List<ScenarioStep> shown = new ArrayList<>();
        for (ScenarioStep clause : specification.then()) {
            if (clause.what() == What.REJECTED) {
                rejected.add(clause);
            } else if (clause.what() != What.NOTHING) {
                switch (Scenario.result(subject, clause).kind()) {
                    case EVENT -> recorded.add(clause);
                    case PUBLIC_EVENT, COMMAND -> sent.add(clause);
                    case VIEW -> shown.add(clause);
                }
            }
        }
        rejections(rejected, outcome.rejections());
        recorded.sort(Comparator.comparing(clause -> stream(clause.subject().element())));
        List<Fact> events = new ArrayList<>(outcome.events());
        events.sort(Comparator.comparing(fact -> stream(fact.name())));
        facts("recorded", recorded, events);
        facts("sent", sent, outcome.sent());
        for (int i = 0; i < shown.size(); i++) {
            shown(shown.get(i), outcome.shown().get(i));
        }
    }

    /** Returns the kind of stream that an event belongs to. */
    private String stream(String event) {
        Element element = subject.model().events().get(event);
        return element == null ? "" : element.stream();
    }

    /** Compares the rejections of all commands, and the sentences that the specification tells. */
    private void rejections(List<ScenarioStep> expected, List<ScenarioOutcome.Rejection> actual) {
        boolean same = expected.size() == actual.size();
        for (int i = 0; same && i < actual.size(); i++) {
            String says = expected.get(i).says();
            same = expected.get(i).subject().toString().equals(actual.get(i).rule())
                    && (says.isEmpty() || says.equals(actual.get(i).says()));
        }
        if (!same) {
            differences.add(said(expected.stream()
                            .map(step ->
                                    new ScenarioOutcome.Rejection(step.subject().toString(), step.says()))
                            .toList())
                    + " was expected, but " + said(actual) + " came");
        }
    }

    private static String said(List<ScenarioOutcome.Rejection> rejections) {
        return rejections.isEmpty()
                ? "no rejection"
                : rejections.stream().map(ScenarioOutcome.Rejection::toString).collect(Collectors.joining(" and "));
    }

    private void facts(String what, List<ScenarioStep> expected, List<Fact> actual) {
        List<ScenarioStep> each = new ArrayList<>();
        expected.forEach(clause -> {
            for (int n = 1; n <= clause.times(); n++) {
                each.add(clause);
            }
        });
        if (each.size() != actual.size()) {
            differences.add(each.size() + " should be " + what + ", " + actual.size() + " were: " + actual);
            return;
        }
        for (int i = 0; i < each.size(); i++) {
            fact(each.get(i), actual.get(i));
        }
    }

    private void fact(ScenarioStep clause, Fact fact) {
        Element element = Scenario.result(subject, clause);
        String name = name(element);
        if (!fact.name().equals(name)) {
            differences.add(name + " was expected, but " + fact.name() + " came");
            return;
        }
        if (element.kind() == Kind.PUBLIC_EVENT) {
            differences.addAll(ReleasedContract.in(subject.root(), element.context())
                    .flaws(element.kind().section(), element.name(), element.version(), fact.data()));
        }
        if (fact.stream() != null) {
            place(clause, element, fact.stream(), fact.data());
        }
        SymbolicJson values = subject.values(element);
        Set<String> known = new LinkedHashSet<>();
        for (Field field : element.fields()) {
            known.add(field.name());
            JsonNode actual = fact.data().path(field.name());
            Object told = clause.values().get(field.name());
            if (told != null && !values.matches(field, told, actual)) {
                differences.add(is(element, field, actual) + ", but should be " + told);
            } else if (!asItsOriginSays(element, field, told != null, actual)) {
                differences.add(is(element, field, actual) + ", but its origin gives " + origins(element, field));
            }
        }
        fact.data().fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                differences.add(element.name() + " has a field '" + field + "' that the model does not know");
            }
        });
    }

    /**
     * Checks the stream of an event. An event that names an entity belongs in the stream of that entity; any other
     * event belongs in a stream of the specification.
     */
    private void place(ScenarioStep clause, Element element, StreamId actual, JsonNode data) {
        EventStream stream = subject.model().streams().get(element.stream());
        if (stream == null) {
            return;
        }
        String id = clause.stream().isEmpty() ? data.path(stream.by()).asText() : clause.stream();
        if (!actual.category().equals(element.stream())
                || (id.isEmpty()
                        ? !performance.streams().contains(actual)
                        : !actual.id().equals(id))) {
            differences.add(element.name() + " is recorded in " + actual + ", but belongs in "
                    + (id.isEmpty()
                            ? "one of " + performance.streams() + " of the kind '" + element.stream() + "'"
                            : element.stream() + "#" + id));
        }
    }

    private static String is(Element element, Field field, JsonNode actual) {
        return element.name() + "." + field.name() + " is " + (actual.isMissingNode() ? "missing" : actual);
    }

    /**
     * Returns the name under which an element is sent: the type of a public event, or the slice or external system that
     * receives a command.
     */
    private String name(Element element) {
        return switch (element.kind()) {
            case PUBLIC_EVENT -> Subject.type(element);
            case COMMAND ->
                subject.model().slices().stream()
                        .filter(slice -> slice.command() != null
                                && slice.command().element().equals(element.name()))
                        .map(slice -> subject.model().context() + "/" + slice.name())
                        .findFirst()
                        .orElseGet(() -> subject.slice().calls().stream()
                                .map(Ref::toString)
                                .collect(Collectors.joining(", ")));
            case EVENT, VIEW -> element.name();
        };
    }

    /** Returns whether a value is one that its origin gives, specified or not. This check detects swapped origins. */
    private boolean asItsOriginSays(Element element, Field field, boolean told, JsonNode actual) {
        boolean there = !actual.isMissingNode() && !actual.isNull();
        if (!field.generated().isEmpty()) {
            return there || field.optional();
        }
        if (!field.computed().isEmpty()) {
            if (told) {
                return true;
            }
            throw new SymbolicJson.Unclear("Tell '" + field.name() + "' of " + element.name()
                    + ": it is computed, so its value does not follow from the model.");
        }
        List<JsonNode> origins = origins(element, field);
        return origins.isEmpty()
                ? there || field.optional()
                : origins.stream().anyMatch(origin -> SymbolicJson.same(origin, actual))
                        || (!there && field.optional());
    }

    /** Returns the values that a field may have, by its origin; empty if the model cannot determine them. */
    private List<JsonNode> origins(Element element, Field field) {
        List<JsonNode> values = new ArrayList<>();
        if (!field.from().isEmpty()) {
            for (Ref ref : field.from()) {
                values(ref.element(), ref.path(), values);
            }
            return values;
        }
        Ref command = subject.slice().command();
        if (command != null && !element.kind().equals(Kind.COMMAND)) {
            values(command.element(), List.of(field.name()), values);
        }
        if (values.isEmpty()) {
            for (Ref on : subject.slice().on()) {
                values(on.element(), List.of(field.name()), values);
            }
        }
        return values;
    }

    private void values(String element, List<String> path, List<JsonNode> values) {
        for (ObjectNode source : performance.sources().getOrDefault(element, List.of())) {
            JsonNode value = source;
            for (String part : path) {
                value = value.path(part);
            }
            if (!value.isMissingNode() && !value.isNull()) {
                values.add(value);
            }
        }
    }

    private void shown(ScenarioStep clause, JsonNode actual) {
        if (clause.what() == What.ABSENT) {
            if (!actual.isMissingNode()) {
                differences.add("nothing should be seen, but " + actual + " is");
            }
            return;
        }
        Element view = Scenario.result(subject, clause);
        if (actual.isMissingNode()) {
            differences.add("there is nothing to see, but " + clause.values() + " was expected");
            return;
        }
        Map<String, Object> told = clause.values();
        String wrong = subject.values(view).mismatch(view.fields(), told, actual);
        if (!wrong.isEmpty()) {
            differences.add(
                    view.name() + "." + wrong + " should be " + told.get(wrong) + ", but is " + actual.path(wrong));
        }
        Set<String> known = new LinkedHashSet<>();
        view.fields().forEach(field -> known.add(field.name()));
        actual.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                differences.add(view.name() + " has a field '" + field + "' that the model does not know");
            }
        });
    }
}
