package dev.storyline.testkit.scenario;

import dev.storyline.deployment.Deployment;
import dev.storyline.edge.Edge;
import dev.storyline.local.lambda.SliceLoader;
import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The slice that specifications are about, with all that is known of it.
 *
 * @param landscape the models of all contexts
 * @param model the model of its context
 * @param slice what the model says of it
 * @param deployment what the templates say
 * @param slices the classes
 */
record Subject(Landscape landscape, Model model, Slice slice, Deployment deployment, SliceLoader slices) {
    /** The slice as templates call it, {@code wishes/make-wish}. */
    String name() {
        return model.context() + "/" + slice.name();
    }

    /** Its functions. */
    List<Deployment.FunctionSpec> functions() {
        return deployment.functions().stream()
                .filter(function -> function.slice().equals(name()))
                .toList();
    }

    /** The route of this method, if it has one. */
    Optional<Deployment.Route> route(String method) {
        return deployment.routes().stream()
                .filter(route -> route.method().equals(method)
                        && deployment.function(route.function()).slice().equals(name()))
                .findFirst();
    }

    /** The function that takes complete commands from event handlers. */
    Optional<Deployment.FunctionSpec> inner() {
        return functions().stream()
                .filter(function -> function.export().equals(slice.name() + "-inner"))
                .findFirst();
    }

    /** The function that is fed with the context's events. */
    Optional<Deployment.FunctionSpec> feed() {
        return deployment.feeds().stream()
                .map(feed -> deployment.function(feed.function()))
                .filter(function -> function.slice().equals(name()))
                .findFirst();
    }

    /** The function that knows which streams are parked. */
    Optional<Deployment.FunctionSpec> upkeep() {
        return functions().stream()
                .filter(function -> function.export().equals(slice.name() + "-upkeep"))
                .findFirst();
    }

    /** The function that is told that the slice is deployed. */
    Optional<Deployment.FunctionSpec> birth() {
        return deployment.births().stream()
                .map(deployment::function)
                .filter(function -> function.slice().equals(name()))
                .findFirst();
    }

    /** The function that a bus brings this type of public events to. */
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

    /** Values of the types of the context that an element belongs to. */
    SymbolicJson values(Element element) {
        return new SymbolicJson(home(element));
    }

    Model home(Element element) {
        return Objects.requireNonNull(landscape.models().get(element.context()), element.context());
    }

    /** The type of a public event on the bus. */
    static String type(Element event) {
        return event.context() + "." + event.name() + ".v" + event.version();
    }
}
