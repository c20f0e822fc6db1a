package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.PartFormat.KeyFormat;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Resolves every name in the models, and reports unknown names with the closest known one. */
final class NameResolver {
    private static final int MOST_DAYS = 36_500;
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
            if (Type.BASIC.contains(type.name())) {
                troubles.add(
                        new Diagnostic(type.place(), "'" + type.name() + "' is a basic type; name yours otherwise."));
            }
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
        }
        model.streams().values().forEach(stream -> ends(model, stream));
        part(model, model, model.place(), List.of(), List.of());
    }

    /** A stream is ended by events of its own, and then has a time to stay. */
    private void ends(Model model, EventStream stream) {
        if (stream.ends().isEmpty() != stream.keep().isEmpty()) {
            troubles.add(new Diagnostic(
                    stream.place(),
                    "The stream " + stream.name() + " has 'ends' with the events that end it, and 'keep' with the time"
                            + " that it stays then, or neither."));
        }
        if (stream.keepDays() > MOST_DAYS) {
            troubles.add(new Diagnostic(
                    stream.place(),
                    "'keep' is a number of days from 1 to " + MOST_DAYS + ", not " + stream.keepDays() + "."));
        }
        for (Ref end : stream.ends()) {
            Element event = model.events().get(end.toString());
            if (event != null && !event.stream().equals(stream.name())) {
                troubles.add(new Diagnostic(
                        end.place(),
                        "The event " + end + " is none of the stream " + stream.name() + ", so it cannot end it."));
            }
        }
    }

    /**
     * Resolves what the keys of a part name, and those of the parts in it.
     *
     * @param siblings the fields that a name without an element before it may be
     * @param command the fields of the command of the slice that the part stands in
     */
    private void part(Model model, Record part, SourceLocation around, List<Field> siblings, List<Field> command) {
        SourceLocation told = PartFormat.of(part.getClass()).placeOf(part);
        SourceLocation place = told.equals(SourceLocation.NOWHERE) ? around : told;
        List<Field> here = switch (part) {
            case Element element -> element.fields();
            case Type type -> type.fields();
            case Screen screen -> screen.fields();
            case BusinessRule _ -> command;
            default -> siblings;
        };
        List<Field> commands = part instanceof Slice slice ? commandFields(model, slice) : command;
        for (KeyFormat key : PartFormat.of(part.getClass()).keys().values()) {
            Object value = key.of(part);
            if (value == null) {
                continue;
            }
            for (Object each : each(value)) {
                switch (each) {
                    case ModelDeadline deadline -> {
                        name(model, key, deadline.command(), here);
                        part(model, deadline, place, here, commands);
                    }
                    case Ref ref -> name(model, key, ref, here);
                    case ScenarioStep step -> step(model, step, part instanceof Story);
                    case Record inner -> part(model, inner, place, here, commands);
                    case String text when !key.to().isEmpty() && !text.isEmpty() -> word(model, key, part, text, place);
                    default -> {}
                }
            }
        }
    }

    private static Collection<?> each(Object value) {
        return switch (value) {
            case List<?> list -> list;
            case Map<?, ?> map ->
                map.values().stream()
                        .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
                        .toList();
            default -> List.of(value);
        };
    }

    /** Resolves a word that is no reference. */
    private void word(Model model, KeyFormat key, Record part, String text, SourceLocation place) {
        Key.Target target = key.to().getFirst();
        List<Set<String>> known = switch (target) {
            case ACTOR -> List.of(model.actors().keySet());
            case STREAM -> List.of(model.streams().keySet());
            case BASIC_TYPE -> List.of(Type.BASIC);
            case ANY_TYPE -> List.of(model.types().keySet(), model.views().keySet(), Type.BASIC);
            default -> List.of(model.types().keySet());
        };
        String name = part instanceof Field field ? field.type() : text;
        if (!name.isEmpty() && known.stream().noneMatch(names -> names.contains(name))) {
            nowhere(
                    place,
                    target.word(),
                    name,
                    known.stream().flatMap(Set::stream).toList());
        }
    }

    private void name(Model model, KeyFormat key, Ref ref, List<Field> siblings) {
        switch (key.to().getFirst()) {
            case FIELD -> value(model, siblings, ref);
            case SYSTEM -> {
                String system = ref.element().isEmpty() ? ref.toString() : ref.element();
                if (!model.systems().containsKey(system)) {
                    nowhere(ref.place(), "system", system, model.systems().keySet());
                }
            }
            case SLICE -> {
                Model home =
                        ref.context().isEmpty() ? model : landscape.models().get(ref.context());
                if (home == null) {
                    nowhere(
                            ref.place(),
                            "context",
                            ref.context(),
                            landscape.models().keySet());
                } else if (home.slice(ref.field()).isEmpty()) {
                    nowhere(
                            ref.place(),
                            "slice",
                            ref.field(),
                            home.slices().stream().map(Slice::name).toList());
                }
            }
            default ->
                element(
                        model,
                        ref,
                        key.to().stream().map(Key.Target::word).collect(Collectors.joining(" or ")),
                        key.to().stream()
                                .map(target -> Kind.valueOf(target.name()))
                                .toArray(Kind[]::new));
        }
    }

    /** A story tells of other contexts by what they show to the world: commands, views and public events. */
    private void step(Model model, ScenarioStep step, boolean story) {
        boolean names = step.what() == ScenarioStep.What.ELEMENT || step.what() == ScenarioStep.What.ABSENT;
        Model other = story ? landscape.models().get(step.subject().context()) : null;
        boolean known = other != null
                && other.element(step.subject().element(), Kind.COMMAND, Kind.VIEW, Kind.PUBLIC_EVENT) != null;
        if (names && !known && !step.subject().toString().startsWith("<")) {
            element(model, step.subject(), "element", Kind.values());
        }
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
