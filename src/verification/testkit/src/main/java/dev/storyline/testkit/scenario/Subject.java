package dev.storyline.testkit.scenario;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The slice under test, with all information about it.
 *
 * @param root the repository
 * @param landscape the models of all contexts
 * @param model the model of its context
 * @param slice the slice in the model
 * @param deployment the templates
 * @param slices the classes
 */
record Subject(Path root, Landscape landscape, Model model, Slice slice, Deployment deployment, SliceLoader slices) {
    /** Returns the slice's name in templates, {@code wishes/make-wish}. */
    String name() {
        return model.context() + "/" + slice.name();
    }

    /** Returns the slice's functions. */
    List<Deployment.FunctionSpec> functions() {
        return deployment.functions().stream()
                .filter(function -> function.slice().equals(name()))
                .toList();
    }

    /** Returns the route of this method, if the slice has one. */
    Optional<Deployment.Route> route(String method) {
        return deployment.routes().stream()
                .filter(route -> route.method().equals(method)
                        && deployment.function(route.function()).slice().equals(name()))
                .findFirst();
    }

    /** Returns the function of the internal endpoint, which takes complete commands from event handlers. */
    Optional<Deployment.FunctionSpec> inner() {
        return functions().stream()
                .filter(function -> function.export().equals(slice.name() + "-inner"))
                .findFirst();
    }

    /** Returns the function that is fed with the context's events. */
    Optional<Deployment.FunctionSpec> feed() {
        return deployment.readers().stream()
                .map(reader -> deployment.function(reader.function()))
                .filter(function -> function.slice().equals(name()))
                .findFirst();
    }

    /** Returns the function that manages parked streams. */
    Optional<Deployment.FunctionSpec> upkeep() {
        return functions().stream()
                .filter(function -> function.export().equals(slice.name() + "-upkeep"))
                .findFirst();
    }

    /** Returns the function that activates the slice when it is deployed. */
    Optional<Deployment.FunctionSpec> birth() {
        return deployment.births().stream()
                .map(deployment::function)
                .filter(function -> function.slice().equals(name()))
                .findFirst();
    }

    /** Returns the function that receives this type of public events from an event bus. */
    Optional<Deployment.FunctionSpec> translation(String type) {
        return deployment.rules().stream()
                .filter(rule -> rule.types().contains(type))
                .flatMap(rule -> deployment.queueFeeds().stream()
                        .filter(feed -> feed.queue().equals(rule.target())))
                .map(feed -> deployment.function(feed.function()))
                .filter(function -> function.slice().equals(name()))
                .findFirst();
    }

    SliceLoader.Function start(Deployment.FunctionSpec function, Edge edge) {
        return slices.start(function, edge);
    }

    /** Returns values of the types of an element's context. */
    SymbolicJson values(Element element) {
        return new SymbolicJson(home(element));
    }

    Model home(Element element) {
        return Objects.requireNonNull(landscape.models().get(element.context()), element.context());
    }

    /** Returns the type of a public event on the event bus. */
    static String type(Element event) {
        return event.context() + "." + event.name() + ".v" + event.version();
    }
}
