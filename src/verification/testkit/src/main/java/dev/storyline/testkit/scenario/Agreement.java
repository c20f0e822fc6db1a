package dev.storyline.testkit.scenario;

import dev.storyline.deployment.Deployment;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.ScenarioStep.What;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import dev.storyline.testkit.scenario.ScenarioOutcome.Fact;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the model of a slice, with its produced and consumed elements, with the behavior of the slice while its
 * specifications ran. To find what a slice consumes, the test removes one event of a specification at a time: if the
 * result stays the same, the slice does not consume the event.
 */
final class Agreement {
    private final Subject subject;
    private final List<Specification> specifications;
    private final List<String> differences = new ArrayList<>();

    private Agreement(Subject subject) {
        this.subject = subject;
        this.specifications = subject.slice().runs();
    }

    /** Returns every difference, as a sentence that names both sides; empty if model and slice agree. */
    static List<String> differences(Subject subject) {
        Agreement agreement = new Agreement(subject);
        agreement.routes();
        agreement.observed();
        return agreement.differences;
    }

    private void observed() {
        Set<String> produced = new TreeSet<>();
        Set<String> sent = new TreeSet<>();
        Set<String> consumed = new TreeSet<>();
        Set<String> foreign = new TreeSet<>();
        Set<String> read = new TreeSet<>();
        for (Specification specification : specifications) {
            Scenario.Performance all = Scenario.perform(subject, specification, Set.of());
            all.outcome().events().stream().map(Fact::name).forEach(produced::add);
            all.outcome().sent().stream().map(Fact::name).forEach(sent::add);
            read.addAll(all.tablesRead());
            for (String event : events(specification)) {
                if (!consumed.contains(event)
                        && !Scenario.perform(subject, specification, Set.of(event))
                                .outcome()
                                .equals(all.outcome())) {
                    consumed.add(event);
                }
            }
            specification.when().stream()
                    .map(clause ->
                            subject.landscape().find(subject.model(), clause.subject(), Kind.COMMAND, Kind.EVENT))
                    .filter(element -> element != null && element.kind() == Kind.PUBLIC_EVENT)
                    .forEach(element -> foreign.add(Subject.type(element)));
        }
        Slice slice = subject.slice();
        compare("records", names(slice.events()), produced);
        compare("sends", sendings(slice), sent);
        List<Ref> inputs = new ArrayList<>(slice.folds());
        slice.on().stream().filter(ref -> !isForeign(ref)).forEach(inputs::add);
        if (slice.gatekeeper() != null) {
            // The gatekeeper reads the fold of another stream.
            slice.gatekeeper().reads().stream()
                    .filter(ref -> subject.model().events().containsKey(ref.element()))
                    .forEach(inputs::add);
        }
        compare("consumes", names(inputs), consumed);
        compare(
                "translates",
                slice.on().stream().filter(this::isForeign).map(this::type).collect(sorted()),
                foreign);
        compare("asks at its gate", asked(slice), askedTables(read));
    }

    private static java.util.stream.Collector<String, ?, Set<String>> sorted() {
        return Collectors.toCollection(TreeSet::new);
    }

    private static Set<String> events(Specification specification) {
        List<ScenarioStep> clauses = new ArrayList<>(specification.given());
        clauses.addAll(specification.when());
        return clauses.stream()
                .filter(clause -> clause.what() == What.ELEMENT
                        && clause.subject().context().isEmpty())
                .map(clause -> clause.subject().element())
                .collect(sorted());
    }

    private boolean isForeign(Ref ref) {
        return !ref.context().isEmpty() && !ref.context().equals(subject.model().context());
    }

    private String type(Ref ref) {
        Element element = subject.landscape().find(subject.model(), ref, Kind.PUBLIC_EVENT);
        return element == null ? ref.toString() : Subject.type(element);
    }

    private static Set<String> names(List<Ref> refs) {
        return refs.stream().map(Ref::element).collect(sorted());
    }

    private Set<String> sendings(Slice slice) {
        Set<String> names = new TreeSet<>();
        slice.publishes()
                .forEach(ref ->
                        names.add(type(new Ref(subject.model().context(), ref.element(), List.of(), ref.place()))));
        for (Ref command : slice.dispatches()) {
            subject.model().slices().stream()
                    .filter(other ->
                            other.command() != null && other.command().element().equals(command.element()))
                    .forEach(other -> names.add(subject.model().context() + "/" + other.name()));
        }
        slice.calls().forEach(system -> names.add(system.toString()));
        return names;
    }

    /** Returns the slices that keep the views which the gatekeeper reads. */
    private Set<String> asked(Slice slice) {
        Set<String> owners = new TreeSet<>();
        if (slice.gatekeeper() != null) {
            for (Ref view : slice.gatekeeper().reads()) {
                subject.model().slices().stream()
                        .filter(other -> other.views().stream()
                                .anyMatch(kept -> kept.element().equals(view.element())))
                        .forEach(other -> owners.add(subject.model().context() + "/" + other.name()));
            }
        }
        return owners;
    }

    /** Returns the slices whose view tables were read. */
    private Set<String> askedTables(Set<String> tables) {
        Set<String> owners = new TreeSet<>();
        for (Deployment.FunctionSpec function : subject.deployment().functions()) {
            String table = function.environment().get("VIEW_TABLE");
            if (table != null && tables.contains(table) && !function.slice().equals(subject.name())) {
                owners.add(function.slice());
            }
        }
        return owners;
    }

    private void compare(String what, Set<String> declared, Set<String> observed) {
        for (String name : declared) {
            if (!observed.contains(name)) {
                differences.add(subject.model().place() + ": the model says that the slice " + subject.name() + " "
                        + what + " " + name + ", but no specification shows it: add one, or correct the model.");
            }
        }
        for (String name : observed) {
            if (!declared.contains(name)) {
                differences.add(subject.model().place() + ": the slice " + subject.name() + " " + what + " " + name
                        + ", which the model does not say: add it to the slice, or correct the code.");
            }
        }
    }

    /** Checks that a slice with an actor has a route, and that the model knows the parameters of the route. */
    private void routes() {
        Slice slice = subject.slice();
        Map<String, Deployment.Route> routes = new LinkedHashMap<>();
        for (String method : List.of("POST", "GET")) {
            subject.route(method).ifPresent(route -> routes.put(method, route));
        }
        boolean used = !slice.actor().isEmpty();
        if (used && routes.isEmpty()) {
            differences.add(slice.place() + ": the model says that '" + slice.actor() + "' uses the slice "
                    + subject.name() + ", but its template has no route.");
        }
        if (!used && !routes.isEmpty()) {
            differences.add(slice.place() + ": the template of " + subject.name() + " has the route "
                    + routes.values().iterator().next().path() + ", but the model names no actor who uses it.");
        }
        String kind = slice.command() == null ? "GET" : "POST";
        routes.forEach((method, route) -> {
            if (!method.equals(kind)) {
                differences.add(slice.place() + ": the slice " + subject.name() + " is served by " + method
                        + " in its template, but the model has " + (kind.equals("GET") ? "no" : "a") + " command.");
            }
        });
        Ref command = slice.command();
        Element element = command == null ? null : subject.model().commands().get(command.element());
        Deployment.Route post = routes.get("POST");
        if (post != null && element != null) {
            for (String name : Stage.parameters(post)) {
                if (element.field(name).filter(Scenario::isInput).isEmpty()) {
                    differences.add(element.place() + ": the route " + post.path() + " of " + subject.name() + " has '"
                            + name + "', which is no input of " + element.name() + " in the model.");
                }
            }
        }
    }
}
