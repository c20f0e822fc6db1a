package dev.storyline.modeler.exchange;

import dev.storyline.model.ModelException;
import dev.storyline.model.SourceLocation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a file of another tool tells, whatever its format: things, arrows between them, and the slices in which they stand.
 * Each format has a reader that fills a graph; {@link GraphModels} turns any graph into models. Copies with the same title
 * are one thing; an arrow that is told at both ends is one arrow.
 */
final class Graph {
    /** The most things and slices that a graph holds. */
    static final int MOST = 100_000;

    private static final int MOST_NAMED = 12;

    /** The kinds of things. */
    enum Kind {
        COMMAND("command", "Command"),
        EVENT("event", "Event"),
        VIEW("view", "View"),
        SCREEN("screen", "Screen"),
        PROCESSOR("processor", "Processor");

        private final String word;
        private final String prefix;

        Kind(String word, String prefix) {
            this.word = word;
            this.prefix = prefix;
        }

        String word() {
            return word;
        }

        /** Returns whether a model knows such things by their names. Screens and processors belong to their slice. */
        boolean isNamed() {
            return this != SCREEN && this != PROCESSOR;
        }
    }

    /** A thing with its arrows. */
    static final class Thing {
        final Kind kind;
        /** The context that it belongs to; empty for the context of the file. */
        final String context;
        /** The name in the model; the title of a screen or a processor. */
        final String name;
        /** Whether it is an event that is promised to other contexts. */
        final boolean isPublic;
        /** The id in the file; empty if arrows or scenarios only name the thing. */
        String id = "";
        /** Whether it stands in the file, and not only in arrows and scenarios. */
        boolean stands;

        String about = "";
        String owner = "";
        String stream = "";
        /** Whether a view is the to-do list of a processor. */
        boolean todo;
        /** For a screen or a processor the actor. */
        String actor = "";

        final Map<String, Attribute> fields = new LinkedHashMap<>();
        final Notes notes = new Notes();
        private final Set<Thing> from = new LinkedHashSet<>();
        private final Set<Thing> to = new LinkedHashSet<>();

        private Thing(Kind kind, String context, String name, boolean isPublic) {
            this.kind = kind;
            this.context = context;
            this.name = name;
            this.isPublic = isPublic;
        }

        /** Returns the targets of its arrows, of one kind. */
        List<Thing> to(Kind kind) {
            return to.stream().filter(thing -> thing.kind == kind).toList();
        }

        /** Returns the sources of its arrows, of one kind. */
        List<Thing> from(Kind kind) {
            return from.stream().filter(thing -> thing.kind == kind).toList();
        }

        /** Adds texts that copies of one thing tell; the first of each kind counts. */
        void tell(String about, String owner, String stream) {
            this.about = this.about.isEmpty() ? about : this.about;
            this.owner = this.owner.isEmpty() ? owner : this.owner;
            this.stream = this.stream.isEmpty() ? stream : this.stream;
        }
    }

    /**
     * A field of a thing.
     *
     * @param type a basic type of the model, or empty where {@code parts} tell it
     * @param generated what makes the value; empty if nothing does
     * @param mapping where the value comes from, in the words of the file
     * @param parts the fields of a nested type
     * @param words the words of an enum
     */
    record Attribute(
            String name,
            String type,
            boolean many,
            boolean optional,
            boolean identity,
            String generated,
            String example,
            String mapping,
            String about,
            List<Attribute> parts,
            List<String> words) {
        static Attribute of(String name, String type) {
            return new Attribute(name, type, false, false, false, "", "", "", "", List.of(), List.of());
        }
    }

    /** One slice of the file. */
    static final class Part {
        final String id;
        final String title;
        String context = "";
        String chapter = "";
        /** One of the words of a model; empty if the file does not tell. */
        String pattern = "";

        String status = "";
        String about = "";
        /** What stands in front of the command; null for no gatekeeper but those that arrows from views tell. */
        @Nullable
        String gate;

        /** The rules by which the command is rejected, with their sentences. */
        final Map<String, String> rules = new LinkedHashMap<>();

        final Set<Thing> things = new LinkedHashSet<>();
        final Set<String> actors = new LinkedHashSet<>();
        final List<Scenario> scenarios = new ArrayList<>();
        final Notes notes = new Notes();

        Part(String id, String title) {
            this.id = id;
            this.title = title;
        }

        List<Thing> all(Kind kind) {
            return things.stream().filter(thing -> thing.kind == kind).toList();
        }
    }

    /** What people have remarked about a part. */
    static final class Notes {
        final List<String> hotspots = new ArrayList<>();
        final List<String> questions = new ArrayList<>();
        final List<String> comments = new ArrayList<>();

        /** Adds the notes in the form of a model file. */
        void into(Map<String, Object> parts) {
            Map<String, Object> notes = new LinkedHashMap<>();
            notes.put("hotspots", hotspots);
            notes.put("questions", questions);
            notes.put("comments", comments);
            notes.values().removeIf(texts -> texts.equals(List.of()));
            if (!notes.isEmpty()) {
                parts.put("notes", notes);
            }
        }
    }

    /** A scenario of a slice. */
    record Scenario(String id, String title, List<Step> given, List<Step> when, List<Step> then, Notes notes) {}

    /**
     * A step of a scenario.
     *
     * @param thing what it tells of; null for a rejection
     * @param rule the name of the rule of a rejection
     * @param says the sentence of the rule; empty if there is none
     * @param absent whether there is no such row
     */
    record Step(
            @Nullable Thing thing, String rule, String says, Map<String, Object> values, int times, boolean absent) {}

    /** What the file calls the context; empty if it does not. */
    String context = "";
    /** The descriptions of contexts. */
    final Map<String, String> abouts = new LinkedHashMap<>();
    /** The contexts in the order of the file. */
    final Set<String> contexts = new LinkedHashSet<>();
    /** Streams by context, with their descriptions or parts; under an empty text those of a file with one context. */
    final Map<String, Map<String, Object>> streams = new HashMap<>();

    final Set<String> actors = new LinkedHashSet<>();
    final List<Part> parts = new ArrayList<>();
    private final String called;
    private final Map<String, Thing> byTitle = new LinkedHashMap<>();
    private final Map<String, Thing> byId = new HashMap<>();
    /** Sentences with the names that they are about. */
    private final Map<String, List<String>> notes = new LinkedHashMap<>();

    private final Map<Thing, List<Scenario>> loose = new LinkedHashMap<>();
    private int unnamed;

    /** @param called the file in messages */
    Graph(String called) {
        this.called = called;
    }

    /** Returns the file in messages. */
    String called() {
        return called;
    }

    /** Adds a name to a sentence about what was passed over, inferred or merged. */
    void note(String sentence, String name) {
        notes.computeIfAbsent(sentence, key -> new ArrayList<>()).add(name);
    }

    /** Returns each sentence with its names and their number. */
    List<String> notes() {
        List<String> lines = new ArrayList<>();
        notes.forEach((sentence, names) -> {
            Map<String, Integer> counts = new LinkedHashMap<>();
            names.stream().filter(name -> !name.isEmpty()).forEach(name -> counts.merge(name, 1, Integer::sum));
            List<String> shown = counts.entrySet().stream()
                    .limit(MOST_NAMED)
                    .map(count -> count.getKey() + (count.getValue() > 1 ? " (" + count.getValue() + ")" : ""))
                    .toList();
            int more = counts.size() - shown.size();
            lines.add(sentence
                    + (shown.isEmpty() ? "" : ": " + String.join(", ", shown))
                    + (more > 0 ? " and " + more + " more" : "") + ".");
        });
        return lines;
    }

    /** Adds a slice. */
    Part part(String id, String title) {
        Part part = new Part(id, title);
        parts.add(part);
        bound(parts.size());
        return part;
    }

    /** Returns the thing with this title; adds it if it is new. A screen or a processor is new in every slice. */
    Thing thing(Kind kind, String context, String title, boolean isPublic, String id) {
        String name = kind.isNamed() ? Titles.element(title, kind.prefix) : Titles.line(title, 200);
        Thing known = kind.isNamed() ? null : byId.get(id);
        String key = kind.isNamed() ? key(kind, context, name, isPublic) : kind + "#" + ++unnamed;
        Thing thing = known != null && known.kind == kind && known.name.equals(name)
                ? known
                : byTitle.computeIfAbsent(key, any -> new Thing(kind, context, name, isPublic));
        if (!id.isEmpty()) {
            Thing other = byId.putIfAbsent(id, thing);
            if (other != null && !other.equals(thing)) {
                note("Several things have one id; arrows and scenarios lead to the first of them", id);
            }
            thing.id = thing.id.isEmpty() ? id : thing.id;
        }
        if (!kind.isNamed()) {
            byTitle.putIfAbsent(kind + " in any slice " + name, thing);
        }
        thing.stands = true;
        bound(byTitle.size());
        return thing;
    }

    private void bound(int size) {
        if (size > MOST) {
            throw new ModelException(
                    new SourceLocation(called, 0, 0),
                    "The file has more than " + MOST + " things; a model has up to so many. Export a part of it.");
        }
    }

    private static String key(Kind kind, String context, String name, boolean isPublic) {
        return kind + (isPublic ? " public " : " ") + context + "." + name.toLowerCase(Locale.ROOT);
    }

    void arrow(Thing from, Thing to) {
        from.to.add(to);
        to.from.add(from);
    }

    /** Adds a field; the type of a known field counts. */
    void field(Thing thing, Attribute field) {
        Attribute known = thing.fields.putIfAbsent(field.name(), field);
        if (known != null
                && (!known.type().equals(field.type())
                        || known.many() != field.many()
                        || known.parts().isEmpty() != field.parts().isEmpty())) {
            note("Copies tell other types of a field; the first one was taken", thing.name + "." + field.name());
        }
    }

    /** Returns the id of the first copy of the thing with this id; the id itself if there is none. */
    String primary(String id) {
        Thing thing = byId.get(id);
        return thing == null || thing.id.isEmpty() ? id : thing.id;
    }

    @Nullable
    Thing byId(String id) {
        return byId.get(id);
    }

    /** Returns the thing with this title in this context, private before public; null if there is none. */
    @Nullable
    Thing byTitle(Kind kind, String context, String title) {
        if (!kind.isNamed()) {
            return byTitle.get(kind + " in any slice " + Titles.line(title, 200));
        }
        String name = Titles.element(title, kind.prefix);
        Thing found = byTitle.get(key(kind, context, name, false));
        return found != null ? found : byTitle.get(key(kind, context, name, true));
    }

    /** Returns the thing with this id, else the one with this title; adds one that is only named if there is none. */
    @Nullable
    Thing resolve(String id, @Nullable Kind kind, String context, String title) {
        Thing found = byId.get(id);
        if (found != null && (kind == null || found.kind == kind)) {
            return found;
        }
        if (kind != null && !title.isEmpty()) {
            found = byTitle(kind, context, title);
            if (found == null && kind.isNamed()) {
                note("Only named by arrows or scenarios, and without a place or fields", kind.word + " " + title);
                found = new Thing(kind, context, Titles.element(title, kind.prefix), false);
                byTitle.put(key(kind, context, found.name, false), found);
            }
        }
        if (found == null) {
            note("Leads to nothing and was passed over", "'" + (title.isEmpty() ? id : title) + "'");
        }
        return found;
    }

    /** Adds a scenario to the slice that {@link #slices} makes for a thing. */
    void scenario(Thing thing, Scenario scenario) {
        loose.computeIfAbsent(thing, key -> new ArrayList<>()).add(scenario);
    }

    /** Returns all things with names, in the order of the file. */
    List<Thing> named() {
        return byTitle.entrySet().stream()
                .filter(entry -> !entry.getKey().contains(" in any slice "))
                .map(Map.Entry::getValue)
                .filter(thing -> thing.kind.isNamed())
                .distinct()
                .toList();
    }

    /** Returns the home of a thing: its own context, or that of the file. */
    String home(Thing thing) {
        return thing.context.isEmpty() ? context : thing.context;
    }

    /**
     * Puts things that stand in no slice into slices, for formats without slices: one for each command with what it causes,
     * one for each processor that sends nothing, one for each view.
     */
    void slices() {
        Set<Thing> placed = new LinkedHashSet<>();
        parts.forEach(part -> placed.addAll(part.things));
        for (Thing thing : List.copyOf(byTitle.values())) {
            boolean begins = thing.kind == Kind.COMMAND
                    || thing.kind == Kind.VIEW
                    || (thing.kind == Kind.PROCESSOR && thing.to(Kind.COMMAND).isEmpty());
            boolean linked = !thing.from.isEmpty() || !thing.to.isEmpty();
            if (begins && linked && thing.stands && placed.add(thing)) {
                Part part = part("", Titles.words(thing.name));
                part.context = thing.context;
                part.things.add(thing);
                if (thing.kind == Kind.COMMAND) {
                    part.things.addAll(thing.from(Kind.SCREEN));
                    part.things.addAll(thing.from(Kind.PROCESSOR));
                } else if (thing.kind == Kind.VIEW) {
                    part.things.addAll(thing.to(Kind.SCREEN));
                }
                if (thing.kind != Kind.VIEW) {
                    part.things.addAll(thing.to(Kind.EVENT));
                }
            }
        }
        loose.forEach((thing, scenarios) -> parts.stream()
                .filter(part -> part.things.contains(thing))
                .findFirst()
                .ifPresentOrElse(
                        part -> part.scenarios.addAll(scenarios),
                        () -> note("Scenarios of no slice were passed over", thing.name)));
    }
}
