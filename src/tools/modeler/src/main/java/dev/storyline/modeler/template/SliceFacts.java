package dev.storyline.modeler.template;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the model says about the deployment of a slice. */
record SliceFacts(Landscape landscape, Model model, Slice slice) {
    /**
     * A view that the gatekeeper reads.
     *
     * @param keeper the slice that keeps it
     * @param several whether it is one of several rows under one key, so that reading it takes a query
     * @param many whether the command has a list of things that each name a row, so that one read takes many keys
     */
    record GateView(String keeper, boolean several, boolean many) {
        private GateView or(GateView other) {
            return new GateView(keeper, several || other.several, many || other.many);
        }
    }

    /** Whether streams of the context are moved to the archive once they have ended. */
    boolean archives() {
        return !model.ends().isEmpty();
    }

    /** For how many days streams stay, by the events that end them: {@code JobCancelled=400 JobCompleted=400}. */
    String ends() {
        return new TreeMap<>(model.ends())
                .entrySet().stream()
                        .map(end -> end.getKey() + "=" + end.getValue())
                        .collect(Collectors.joining(" "));
    }

    boolean isCommand() {
        return slice.command() != null;
    }

    boolean isView() {
        return !isCommand() && !slice.views().isEmpty();
    }

    /** Whether a command slice has an internal endpoint unless its deploy.yaml says otherwise. */
    boolean isInternalByDefault() {
        return slice.pattern() != Pattern.TRANSLATION;
    }

    /** The public events of other contexts that the slice translates, {@code wishes.WishApproved.v1}, by context. */
    Map<String, List<String>> translated() {
        Map<String, List<String>> types = new LinkedHashMap<>();
        if (isCommand()) {
            for (Ref ref : slice.on()) {
                Element event = landscape.find(model, ref, Kind.EVENT);
                if (event != null && !event.context().equals(model.context())) {
                    types.computeIfAbsent(event.context(), context -> new ArrayList<>())
                            .add(event.context() + "." + event.name() + ".v" + event.version());
                }
            }
        }
        return types;
    }

    /** The views of other slices that the gatekeeper reads; the events that it folds are no views. */
    List<GateView> gateViews() {
        if (slice.gatekeeper() == null) {
            return List.of();
        }
        Map<String, GateView> views = new LinkedHashMap<>();
        for (Ref read : slice.gatekeeper().reads()) {
            Element view = read.context().isEmpty() ? model.views().get(read.element()) : null;
            if (view != null) {
                boolean several = view.fields().stream().filter(Field::identity).count() > 1;
                boolean many = !several && isNamedByItems(view);
                keepers(view).forEach(keeper -> views.merge(keeper, new GateView(keeper, several, many), GateView::or));
            }
        }
        return List.copyOf(views.values());
    }

    /** Whether the command has a list whose items name the rows of a view. */
    private boolean isNamedByItems(Element view) {
        Element command = slice.command() == null
                ? null
                : model.commands().get(slice.command().element());
        return command != null
                && command.fields().stream()
                        .filter(Field::many)
                        .flatMap(list -> Landscape.fieldsOf(model, list.type()).stream())
                        .anyMatch(part -> view.fields().stream()
                                .anyMatch(field ->
                                        field.identity() && field.type().equals(part.type())));
    }

    private Stream<String> keepers(Element view) {
        return model.slices().stream()
                .filter(other ->
                        other.views().stream().anyMatch(kept -> kept.element().equals(view.name())))
                .map(Slice::name);
    }

    /** Whether the query shows rows that are found by a query, not by their key alone. */
    boolean listsRows() {
        return slice.views().stream()
                .map(ref -> model.views().get(ref.element()))
                .filter(Objects::nonNull)
                .anyMatch(this::listsRows);
    }

    /** A view that comes in pages, or one without an identity of its own, lists rows. */
    private boolean listsRows(Element view) {
        boolean list = view.fields().stream()
                .anyMatch(field ->
                        field.many() && !Landscape.fieldsOf(model, field.type()).isEmpty());
        boolean pages = view.fields().stream().anyMatch(field -> field.name().equals("next") && field.optional());
        return list && (pages || view.fields().stream().noneMatch(Field::identity));
    }

    /** The slices, {@code context/slice}, whose commands the slice dispatches. Some commands belong to no slice. */
    List<String> dispatched() {
        return slice.dispatches().stream()
                .flatMap(command -> handling(model, command))
                .distinct()
                .toList();
    }

    /** The slices, {@code context/slice}, whose commands the slice has dispatched at an instant. */
    List<String> deadlines() {
        return slice.deadlines().stream()
                .flatMap(deadline -> handling(model, deadline.command()))
                .distinct()
                .toList();
    }

    /** Whether any slice has the command of this one dispatched at an instant. */
    boolean isDeadline() {
        return landscape.models().values().stream()
                .anyMatch(other -> other.slices().stream()
                        .flatMap(sending -> sending.deadlines().stream())
                        .flatMap(deadline -> handling(other, deadline.command()))
                        .anyMatch((model.context() + "/" + slice.name())::equals));
    }

    private Stream<String> handling(Model sender, Ref command) {
        Model target =
                command.context().isEmpty() ? sender : landscape.models().getOrDefault(command.context(), sender);
        return target.slices().stream()
                .filter(other ->
                        other.command() != null && other.command().element().equals(command.element()))
                .map(other -> target.context() + "/" + other.name());
    }

    /** The external systems that the slice calls. */
    List<String> called() {
        return slice.calls().stream()
                .map(ref -> ref.element().isEmpty() ? ref.field() : ref.element())
                .distinct()
                .toList();
    }

    /** The scopes of the slice's actors, any one of which is enough. */
    List<String> scopes() {
        return slice.actors().stream()
                .map(actor -> model.context() + "/" + actor)
                .toList();
    }
}
