package dev.storyline.modeler.exchange;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelWriter;
import dev.storyline.modeler.exchange.Change.What;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares two models part by part. A removed and an added part of one kind with similar content count as renamed. A
 * reference with the new name is no change, and neither is another order. A slice that comes or goes is one change, with what
 * only it uses.
 */
public final class ModelDiff {
    /** The minimum similarity of a renamed part, in percent. */
    private static final int LIKELY = 60;
    /** The maximum number of pairs that are compared for renamings. */
    private static final int MOST_PAIRS = 250_000;

    private static final Set<String> EDGES = Set.of(
            "actor",
            "on",
            "folds",
            "events",
            "publishes",
            "dispatches",
            "calls",
            "view",
            "todo",
            "exists",
            "reads",
            "from",
            "computed",
            "one-of");
    /** The kinds of parts that come and go with a slice. */
    private static final Set<String> WITH =
            Set.of("event", "public event", "command", "view", "actor", "stream", "type", "chapter");
    /** What no person looks at: ids of a board. */
    private static final Set<String> HIDDEN = Set.of("id", "ids");
    /** The names of the kinds of parts in messages. */
    private static final Map<String, String> NAMED = Map.of(
            "fields",
            "field",
            "rules",
            "rule",
            "specifications",
            "specification",
            "actors",
            "actor",
            "systems",
            "system",
            "streams",
            "stream",
            "types",
            "type",
            "screen",
            "screen");

    private final List<Change> changes = new ArrayList<>();

    private ModelDiff() {}

    /** Returns the changes from one model to another, in the order of the file; empty if the models are equal. */
    public static List<Change> of(Model old, Model now) {
        ModelDiff diff = new ModelDiff();
        Map<String, Object> before = ModelWriter.tree(old);
        Map<String, Object> after = ModelWriter.tree(now);
        for (String key : List.of("context", "owner", "about")) {
            diff.text("model", key, before.get(key), after.get(key));
        }
        Map<String, Map<String, String>> renamed = new LinkedHashMap<>();
        List<String> sections = new ArrayList<>(List.of("actors", "systems", "streams", "types"));
        Map<String, String> kinds = new LinkedHashMap<>(NAMED);
        for (Kind kind : Kind.values()) {
            sections.add(kind.section());
            kinds.put(kind.section(), kind.word());
        }
        for (String section : sections) {
            renamed.put(section, Renaming.pairs(map(before.get(section)), map(after.get(section)), LIKELY, MOST_PAIRS));
        }
        Renaming renaming = new Renaming(renamed);
        for (String section : sections) {
            diff.named(
                    Objects.requireNonNull(kinds.get(section)),
                    "",
                    renaming.in(map(before.get(section))),
                    map(after.get(section)),
                    Objects.requireNonNull(renamed.get(section)));
        }
        diff.story(renaming.in(before), after);
        diff.list("review", "", before.get("reviews"), after.get("reviews"));
        return folded(folded(diff.changes, What.REMOVED, before), What.ADDED, after);
    }

    /** Compares two landscapes context by context. */
    public static List<Change> of(Landscape old, Landscape now) {
        List<Change> changes = new ArrayList<>();
        Set<String> contexts = new LinkedHashSet<>(old.models().keySet());
        contexts.addAll(now.models().keySet());
        for (String context : contexts) {
            Model before = old.models().get(context);
            Model after = now.models().get(context);
            if (before != null && after != null) {
                changes.addAll(of(before, after));
            } else {
                changes.add(new Change(before == null ? What.ADDED : What.REMOVED, "context", context, "", "", 100));
            }
        }
        return changes;
    }

    /** Tells what comes or goes with a slice in the line of the slice, and not in lines of its own. */
    private static List<Change> folded(List<Change> changes, What what, Map<String, Object> tree) {
        Map<String, Object> slices = slices(tree, Map.of());
        List<Change> open = new ArrayList<>(changes);
        List<Change> result = new ArrayList<>(changes);
        for (Change slice : changes) {
            if (slice.what() != what || !slice.kind().equals("slice")) {
                continue;
            }
            Set<String> words = new HashSet<>();
            words(slices.get(slice.path()), words);
            List<String> with = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (boolean more = true; more; ) {
                more = false;
                for (Change each : List.copyOf(open)) {
                    boolean part = each.what() == what && WITH.contains(each.kind()) && words.contains(each.path());
                    if (part && open.remove(each)) {
                        result.remove(each);
                        with.add(each.kind() + " " + each.path());
                        names.add(each.path());
                        words(section(tree, each), words);
                        more = true;
                    }
                }
            }
            // Who refers to what comes or goes is told with it.
            result.removeIf(each -> each.what() == what
                    && EDGES.contains(each.kind())
                    && names.contains((each.before() + each.after()).split("\\.", 2)[0]));
            String told = with.isEmpty() ? "" : "with " + String.join(", ", with);
            result.replaceAll(each -> !each.equals(slice)
                    ? each
                    : new Change(
                            what,
                            slice.kind(),
                            slice.path(),
                            what == What.REMOVED ? told : "",
                            what == What.ADDED ? told : "",
                            100));
        }
        return List.copyOf(result);
    }

    private static @Nullable Object section(Map<String, Object> tree, Change part) {
        if (part.kind().equals("chapter")) {
            return null;
        }
        return NAMED.entrySet().stream()
                .filter(entry -> entry.getValue().equals(part.kind()))
                .map(entry -> map(tree.get(entry.getKey())).get(part.path()))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> {
                    for (Kind kind : Kind.values()) {
                        if (kind.word().equals(part.kind())) {
                            return map(tree.get(kind.section())).get(part.path());
                        }
                    }
                    return null;
                });
    }

    /** Adds all words of a part that may be names. */
    private static void words(@Nullable Object part, Set<String> words) {
        switch (part) {
            case null -> {}
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    words(key, words);
                    words(value, words);
                });
            case List<?> list -> list.forEach(item -> words(item, words));
            default -> {
                String text = String.valueOf(part);
                words.add(text);
                words.addAll(List.of(text.split("[ .]", -1)));
            }
        }
    }

    /** Compares parts with names. */
    private void named(
            String kind,
            String path,
            Map<String, Object> before,
            Map<String, Object> after,
            Map<String, String> renamed) {
        before.forEach((name, part) -> {
            String next = renamed.get(name);
            if (next != null) {
                int sure = Renaming.likeness(
                        part, Objects.requireNonNull(after.get(next)), place(before, name) == place(after, next));
                changes.add(new Change(What.RENAMED, kind, path + name, name, next, sure));
                parts(kind, path + next, part, after.get(next));
            } else if (after.containsKey(name)) {
                parts(kind, path + name, part, after.get(name));
            } else {
                changes.add(new Change(What.REMOVED, kind, path + name, shown(part), "", 100));
            }
        });
        Set<String> here = new HashSet<>(renamed.values());
        after.forEach((name, part) -> {
            if (!before.containsKey(name) && !here.contains(name)) {
                changes.add(new Change(What.ADDED, kind, path + name, "", shown(part), 100));
            }
        });
    }

    /** A sentence alone is the only screen of a slice. */
    private static @Nullable Object screens(@Nullable Object screens) {
        return screens instanceof String about ? Map.of("screen", Map.of("about", about)) : screens;
    }

    private static int place(Map<String, Object> parts, String name) {
        return List.copyOf(parts.keySet()).indexOf(name);
    }

    /** Compares the content of one part. */
    private void parts(String kind, String path, @Nullable Object one, @Nullable Object other) {
        Map<String, Object> before = parts(kind, one);
        Map<String, Object> after = parts(kind, other);
        Set<String> keys = new LinkedHashSet<>(before.keySet());
        keys.addAll(after.keySet());
        keys.removeAll(HIDDEN);
        for (String key : keys) {
            Object was = key.equals("screen") ? screens(before.get(key)) : before.get(key);
            Object is = key.equals("screen") ? screens(after.get(key)) : after.get(key);
            if (NAMED.containsKey(key) && !kind.equals("specification")) {
                Map<String, Object> old = map(was);
                Map<String, Object> now = map(is);
                named(
                        Objects.requireNonNull(NAMED.get(key)),
                        path + (key.equals("fields") ? "." : "." + key + "."),
                        old,
                        now,
                        Renaming.pairs(old, now, LIKELY, MOST_PAIRS));
            } else if (key.equals("gatekeeper")) {
                if (was == null || is == null) {
                    changes.add(new Change(
                            is == null ? What.REMOVED : What.ADDED, "gatekeeper", path, shown(was), shown(is), 100));
                } else {
                    parts("gatekeeper", path + ".gatekeeper", was, is);
                }
            } else if (EDGES.contains(key)) {
                list(key, path, was, is);
            } else {
                text(kind, path + "." + key, was, is);
            }
        }
    }

    private void text(String kind, String path, @Nullable Object was, @Nullable Object is) {
        if (!Objects.equals(was, is)) {
            changes.add(new Change(What.AMENDED, kind, path, shown(was), shown(is), 100));
        }
    }

    /** Compares references or words one by one. */
    private void list(String kind, String path, @Nullable Object was, @Nullable Object is) {
        List<?> before = items(was);
        List<?> after = items(is);
        before.stream()
                .filter(each -> !after.contains(each))
                .forEach(each -> changes.add(new Change(What.REMOVED, kind, path, shown(each), "", 100)));
        after.stream()
                .filter(each -> !before.contains(each))
                .forEach(each -> changes.add(new Change(What.ADDED, kind, path, "", shown(each), 100)));
    }

    private void story(Map<String, Object> before, Map<String, Object> after) {
        Map<String, Object> oldChapters = chapters(before);
        Map<String, Object> chapters = chapters(after);
        Map<String, String> renamedChapters = Renaming.pairs(oldChapters, chapters, LIKELY, MOST_PAIRS);
        named("chapter", "", oldChapters, chapters, renamedChapters);
        Map<String, Object> oldSlices = slices(before, renamedChapters);
        Map<String, Object> slices = slices(after, Map.of());
        Map<String, String> renamed = Renaming.pairs(oldSlices, slices, LIKELY, MOST_PAIRS);
        named("slice", "", oldSlices, slices, renamed);
    }

    /** Compares chapters with the names of their slices, so that a moved slice is reported. */
    private static Map<String, Object> chapters(Map<String, Object> model) {
        Map<String, Object> chapters = new LinkedHashMap<>();
        for (Object chapter : items(model.get("story"))) {
            Map<String, Object> parts = new LinkedHashMap<>(map(chapter));
            String name = String.valueOf(parts.remove("chapter"));
            parts.remove("slices");
            chapters.put(Titles.unique(name, " ", new HashSet<>(chapters.keySet())), parts);
        }
        return chapters;
    }

    private static Map<String, Object> slices(Map<String, Object> model, Map<String, String> renamed) {
        Map<String, Object> slices = new LinkedHashMap<>();
        for (Object chapter : items(model.get("story"))) {
            for (Object slice : items(map(chapter).get("slices"))) {
                Map<String, Object> parts =
                        new LinkedHashMap<>(slice instanceof String name ? Map.of("slice", name) : map(slice));
                String name = String.valueOf(parts.remove("slice"));
                String in = String.valueOf(map(chapter).get("chapter"));
                parts.put("chapter", renamed.getOrDefault(in, in));
                slices.put(name, parts);
            }
        }
        return slices;
    }

    /** Returns the content of a part as a map, also if it is a single text. */
    private static Map<String, Object> parts(String kind, @Nullable Object part) {
        String alone = switch (kind) {
            case "field" -> "type";
            case "type" -> part instanceof List<?> ? "one-of" : "is";
            case "rule" -> "says";
            default -> "about";
        };
        return part == null ? Map.of() : part instanceof Map<?, ?> ? map(part) : Map.of(alone, part);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    static List<?> items(@Nullable Object value) {
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    /** Returns the content in one line, in the form of the file. */
    private static String shown(@Nullable Object value) {
        if (value instanceof Map<?, ?> map
                && (map.containsKey("fields") || map.containsKey("specifications") || map.containsKey("chapter"))) {
            return "";
        }
        String text = value == null || (value instanceof Map<?, ?> map && map.isEmpty()) ? "" : String.valueOf(value);
        return Titles.line(text.replace('=', ':'), 200);
    }
}
