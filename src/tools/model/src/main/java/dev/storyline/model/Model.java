package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event model of one context. A new model may be incomplete: missing parts are empty.
 *
 * @param context {@code wishes}
 * @param owner the owning team
 * @param about its description
 * @param actors the actors, by name
 * @param systems the external systems, by name
 * @param streams the entities whose events are in order, by name ({@code child})
 * @param types the named types
 * @param events its private events, by name
 * @param publicEvents the events that it publishes to other contexts, by name
 * @param commands the commands, by name
 * @param views the views, by name
 * @param chapters the chapters in story order
 * @param reviews the signed reviews
 * @param place the file
 */
public record Model(
        String context,
        String owner,
        String about,
        Map<String, Actor> actors,
        Map<String, ExternalSystem> systems,
        Map<String, EventStream> streams,
        Map<String, Type> types,
        Map<String, Element> events,
        Map<String, Element> publicEvents,
        Map<String, Element> commands,
        Map<String, Element> views,
        List<Chapter> chapters,
        List<Review> reviews,
        SourceLocation place) {
    public Model {
        chapters = List.copyOf(chapters);
        reviews = List.copyOf(reviews);
    }

    /** Returns the elements of one kind, by name, in the order of the file. */
    public Map<String, Element> elements(Kind kind) {
        return switch (kind) {
            case EVENT -> events;
            case PUBLIC_EVENT -> publicEvents;
            case COMMAND -> commands;
            case VIEW -> views;
        };
    }

    /** Returns for how many days streams stay that have ended, by the names of the events that end them. */
    public Map<String, Integer> ends() {
        Map<String, Integer> ends = new LinkedHashMap<>();
        streams.values().forEach(stream -> stream.ends().forEach(event -> ends.put(event, stream.keepDays())));
        return ends;
    }

    /** Returns all elements: events, public events, commands, views. */
    public List<Element> elements() {
        List<Element> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.addAll(elements(kind).values());
        }
        return all;
    }

    /** Returns the element with this name. The first of these kinds that has one wins. */
    public @Nullable Element element(String name, Kind... kinds) {
        for (Kind kind : kinds) {
            Element element = elements(kind).get(name);
            if (element != null) {
                return element;
            }
        }
        return null;
    }

    /** Returns all slices in story order. */
    public List<Slice> slices() {
        return chapters.stream().flatMap(chapter -> chapter.slices().stream()).toList();
    }

    /** Returns the slice with this name. */
    public Optional<Slice> slice(String name) {
        return sliceStream().filter(slice -> slice.name().equals(name)).findFirst();
    }

    private Stream<Slice> sliceStream() {
        return chapters.stream().flatMap(chapter -> chapter.slices().stream());
    }
}
