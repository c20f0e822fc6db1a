package dev.storyline.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of a context by their stored names, and the upcasters of their old versions. The slices of a context share
 * nothing else.
 */
public final class Language {
    private final String context;
    private final Map<String, Term> terms = new LinkedHashMap<>();
    private final Map<Class<?>, Term> byClass = new HashMap<>();
    private final Map<String, Map<Integer, Upcaster>> upcasters = new HashMap<>();

    /**
     * One event of the language.
     *
     * @param type its stored name
     * @param version the schema version that is written now
     * @param essential whether a slice that does not know it must refuse to decide
     * @param event its record
     */
    public record Term(String type, int version, boolean essential, Class<? extends Record> event) {}

    private Language(String context) {
        this.context = context;
    }

    /**
     * The language of a context.
     *
     * @param context the context's name, {@code wishes}
     * @param families sealed interfaces; every record they permit, at any depth, must carry {@link EventType}
     * @param upcasters a chain for each event whose version is above 1, from version 1 without gaps
     * @throws IllegalArgumentException if an event has no name or the name of another event, or if an old version of it
     *     has no upcaster
     */
    public static Language of(String context, Set<Class<?>> families, List<Upcaster> upcasters) {
        Language language = new Language(context);
        Deque<Class<?>> open = new ArrayDeque<>(families);
        while (!open.isEmpty()) {
            Class<?> type = open.pop();
            if (type.isRecord()) {
                language.add(type.asSubclass(Record.class));
            } else if (type.isSealed()) {
                open.addAll(List.of(Objects.requireNonNull(type.getPermittedSubclasses())));
            } else {
                throw new IllegalArgumentException(type + " is neither a sealed family nor an event record");
            }
        }
        for (Upcaster upcaster : upcasters) {
            language.add(upcaster);
        }
        language.checkChains();
        return language;
    }

    private void add(Class<? extends Record> event) {
        EventType name = event.getAnnotation(EventType.class);
        if (name == null) {
            throw new IllegalArgumentException(event + " needs an @EventType with its stored name");
        }
        if (name.value().startsWith("storyline.")) {
            throw new IllegalArgumentException(event + " must not be stored as '" + name.value()
                    + "': names that begin with 'storyline.' are reserved");
        }
        Term term = new Term(name.value(), name.version(), name.essential(), event);
        Term other = terms.put(term.type(), term);
        if (other != null && other.event() != event) {
            throw new IllegalArgumentException(
                    "Two events are stored as '" + term.type() + "': " + other.event() + " and " + event);
        }
        byClass.put(event, term);
    }

    private void add(Upcaster upcaster) {
        if (!terms.containsKey(upcaster.type())) {
            throw new IllegalArgumentException(
                    "There is an upcaster for '" + upcaster.type() + "', which is no event of the context " + context);
        }
        Upcaster other = upcasters
                .computeIfAbsent(upcaster.type(), type -> new HashMap<>())
                .put(upcaster.from(), upcaster);
        if (other != null) {
            throw new IllegalArgumentException(
                    "There are two upcasters for '" + upcaster.type() + "' from version " + upcaster.from());
        }
    }

    private void checkChains() {
        for (Term term : terms.values()) {
            Set<Integer> from = upcasters.getOrDefault(term.type(), Map.of()).keySet();
            for (int version = 1; version < term.version(); version++) {
                if (!from.contains(version)) {
                    throw new IllegalArgumentException("'" + term.type() + "' is written in version " + term.version()
                            + " but no upcaster reads version " + version);
                }
            }
            if (from.stream().anyMatch(version -> version >= term.version())) {
                throw new IllegalArgumentException("An upcaster for '" + term.type()
                        + "' reads a version that is not older than " + term.version());
            }
        }
    }

    /** The context's name. */
    public String context() {
        return context;
    }

    /** Every event of the language. */
    public List<Term> terms() {
        return List.copyOf(terms.values());
    }

    /** The event with this stored name, or null if the language does not know it. */
    public @Nullable Term term(String type) {
        return terms.get(type);
    }

    /**
     * The name under which an event is stored.
     *
     * @throws IllegalArgumentException if the record is no event of this language
     */
    public Term term(Record event) {
        Term term = byClass.get(event.getClass());
        if (term == null) {
            throw new IllegalArgumentException(event.getClass() + " is no event of the context " + context
                    + ", which has " + terms.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return term;
    }

    /** The data of an event, converted from its stored version to the version that is written now. */
    public Map<String, Object> upcast(Term term, int storedVersion, Map<String, Object> data) {
        Map<String, Object> result = data;
        for (int version = storedVersion; version < term.version(); version++) {
            Upcaster upcaster = Objects.requireNonNull(
                    upcasters.getOrDefault(term.type(), Map.of()).get(version), "chains are checked when made");
            result = upcaster.change().apply(result);
        }
        return result;
    }
}
