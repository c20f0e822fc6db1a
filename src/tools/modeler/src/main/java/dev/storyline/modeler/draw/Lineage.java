package dev.storyline.modeler.draw;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The origins and destinations of the fields of a model, as texts for the page.
 *
 * @param origins one text for each source of a field, by the field's {@link #key}
 * @param destinations one text for each use of a field, by the field's {@link #key}
 */
public record Lineage(Map<String, List<String>> origins, Map<String, List<String>> destinations) {
    /** Returns the key of a field: {@code wishes/EVENT:WishApproved.wishId}. */
    public static String key(Element element, Field field) {
        return Gaps.key(element) + "." + field.name();
    }

    /**
     * Returns the origins that the model states: generators, computed or copied fields, and otherwise the preceding field of
     * the same name in a slice. Only the check proves them.
     */
    public static Lineage stated(Landscape landscape) {
        Map<String, List<String>> origins = new TreeMap<>();
        Map<String, List<String>> destinations = new TreeMap<>();
        for (Model model : landscape.models().values()) {
            for (Slice slice : model.slices()) {
                for (Element target : after(landscape, model, slice)) {
                    for (Field field : target.fields()) {
                        told(landscape, model, target, field, origins, destinations);
                        if (isSilent(field)) {
                            before(landscape, model, slice, target)
                                    .forEach(source -> same(source, target, field, origins, destinations));
                        }
                    }
                }
            }
        }
        inputs(landscape, origins);
        return new Lineage(origins, destinations);
    }

    private static boolean isSilent(Field field) {
        return field.generated().isEmpty()
                && field.computed().isEmpty()
                && field.from().isEmpty();
    }

    /** Returns the elements that a slice produces: its command, events, views and public events. */
    private static List<Element> after(Landscape landscape, Model model, Slice slice) {
        List<Element> made = new ArrayList<>();
        if (slice.command() != null) {
            add(made, landscape.find(model, slice.command(), Kind.COMMAND));
        }
        slice.events().forEach(ref -> add(made, landscape.find(model, ref, Kind.EVENT)));
        slice.views().forEach(ref -> add(made, landscape.find(model, ref, Kind.VIEW)));
        slice.publishes().forEach(ref -> add(made, landscape.find(model, ref, Kind.PUBLIC_EVENT)));
        slice.dispatches().forEach(ref -> add(made, landscape.find(model, ref, Kind.COMMAND)));
        return made;
    }

    private static List<Element> before(Landscape landscape, Model model, Slice slice, Element target) {
        List<Element> sources = new ArrayList<>();
        if (target.kind() == Kind.EVENT && slice.command() != null) {
            add(sources, landscape.find(model, slice.command(), Kind.COMMAND));
        } else {
            slice.on().forEach(ref -> add(sources, landscape.find(model, ref, Kind.EVENT, Kind.PUBLIC_EVENT)));
        }
        return sources;
    }

    private static void add(List<Element> elements, @Nullable Element element) {
        if (element != null) {
            elements.add(element);
        }
    }

    private static void told(
            Landscape landscape,
            Model model,
            Element target,
            Field field,
            Map<String, List<String>> origins,
            Map<String, List<String>> destinations) {
        String key = key(target, field);
        if (!field.generated().isEmpty()) {
            put(origins, key, "generated: " + field.generated());
        }
        for (Ref ref : field.computed()) {
            put(origins, key, "computed from " + ref);
            arrives(landscape, model, target, ref, destinations, "decides " + target.name() + "." + field.name());
        }
        for (Ref ref : field.from()) {
            put(origins, key, ref.toString());
            arrives(landscape, model, target, ref, destinations, target.name() + "." + field.name());
        }
    }

    /** The destination of a referenced field is the location of the reference. */
    private static void arrives(
            Landscape landscape,
            Model model,
            Element target,
            Ref ref,
            Map<String, List<String>> destinations,
            String where) {
        Element source = ref.element().isEmpty()
                ? target
                : landscape.find(model, ref, Kind.COMMAND, Kind.EVENT, Kind.VIEW, Kind.PUBLIC_EVENT);
        if (source != null && !ref.path().isEmpty()) {
            source.field(ref.path().getFirst()).ifPresent(field -> put(destinations, key(source, field), where));
        }
    }

    private static void same(
            Element source,
            Element target,
            Field field,
            Map<String, List<String>> origins,
            Map<String, List<String>> destinations) {
        source.field(field.name()).ifPresent(found -> {
            String prefix = source.context().equals(target.context()) ? "" : source.context() + ".";
            put(origins, key(target, field), prefix + source.name() + "." + found.name());
            prefix = source.context().equals(target.context()) ? "" : target.context() + ".";
            put(
                    destinations,
                    key(source, found),
                    prefix + target.kind().word() + " " + target.name() + "." + field.name());
        });
    }

    /** The origin of input fields is the person who sends them. */
    private static void inputs(Landscape landscape, Map<String, List<String>> origins) {
        for (Model model : landscape.models().values()) {
            for (Slice slice : model.slices()) {
                Element command = slice.command() == null ? null : landscape.find(model, slice.command(), Kind.COMMAND);
                if (command == null || slice.actor().isEmpty()) {
                    continue;
                }
                for (Field field : command.fields()) {
                    if (isSilent(field)) {
                        put(origins, key(command, field), "input of " + slice.actor());
                    }
                }
            }
        }
    }

    private static void put(Map<String, List<String>> texts, String key, String text) {
        List<String> all = Objects.requireNonNull(texts.computeIfAbsent(key, any -> new ArrayList<>()));
        if (!all.contains(text)) {
            all.add(text);
        }
    }
}
