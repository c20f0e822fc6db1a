package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves every name in the models, and reports unknown names with the closest known one. */
final class NameResolver {
    private static final int MOST_TROUBLES = 50;

    private final Landscape landscape;
    private final List<Diagnostic> troubles = new ArrayList<>();

    private NameResolver(Landscape landscape) {
        this.landscape = landscape;
    }

    /** @throws ModelException if a name is unknown */
    static void check(Landscape landscape) {
        NameResolver names = new NameResolver(landscape);
        landscape.models().values().forEach(names::model);
        if (!names.troubles.isEmpty()) {
            names.troubles.sort((one, other) -> one.place().compareTo(other.place()));
            throw new ModelException(names.troubles.subList(0, Math.min(names.troubles.size(), MOST_TROUBLES)));
        }
    }

    private void model(Model model) {
        for (Type type : model.types().values()) {
            if (!type.base().isEmpty() && !Type.BASIC.contains(type.base())) {
                nowhere(type.place(), "basic type", type.base(), Type.BASIC);
            }
            if (Type.BASIC.contains(type.name())) {
                troubles.add(
                        new Diagnostic(type.place(), "'" + type.name() + "' is a basic type; name yours otherwise."));
            }
            type.fields().forEach(field -> field(model, type.fields(), field));
        }
        for (Actor actor : model.actors().values()) {
            if (!actor.identity().isEmpty() && !model.types().containsKey(actor.identity())) {
                nowhere(actor.place(), "type", actor.identity(), model.types().keySet());
            }
        }
        for (EventStream stream : model.streams().values()) {
            List<String> events = model.events().values().stream()
                    .filter(event -> event.stream().equals(stream.name()))
                    .map(Element::name)
                    .toList();
            for (String end : stream.ends()) {
                if (!events.contains(end)) {
                    nowhere(stream.place(), "event of the stream " + stream.name(), end, events);
                }
            }
        }
        for (Element element : model.elements()) {
            if (!element.stream().isEmpty() && !model.streams().containsKey(element.stream())) {
                nowhere(
                        element.place(),
                        "stream",
                        element.stream(),
                        model.streams().keySet());
            }
            element.fields().forEach(field -> field(model, element.fields(), field));
        }
        Map<String, SourceLocation> slices = new HashMap<>();
        for (Slice slice : model.slices()) {
            SourceLocation first = slices.putIfAbsent(slice.name(), slice.place());
            if (first != null) {
                troubles.add(new Diagnostic(
                        slice.place(),
                        "The slice '" + slice.name() + "' stands here a second time; first in line " + first.line()
                                + "."));
            }
            slice(model, slice);
        }
    }

    private void field(Model model, List<Field> siblings, Field field) {
        if (!field.type().isEmpty()
                && !Type.BASIC.contains(field.type())
                && !model.types().containsKey(field.type())
                && !model.views().containsKey(field.type())) {
            Set<String> types = new LinkedHashSet<>(model.types().keySet());
            types.addAll(model.views().keySet());
            types.addAll(Type.BASIC);
            nowhere(field.place(), "type", field.type(), types);
        }
        field.computed().forEach(ref -> value(model, siblings, ref));
        field.from().forEach(ref -> value(model, siblings, ref));
    }

    /** Resolves a reference to a field of any element, or of the same element. */
    private void value(Model model, List<Field> siblings, Ref ref) {
        if (ref.element().isEmpty()) {
            if (Landscape.field(model, siblings, ref.path()) == null) {
                nowhere(
                        ref.place(),
                        "field",
                        ref.field(),
                        siblings.stream().map(Field::name).toList());
            }
            return;
        }
        Element element = element(model, ref, "element", Kind.values());
        if (element != null
                && !ref.path().isEmpty()
                && !element.fields().isEmpty()
                && landscape.field(element, ref.path()) == null) {
            nowhere(
                    ref.place(),
                    "field of " + ref.whole(),
                    ref.field(),
                    element.fields().stream().map(Field::name).toList());
        }
    }

    private void slice(Model model, Slice slice) {
        for (String actor : slice.actors()) {
            if (!model.actors().containsKey(actor)) {
                nowhere(slice.place(), "actor", actor, model.actors().keySet());
            }
        }
        if (slice.command() != null) {
            element(model, slice.command(), "command", Kind.COMMAND);
        }
        slice.folds().forEach(ref -> element(model, ref, "event", Kind.EVENT));
        slice.on().forEach(ref -> element(model, ref, "event", Kind.EVENT));
        slice.events().forEach(ref -> element(model, ref, "event", Kind.EVENT));
        slice.publishes().forEach(ref -> element(model, ref, "public event", Kind.PUBLIC_EVENT));
        slice.dispatches().forEach(ref -> element(model, ref, "command", Kind.COMMAND));
        slice.deadlines().forEach(deadline -> deadline.at().forEach(ref -> value(model, List.of(), ref)));
        slice.views().forEach(ref -> element(model, ref, "view", Kind.VIEW));
        slice.exists().forEach(ref -> element(model, ref, "event", Kind.EVENT));
        for (Ref call : slice.calls()) {
            String system = call.element().isEmpty() ? call.toString() : call.element();
            if (!model.systems().containsKey(system)) {
                nowhere(call.place(), "system", system, model.systems().keySet());
            }
        }
        slice.rules().forEach(rule -> rule.reads().forEach(ref -> value(model, commandFields(model, slice), ref)));
        if (slice.gatekeeper() != null) {
            slice.gatekeeper().reads().forEach(ref -> element(model, ref, "view or event", Kind.VIEW, Kind.EVENT));
            slice.gatekeeper()
                    .rules()
                    .forEach(rule -> rule.reads().forEach(ref -> value(model, commandFields(model, slice), ref)));
        }
        for (Specification specification : slice.specifications()) {
            for (List<ScenarioStep> clauses :
                    List.of(specification.given(), specification.when(), specification.then())) {
                for (ScenarioStep clause : clauses) {
                    if (clause.what() == ScenarioStep.What.ELEMENT || clause.what() == ScenarioStep.What.ABSENT) {
                        element(model, clause.subject(), "element", Kind.values());
                    }
                }
            }
        }
    }

    private static List<Field> commandFields(Model model, Slice slice) {
        Element command = slice.command() == null
                ? null
                : model.commands().get(slice.command().element());
        return command == null ? List.of() : command.fields();
    }

    private @Nullable Element element(Model model, Ref ref, String what, Kind... kinds) {
        Element found = landscape.find(model, ref, kinds);
        if (found != null) {
            return found;
        }
        if (!ref.context().isEmpty() && !landscape.models().containsKey(ref.context())) {
            nowhere(ref.place(), "context", ref.context(), landscape.models().keySet());
            return null;
        }
        boolean foreign = !ref.context().isEmpty() && !ref.context().equals(model.context());
        Model home = foreign ? landscape.models().get(ref.context()) : model;
        if (foreign && home != null && home.events().containsKey(ref.element())) {
            troubles.add(new Diagnostic(
                    ref.place(),
                    "'" + ref
                            + "' is a private event of another context (SM021): promise it there under 'public-events',"
                            + " or move the slice into " + ref.context() + "."));
            return null;
        }
        Set<String> names = new LinkedHashSet<>();
        if (foreign && home != null) {
            names.addAll(home.publicEvents().keySet());
        } else {
            for (Kind kind : kinds) {
                names.addAll(model.elements(kind).keySet());
            }
        }
        nowhere(
                ref.place(),
                !foreign ? what : "public event of " + ref.context(),
                ref.element().isEmpty() ? ref.field() : ref.element(),
                names);
        return null;
    }

    private void nowhere(SourceLocation place, String what, String name, Collection<String> names) {
        // Only this many problems are reported, so the search for close names stops too.
        if (troubles.size() > MOST_TROUBLES) {
            return;
        }
        String hint = ClosestName.hint(name, names);
        troubles.add(new Diagnostic(
                place,
                "There is no " + what + " '" + name + "'"
                        + (hint.isEmpty() ? "; define it, or correct the name." : hint)));
    }
}
