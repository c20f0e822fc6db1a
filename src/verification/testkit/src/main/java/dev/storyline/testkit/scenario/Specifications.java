package dev.storyline.testkit.scenario;

import dev.storyline.common.Json;
import dev.storyline.deployment.Deployment;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.model.Specification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** The specifications of one slice, ready to be checked against its classes. */
public final class Specifications {
    private final Subject subject;
    private final ClassLoader classes;

    private Specifications(Subject subject, ClassLoader classes) {
        this.subject = subject;
        this.classes = classes;
    }

    /**
     * Creates the specifications of a slice.
     *
     * @param root the repository
     * @param landscape the models
     * @param deployment the templates
     * @param name the slice, {@code wishes/make-wish}
     * @param classes the class loader that has the classes of the slice and of its context
     * @throws AssertionError if the model does not contain the slice
     */
    public static Specifications of(
            Path root, Landscape landscape, Deployment deployment, String name, ClassLoader classes) {
        String[] parts = name.split("/", 2);
        Model model = landscape.models().get(parts[0]);
        Slice slice =
                model == null || parts.length < 2 ? null : model.slice(parts[1]).orElse(null);
        if (model == null || slice == null) {
            throw new AssertionError("There is a folder functions/" + name
                    + ", but no such slice in the story of src/contexts/" + parts[0] + "/model.yaml.");
        }
        return new Specifications(
                new Subject(root, landscape, model, slice, deployment, SliceLoader.on(classes)), classes);
    }

    /** Returns all specifications, one for each row of examples. */
    public List<Specification> all() {
        return subject.slice().runs();
    }

    /**
     * Returns how the slice differs from a specification; empty if it conforms. The first entry is the location; the
     * last one is the slice's log, with the stack traces of its exceptions.
     */
    public List<String> differences(Specification specification) {
        if (specification.isTitle()) {
            return List.of(specification.place() + ": " + subject.name() + ", " + specification.name()
                    + " is a title only: tell what is given, when what comes, then what follows.");
        }
        ScenarioLog log = ScenarioLog.begin();
        List<String> differences = new ArrayList<>(told(() -> {
            Scenario.Performance performance = Scenario.perform(subject, specification, Set.of());
            List<String> all = new ArrayList<>(Expectation.differences(subject, specification, performance));
            if (!all.isEmpty()) {
                all.add("What came: " + performance.outcome());
            }
            return all;
        }));
        String logged = log.end();
        if (!differences.isEmpty()) {
            if (!logged.isEmpty()) {
                differences.add("The log of the scenario:\n" + logged);
            }
            differences.addFirst(specification.place() + ": " + subject.name() + ", " + specification.name());
        }
        return differences;
    }

    /** Reports a scenario that cannot run as a difference too: the message, followed by its exception. */
    private static List<String> told(Supplier<List<String>> differences) {
        try {
            return differences.get();
        } catch (SymbolicJson.Unclear | AssertionError e) {
            String message = String.valueOf(e.getMessage());
            return List.of(e.getCause() == null ? message : message + ScenarioLog.trace(e.getCause()));
        }
    }

    /** Returns the checks that every function of the slice must pass, in the order in which they must run. */
    public List<EndpointCheck> endpoints() {
        return EndpointChecks.of(subject);
    }

    /** Returns how a function of the slice, started in this process as its template says, differs from a check. */
    public List<String> differences(EndpointCheck check) {
        Stage stage = new Stage(subject);
        subject.birth()
                .ifPresent(birth ->
                        stage.call(birth, Json.mapper().createObjectNode().put("do", "birth")));
        return told(() -> check.differences(stage));
    }

    /** Returns whether the slice is an event handler, which is activated when it is deployed. */
    public boolean isEventHandler() {
        return subject.birth().isPresent();
    }

    /**
     * Returns the effects that the event handler wrongly sends for events before its activation, and those missing for
     * events after it.
     */
    public List<String> historyThatFires() {
        return told(() -> EndpointChecks.historyThatFires(subject));
    }

    /** Returns how the records of the code differ from the elements of the model. */
    public List<String> recordsThatDiffer() {
        return Records.differences(
                subject,
                classes,
                subject.root().resolve("src/contexts/" + subject.model().context() + "/target/classes"),
                subject.root().resolve("functions/" + subject.name() + "/target/classes"));
    }

    /** Returns how the slice differs from the model in what it produces, consumes, reads and serves. */
    public List<String> edgesThatDiffer() {
        return told(() -> Agreement.differences(subject));
    }
}
