package dev.storyline.modeler.exchange;

import dev.storyline.model.Element.Kind;
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
 * reference with the new name is no change.
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
            "exists",
            "reads",
            "from",
            "computed",
            "one-of");
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
            "type");

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
        return List.copyOf(diff.changes);
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
        List<String> stayed = before.keySet().stream()
                .map(name -> renamed.getOrDefault(name, name))
                .filter(after::containsKey)
                .toList();
        Set<String> common = new HashSet<>(stayed);
        List<String> stay = after.keySet().stream().filter(common::contains).toList();
        if (kind.equals("field") && !stay.equals(stayed)) {
            changes.add(new Change(
                    What.AMENDED, "order", path + "fields", String.join(", ", stayed), String.join(", ", stay), 100));
        }
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
        for (String key : keys) {
            Object was = before.get(key);
            Object is = after.get(key);
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
        if (!before.equals(after)
                && before.size() == after.size()
                && new HashSet<>(before).equals(new HashSet<>(after))) {
            changes.add(new Change(What.AMENDED, "order", path + "." + kind, shown(was), shown(is), 100));
        }
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
        List<String> then = oldSlices.keySet().stream()
                .map(name -> renamed.getOrDefault(name, name))
                .filter(slices::containsKey)
                .toList();
        Set<String> stayed = new HashSet<>(then);
        List<String> now = slices.keySet().stream().filter(stayed::contains).toList();
        if (!then.equals(now)) {
            changes.add(
                    new Change(What.AMENDED, "order", "story", String.join(", ", then), String.join(", ", now), 100));
        }
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

    private static List<?> items(@Nullable Object value) {
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
