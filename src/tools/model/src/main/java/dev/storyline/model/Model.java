package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The event model of one context. May be young: whatever nobody has said yet is empty.
 *
 * @param context {@code wishes}
 * @param owner who answers for it
 * @param about what it is about
 * @param actors who uses it, by name
 * @param systems the systems outside, by name
 * @param streams the entities whose events are in order, by name ({@code child})
 * @param types the types that it names
 * @param events its private events, by name
 * @param publicEvents what it promises to others, by name
 * @param commands by name
 * @param views by name
 * @param chapters the story: order stands here and nowhere else
 * @param reviews who has gone through it
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

    /** The elements of one kind, by name, in the order of the file. */
    public Map<String, Element> elements(Kind kind) {
        return switch (kind) {
            case EVENT -> events;
            case PUBLIC_EVENT -> publicEvents;
            case COMMAND -> commands;
            case VIEW -> views;
        };
    }

    /** All elements: events, public events, commands, views. */
    public List<Element> elements() {
        List<Element> all = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            all.addAll(elements(kind).values());
        }
        return all;
    }

    /** The element of this name and of the first of these kinds that has one. */
    public @Nullable Element element(String name, Kind... kinds) {
        for (Kind kind : kinds) {
            Element element = elements(kind).get(name);
            if (element != null) {
                return element;
            }
        }
        return null;
    }

    /** All slices in story order. */
    public List<Slice> slices() {
        return chapters.stream().flatMap(chapter -> chapter.slices().stream()).toList();
    }

    /** The slice of this name. */
    public Optional<Slice> slice(String name) {
        return sliceStream().filter(slice -> slice.name().equals(name)).findFirst();
    }

    private Stream<Slice> sliceStream() {
        return chapters.stream().flatMap(chapter -> chapter.slices().stream());
    }
}
