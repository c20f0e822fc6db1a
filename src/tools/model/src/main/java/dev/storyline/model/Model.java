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
 * @param stories chains across slices and contexts
 * @param reviews the signed reviews
 * @param notes remarks about it
 * @param id its id on the board that it comes from; empty for none
 * @param place the file
 */
@Part(
        value = "A model",
        says =
                "The story of one bounded context: its events, commands and views, and the slices that they meet in. A model may"
                        + " be young: only the context's name is needed.")
public record Model(
        @Key(
                says = "The context's name in lower-case letters and digits.",
                required = true,
                pattern = "[a-z][a-z0-9]*",
                rule = "A model begins with 'context:' and its name in lower-case letters and digits")
        String context,

        @Key(says = "Who answers for the context.") String owner,

        @Key(says = "What the context is about, one sentence.")
        String about,

        @Key(says = "Remarks of people.", remark = true) Notes notes,

        @Key(says = "Its id on the board that it comes from.", remark = true)
        String id,

        @Key(says = "The people who use it, each with a note.")
        Map<String, Actor> actors,

        @Key(says = "The systems outside that it calls, each with a note.")
        Map<String, ExternalSystem> systems,

        @Key(
                says = "The entities whose events are kept in order, each with a note. A stream is the unit of"
                        + " consistency.")
        Map<String, EventStream> streams,

        @Key(says = "The types that the context gives a name.")
        Map<String, Type> types,

        @Key(
                says = "Facts that happened, private to the context; named in the past tense. One line is enough:"
                        + " 'JobCreated:'.")
        Map<String, Element> events,

        @Key(value = "public-events", says = "Facts that the context promises to others.")
        Map<String, Element> publicEvents,

        @Key(says = "Intents; each name begins with a verb.")
        Map<String, Element> commands,

        @Key(says = "What is shown or asked for.") Map<String, Element> views,

        @Key(value = "story", says = "The chapters in story order. Order stands here and nowhere else.")
        List<Chapter> chapters,

        @Key(says = "Chains across slices and contexts, each name a sentence.")
        List<Story> stories,

        @Key(says = "Who has gone through which step of modelling; './storyline model sign' writes them.")
        List<Review> reviews,

        SourceLocation place) {
    public Model {
        chapters = List.copyOf(chapters);
        stories = List.copyOf(stories);
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
        streams.values()
                .forEach(stream -> stream.ends().forEach(event -> ends.put(event.toString(), stream.keepDays())));
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
