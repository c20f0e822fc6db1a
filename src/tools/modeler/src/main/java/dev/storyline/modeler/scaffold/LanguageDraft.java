package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.EventStream;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import dev.storyline.model.SourceLocation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The events of a slice, in the language of its context. Events that the language lacks become a new family. If a slice
 * needs several families, a new parent family combines them without an effect on other slices.
 */
final class LanguageDraft {
    private final Draft draft;
    private final JavaTypes types;
    private boolean streamIdImported;
    private final Map<String, String> added = new LinkedHashMap<>();
    private String family = "";
    private List<String> members = List.of();

    private LanguageDraft(Draft draft, JavaTypes types) {
        this.draft = draft;
        this.types = types;
    }

    static LanguageDraft of(Draft draft, JavaTypes types, List<Ref> events) {
        LanguageDraft language = new LanguageDraft(draft, types);
        language.write(events);
        return language;
    }

    /** Returns the family that the slice folds. */
    String family() {
        return family;
    }

    /** Returns its events under their names in code, {@code WishEvent.WishApproved}. */
    List<String> members() {
        return members;
    }

    /** Returns an event's name in code. */
    String event(String stored) {
        String known = draft.sources().event(stored);
        return known != null ? known : added.getOrDefault(stored, stored);
    }

    /** Imports the classes that {@link #members} needs. */
    void use(JavaSource java) {
        java.use(draft.languagePackage() + "." + family);
        members.forEach(member -> java.use(draft.languagePackage() + "." + member.split("\\.")[0]));
    }

    /**
     * Returns the patterns of a switch: one for each event that the model names, and one for the rest of the family.
     */
    List<String> cases(List<Ref> named) {
        List<String> own = named.stream()
                .map(ref -> event(ref.element()))
                .filter(members::contains)
                .distinct()
                .toList();
        List<String> cases = new ArrayList<>();
        own.forEach(event -> cases.add(event + " _"));
        String others = members.stream()
                .filter(event -> !own.contains(event))
                .map(event -> event + " _")
                .collect(Collectors.joining(", "));
        if (!others.isEmpty()) {
            cases.add(others);
        }
        return cases;
    }

    private void write(List<Ref> events) {
        Set<String> existing = new LinkedHashSet<>();
        List<Element> fresh = new ArrayList<>();
        for (Ref ref : events) {
            String known = draft.sources().event(ref.element());
            Element element = draft.model().events().get(ref.element());
            if (known != null) {
                existing.add(known);
            } else if (element != null && !fresh.contains(element)) {
                fresh.add(element);
            }
        }
        List<String> families = draft.sources().covering(existing);
        if (families.isEmpty() && !existing.isEmpty()) {
            draft.trouble(
                    draft.slice().place(),
                    "The events " + existing + " are in no sealed family of the language: put them into one.");
            return;
        }
        List<String> all = new ArrayList<>(families);
        if (!fresh.isEmpty()) {
            all.addFirst(family(fresh, !families.isEmpty()));
        }
        members = new ArrayList<>();
        fresh.forEach(element -> members.add(event(element.name())));
        families.forEach(name -> draft.sources().members(name).stream()
                .filter(one -> !members.contains(one))
                .forEach(members::add));
        family = all.size() == 1 ? all.getFirst() : all.isEmpty() ? "" : union(all);
    }

    private String family(List<Element> events, boolean amongOthers) {
        String name = draft.name() + "Event";
        if (draft.sources().has(name)) {
            events.forEach(event -> draft.trouble(
                    event.place(),
                    "The family " + name + " is there already, without " + event.name()
                            + ": write its record into it, with @EventType(\"" + event.name() + "\")."));
            return name;
        }
        JavaSource java = draft.languageSource();
        List<Map<String, String>> records = new ArrayList<>();
        for (Element event : events) {
            added.put(event.name(), name + "." + event.name());
            complete(event);
            draft.checkName(event.name(), event.place());
            String components = event.fields().stream()
                    .map(field -> types.of(field, java) + " " + field.name())
                    .collect(Collectors.joining(", "));
            records.add(Map.of(
                    "name", event.name(),
                    "about", JavaSource.comment("    ", Draft.about(event), Map.of()),
                    "annotation", annotation(event),
                    "components", components));
        }
        draft.java(
                name,
                "EventFamily.java",
                java,
                Map.of("name", name, "above", amongOthers ? draft.name() + "Story" : "", "events", records));
        draft.insert(
                draft.sources().families(),
                (draft.sources().hasFamilies() ? ", " : "") + name + ".class",
                "Add " + name + ".class to the families of the language of "
                        + draft.model().context() + ", in Language.of(...), and begin again with --missing.");
        return name;
    }

    private static String annotation(Element event) {
        String name = JavaSource.literal(event.name());
        return event.essential() ? "value = " + name + ", essential = true" : name;
    }

    private void complete(Element event) {
        if (event.version() > 1) {
            draft.trouble(
                    event.place(),
                    "The event " + event.name() + " is in no language yet, so its version is 1, not " + event.version()
                            + ".");
        }
        if (event.fields().isEmpty()) {
            draft.trouble(event.place(), "Say what the event " + event.name() + " tells: its 'fields'.");
        }
        stream(event.stream(), "event " + event.name(), event.place());
    }

    /** Creates a parent family of several families. A family may have several parents. */
    private String union(List<String> families) {
        String name = draft.name() + "Story";
        draft.java(
                name,
                "EventStory.java",
                draft.languageSource(),
                Map.of("name", name, "families", String.join(", ", families)));
        for (String below : families) {
            if (draft.sources().has(below)) {
                draft.insert(
                        draft.sources().familyEnd(below),
                        (draft.sources().belongsToAnother(below) ? ", " : " extends ") + name,
                        "Let the family " + below + " extend " + name + ", and begin again with --missing.");
            }
        }
        return name;
    }

    /**
     * Returns the stream of this category if the model describes it completely. Otherwise reports a problem and returns
     * null.
     */
    @Nullable
    EventStream stream(String category, String whose, SourceLocation place) {
        EventStream stream = draft.model().streams().get(category);
        if (category.isEmpty()) {
            draft.trouble(place, "Say in which 'stream' the " + whose + " is.");
        } else if (stream == null) {
            draft.trouble(place, "Define the stream '" + category + "' under 'streams', with 'by' and 'about'.");
        } else if (stream.by().isEmpty()) {
            draft.trouble(
                    stream.place(), "Say which field names the entity of the stream '" + category + "': its 'by'.");
        } else {
            return stream;
        }
        return null;
    }

    /**
     * Returns the method that names the streams of a category, {@code Wishes.stream}. Writes the method if the language
     * lacks it.
     *
     * @param by the field that identifies the entity
     */
    String streamMethod(EventStream stream, Field by) {
        String known = draft.sources().stream(stream.name());
        if (known != null) {
            return known;
        }
        JavaSource java = draft.languageSource();
        String type = types.of(by, java);
        boolean id = types.isId(by);
        String method =
                draft.sources().hasStreamOf(type) ? Words.variable(Words.pascal(stream.name())) + "Stream" : "stream";
        importStreamId();
        String about = stream.about().isEmpty() ? "The stream of one " + stream.name() + "." : stream.about();
        draft.insert(
                draft.sources().languageEnd(),
                "\n    " + JavaSource.comment("    ", Words.sentence(about), Map.of()) + "\n    public static "
                        + "StreamId " + method + "(" + type + " " + by.name()
                        + ") {\n        return "
                        + (id ? "StreamId.of(" : "new StreamId(")
                        + JavaSource.literal(stream.name()) + ", " + by.name() + ");\n    }\n",
                "Write a method into the class of the language that names the streams '" + stream.name()
                        + "', and begin again with --missing.");
        return draft.sources().languageClass() + "." + method;
    }

    private void importStreamId() {
        if (!streamIdImported && !draft.sources().importsStreamId()) {
            draft.insert(
                    draft.sources().languageImports(),
                    "import dev.storyline.kernel.StreamId;\n",
                    "Import dev.storyline.kernel.StreamId in the class of the language, and begin again with --missing.");
        }
        streamIdImported = true;
    }
}
