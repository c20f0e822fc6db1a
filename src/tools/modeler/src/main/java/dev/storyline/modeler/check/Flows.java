package dev.storyline.modeler.check;

import dev.storyline.model.Element;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Set;

/** Records which fields other fields are made of. Origins fill it; destinations read it. */
final class Flows {
    private final IdentityHashMap<Element, Set<String>> used = new IdentityHashMap<>();
    private final IdentityHashMap<Element, Set<String>> perhaps = new IdentityHashMap<>();

    void use(Element element, String path) {
        used.computeIfAbsent(element, key -> new HashSet<>()).add(path);
    }

    /** Notes that a field without a type may use this one. */
    void perhapsUse(Element element, String path) {
        perhaps.computeIfAbsent(element, key -> new HashSet<>()).add(path);
    }

    /** Returns whether the field, or a field that contains it, is used. */
    Completeness answer(Element element, String path) {
        if (has(used, element, path)) {
            return Completeness.PROVEN;
        }
        return has(perhaps, element, path) ? Completeness.NOT_CHECKABLE : Completeness.GAP;
    }

    private static boolean has(IdentityHashMap<Element, Set<String>> all, Element element, String path) {
        Set<String> paths = all.getOrDefault(element, Set.of());
        for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
            if (paths.contains(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }
}
