package dev.storyline.eventstore;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.storyline.common.Json;
import dev.storyline.kernel.Language;
import dev.storyline.kernel.Recorded;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Converts between the events of a context's language and the events stored in commits. */
public final class EventCodec {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final Language language;
    private final ObjectMapper json = Json.mapper();

    /** A codec for the events of one context. */
    public EventCodec(Language language) {
        this.language = language;
    }

    /**
     * The commit holds an event that this slice does not know and must not skip: the slice was built before that event
     * existed. Deploy the slice again.
     */
    public static final class SliceOutdated extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private static final String REASON = ", which this slice does not know and must not pass over: deploy it anew";

        SliceOutdated(String id, StoredEvent event) {
            super("The event " + id + " is a " + event.type() + " of schema version " + event.schema() + REASON);
        }

        /** Whether a stream that is parked for this reason waits for a newer slice. */
        public static boolean isTheReason(String reason) {
            return reason.endsWith(REASON);
        }
    }

    /** The commit holds an event whose data cannot be read. */
    public static final class Undecodable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Undecodable(String id, StoredEvent event, Exception cause) {
            super("The event " + id + " cannot be read as " + event.type() + ": " + cause.getMessage(), cause);
        }
    }

    /** The stored form of an event. */
    public StoredEvent encode(Record event) {
        Language.Term term = language.term(event);
        try {
            return new StoredEvent(term.type(), term.version(), term.essential(), json.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("The event " + event.getClass() + " cannot be written as JSON", e);
        }
    }

    /** The stored form of events, in order. */
    List<StoredEvent> encodeAll(List<?> events) {
        List<StoredEvent> stored = new ArrayList<>();
        for (Object event : events) {
            stored.add(encode((Record) event));
        }
        return stored;
    }

    /**
     * The events of one family in a commit, in order. All other events are skipped.
     *
     * @throws SliceOutdated if an event is unknown and essential, or of a newer schema version than this language has
     * @throws Undecodable if an event of the family cannot be read
     */
    public <E> List<Recorded<E>> decode(Commit commit, Class<E> family) {
        List<Recorded<E>> events = new ArrayList<>();
        long version = commit.version();
        for (StoredEvent event : commit.events()) {
            Language.Term term = language.term(event.type());
            boolean unknown = term == null || event.schema() > term.version();
            if (unknown && (event.essential() || term != null)) {
                throw new SliceOutdated(commit.stream() + "@" + version, event);
            }
            if (term != null && family.isAssignableFrom(term.event())) {
                E value = family.cast(read(commit, version, event, term));
                events.add(new Recorded<>(
                        commit.stream(),
                        version,
                        commit.at(),
                        value,
                        commit.meta().actor(),
                        commit.meta().correlation(),
                        commit.meta().causation(),
                        commit.meta().trace()));
            }
            version++;
        }
        return events;
    }

    private Record read(Commit commit, long version, StoredEvent event, Language.Term term) {
        try {
            if (event.schema() == term.version()) {
                return json.readValue(event.data(), term.event());
            }
            Map<String, Object> fields = json.readValue(event.data(), FIELDS);
            return json.convertValue(language.upcast(term, event.schema(), fields), term.event());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new Undecodable(commit.stream() + "@" + version, event, e);
        }
    }
}
