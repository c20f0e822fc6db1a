package dev.storyline.modeler.check;

import dev.storyline.model.ClosestName;
import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.model.SourceLocation;
import dev.storyline.model.Type;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Collects the findings that are not waived, and records which waivers were used. */
final class ModelFindings {
    private static final int MOST_NAMES = 5;

    private final List<ModelFinding> found = new ArrayList<>();
    private final IdentityHashMap<Model, Map<String, Set<String>>> open = new IdentityHashMap<>();
    // By identity: equal waivers in two places are two waivers.
    private final IdentityHashMap<Map<String, String>, Set<String>> needed = new IdentityHashMap<>();

    /**
     * Adds a finding, unless it is waived.
     *
     * @return whether the finding is waived
     */
    boolean add(CheckRule rule, FindingSite spot, String sentence) {
        for (Map<String, String> waived : spot.waivers()) {
            String reason = waived.get(rule.id());
            if (reason != null && !reason.isEmpty()) {
                needed.computeIfAbsent(waived, key -> new HashSet<>()).add(rule.id());
                return true;
            }
        }
        found.add(new ModelFinding(rule, spot.context(), spot.subject(), spot.place(), sentence));
        return false;
    }

    /** Notes that the model does not say something about a part; {@link #tellOpen} tells it once for each context and kind. */
    void open(Model model, String what, String name) {
        open.computeIfAbsent(model, key -> new LinkedHashMap<>())
                .computeIfAbsent(what, key -> new LinkedHashSet<>())
                .add(name);
    }

    /** Tells what the models do not say. */
    void tellOpen() {
        open.forEach((model, kinds) -> kinds.forEach((what, names) -> add(
                CheckRule.NOT_CHECKABLE,
                new FindingSite(model.context(), model.context(), first(model), List.of()),
                "The model of " + model.context() + " does not say " + what + " "
                        + names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
                        + (names.size() > MOST_NAMES ? " and " + (names.size() - MOST_NAMES) + " others" : "")
                        + ": not checkable.")));
    }

    private static SourceLocation first(Model model) {
        return new SourceLocation(model.place().file(), 1, 1);
    }

    /** Checks the waivers themselves. Call it last. */
    void waivers(Landscape landscape) {
        for (Model model : landscape.models().values()) {
            for (Type type : model.types().values()) {
                for (Field field : type.fields()) {
                    waivers(model, type.name() + "." + field.name(), field.place(), field.waived());
                }
            }
            for (Element element : model.elements()) {
                waivers(model, element.name(), element.place(), element.waived());
                for (Field field : element.fields()) {
                    waivers(model, element.name() + "." + field.name(), field.place(), field.waived());
                }
            }
            for (Slice slice : model.slices()) {
                waivers(model, slice.name(), slice.place(), slice.waived());
                slice.screens().stream()
                        .flatMap(screen -> screen.fields().stream())
                        .forEach(field ->
                                waivers(model, slice.name() + "." + field.name(), field.place(), field.waived()));
            }
        }
    }

    private void waivers(Model model, String subject, SourceLocation place, Map<String, String> waived) {
        FindingSite spot = new FindingSite(model.context(), subject, place, List.of());
        waived.forEach((id, reason) -> {
            if (CheckRule.of(id).isEmpty()) {
                String hint = ClosestName.hint(id, CheckRule.ids());
                add(
                        CheckRule.WAIVER_OF_UNKNOWN_RULE,
                        spot,
                        "There is no rule '" + id + "' to waive" + (hint.isEmpty() ? "." : hint));
            } else if (reason.isEmpty()) {
                add(CheckRule.WAIVER_WITHOUT_REASON, spot, "The waiver of " + id + " has no reason.");
            } else if (!needed.getOrDefault(waived, Set.of()).contains(id)) {
                add(CheckRule.WAIVER_UNUSED, spot, "Nothing here breaks the rule " + id + " that is waived.");
            }
        });
    }

    /** Returns all findings by location. */
    List<ModelFinding> sorted() {
        return found.stream()
                .distinct()
                .sorted(Comparator.comparing(ModelFinding::place)
                        .thenComparing(ModelFinding::rule)
                        .thenComparing(ModelFinding::sentence))
                .toList();
    }
}
