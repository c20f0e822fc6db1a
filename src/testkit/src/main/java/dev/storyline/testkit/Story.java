package dev.storyline.testkit;

import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in one stream so far, as a specification tells it.
 *
 * @param stream the stream that all events belong to
 * @param at when the next events happen
 * @param actor who asks for the next events
 * @param events what happened, with versions from 1
 */
record Story(StreamId stream, Instant at, String actor, List<Recorded<Object>> events) {
    static final Story BEGINNING = new Story(Specification.STREAM, Specification.AT, Specification.ACTOR, List.of());

    Story {
        events = List.copyOf(events);
    }

    Story in(StreamId other) {
        if (!events.isEmpty()) {
            throw new IllegalStateException("A story stays in one stream: name " + other + " before its first event");
        }
        return new Story(other, at, actor, events);
    }

    Story at(Instant next) {
        return new Story(stream, next, actor, events);
    }

    Story by(String next) {
        return new Story(stream, at, next, events);
    }

    Story and(List<?> more) {
        List<Recorded<Object>> all = new ArrayList<>(events);
        for (Object event : more) {
            all.add(new Recorded<>(stream, all.size() + 1L, at, checked(event), actor, "story", null));
        }
        return new Story(stream, at, actor, all);
    }

    /** What is no event would be passed over like a foreign one, and the specification would say nothing. */
    private static Object checked(Object event) {
        if (event instanceof Record && !(event instanceof Recorded<?>)) {
            return event;
        }
        throw new IllegalArgumentException("A story is told in events, which are records; this is none: " + event);
    }

    /** One numbered line per event; what a machine of this family does not fold is marked. */
    List<String> lines(Class<?> family) {
        return events.stream().map(event -> line(event, family)).toList();
    }

    private static String line(Recorded<Object> recorded, Class<?> family) {
        String time = recorded.at().equals(Specification.AT) ? "" : ", at " + recorded.at();
        String actor = recorded.actor().equals(Specification.ACTOR) ? "" : ", by " + recorded.actor();
        String over = family.isInstance(recorded.event()) ? "" : " (passed over: no " + family.getSimpleName() + ")";
        return recorded.version() + ". " + recorded.event() + time + actor + over;
    }
}
