package dev.storyline.modeler.exchange;

import dev.storyline.model.ClosestName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Finds renamed parts, and rewrites an old model with the new names. */
final class Renaming {
    /** The keys whose values are references. Values of other keys are plain text. */
    private static final Set<String> NAMING = Set.of(
            "on",
            "folds",
            "events",
            "publishes",
            "dispatches",
            "deadlines",
            "calls",
            "view",
            "todo",
            "buttons",
            "to",
            "exists",
            "reads",
            "from",
            "computed",
            "command",
            "given",
            "when",
            "then",
            "type",
            "is",
            "actor",
            "stream");

    private final Map<String, String> names;

    /** @param renamed the new names by the old ones, by section */
    Renaming(Map<String, Map<String, String>> renamed) {
        names = new LinkedHashMap<>();
        renamed.forEach((section, pairs) -> pairs.forEach((old, now) -> names.put(scope(section) + old, now)));
    }

    /** The names of actors, streams and other parts are independent of each other. */
    private static String scope(String section) {
        return section.startsWith("actor") || section.startsWith("stream") ? section.substring(0, 5) + ":" : "";
    }

    private record Pair(String old, String now, int likeness) {}

    /** Returns pairs of removed and added parts, the most similar first. */
    static Map<String, String> pairs(Map<String, Object> before, Map<String, Object> after, int likely, int most) {
        List<String> gone = before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .toList();
        List<String> come = after.keySet().stream()
                .filter(name -> !before.containsKey(name))
                .toList();
        Map<String, String> result = new LinkedHashMap<>();
        if ((long) gone.size() * come.size() > most) {
            return result;
        }
        List<Pair> pairs = new ArrayList<>();
        Map<String, Integer> then = places(before);
        Map<String, Integer> now = places(after);
        for (String old : gone) {
            for (String next : come) {
                boolean place = Objects.equals(then.get(old), now.get(next));
                int likeness = likeness(before.getOrDefault(old, ""), after.getOrDefault(next, ""), place);
                boolean alike = !ClosestName.hint(old, List.of(next)).isEmpty();
                boolean empty = words(before.getOrDefault(old, "")).isEmpty();
                if (likeness >= likely && (!empty || alike)) {
                    pairs.add(new Pair(old, next, likeness));
                }
            }
        }
        pairs.sort(Comparator.comparingInt(Pair::likeness).reversed());
        Set<String> taken = new HashSet<>();
        for (Pair pair : pairs) {
            if (!result.containsKey(pair.old()) && taken.add(pair.now())) {
                result.put(pair.old(), pair.now());
            }
        }
        return result;
    }

    private static Map<String, Integer> places(Map<String, Object> parts) {
        Map<String, Integer> places = new HashMap<>();
        parts.keySet().forEach(name -> places.put(name, places.size()));
        return places;
    }

    /** Returns the similarity of the content and the position of two parts, in percent. */
    static int likeness(Object one, Object other, boolean samePlace) {
        Set<String> mine = words(one);
        Set<String> yours = words(other);
        Set<String> both = new HashSet<>(mine);
        both.retainAll(yours);
        Set<String> all = new HashSet<>(mine);
        all.addAll(yours);
        int same = all.isEmpty() ? 75 : 75 * both.size() / all.size();
        return same + (samePlace ? 24 : 0);
    }

    /** Returns the values of a part with their paths. */
    private static Set<String> words(Object part) {
        Set<String> words = new HashSet<>();
        words("", part, words);
        return words;
    }

    private static void words(String path, Object part, Set<String> words) {
        switch (part) {
            case Map<?, ?> map ->
                map.forEach((key, value) -> {
                    words.add(path + "." + key);
                    words(path + "." + key, value, words);
                });
            case List<?> list -> list.forEach(item -> words(path, item, words));
            default -> words.add(path + "=" + part);
        }
    }

    /** Returns the same content with new names in all references. */
    Map<String, Object> in(Map<String, Object> tree) {
        if (names.isEmpty()) {
            return tree;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        tree.forEach((key, value) -> {
            boolean naming = NAMING.contains(key) && !(key.equals("events") && value instanceof Map);
            Object renamed = naming ? named(value, scope(key)) : in(value);
            if (key.equals("deadlines")) {
                // What a deadline is computed from are references, too.
                ModelDiff.map(renamed).replaceAll((command, at) -> named(at, ""));
            }
            result.put(key, renamed);
        });
        return result;
    }

    private Object in(Object value) {
        return switch (value) {
            case Map<?, ?> map -> in(ModelDiff.map(map));
            case List<?> list -> list.stream().map(this::in).toList();
            default -> value;
        };
    }

    private Object named(Object value, String scope) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, Object> result = new LinkedHashMap<>();
                map.forEach((key, inner) -> result.put(name((String) key, scope), inner));
                yield result;
            }
            case List<?> list -> list.stream().map(item -> named(item, scope)).toList();
            case String text -> name(text, scope);
            default -> value;
        };
    }

    /** {@code WishApproved.wishId}, {@code 3 x WishApproved}, {@code no Wish}, {@code list of Wish} with the new name. */
    private String name(String text, String scope) {
        int begin = text.lastIndexOf(' ') + 1;
        int dot = text.indexOf('.', begin);
        String name = text.substring(begin, dot < 0 ? text.length() : dot);
        String renamed = names.get(scope + name);
        return renamed == null ? text : text.substring(0, begin) + renamed + (dot < 0 ? "" : text.substring(dot));
    }
}
