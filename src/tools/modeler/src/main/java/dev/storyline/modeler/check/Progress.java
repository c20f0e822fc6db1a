package dev.storyline.modeler.check;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Review;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Slice;
import dev.storyline.modeler.check.ModelIndex.Wired;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The progress of a model in one step.
 *
 * @param step the step
 * @param done the number of elements that meet the step
 * @param all the number of all elements of the step
 * @param missing the names of the next elements to work on
 * @param signed the signatures that cover the present model, by role
 * @param reopened the elements that changed since a signature, by role
 * @param waiting the roles that have not signed
 */
public record Progress(
        ModelingStep step,
        int done,
        int all,
        List<String> missing,
        Map<String, Review> signed,
        Map<String, List<String>> reopened,
        List<String> waiting) {
    /** Collects the requirements of a step. */
    private static final class Count {
        private final List<String> missing = new ArrayList<>();
        private int done;

        void add(boolean good, String otherwise) {
            if (good) {
                done++;
            } else {
                missing.add(otherwise);
            }
        }
    }

    /** Returns the progress of every model in every step, by context. */
    public static Map<String, List<Progress>> of(Landscape landscape) {
        ModelIndex index = new ModelIndex(landscape);
        Report report = Check.of(landscape);
        Map<String, List<FieldCompleteness>> answers = report.fields().stream()
                .collect(Collectors.groupingBy(answer -> answer.element().context()));
        Map<String, List<Progress>> progress = new LinkedHashMap<>();
        for (Model model : landscape.models().values()) {
            List<Progress> steps = new ArrayList<>();
            for (ModelingStep step : ModelingStep.values()) {
                Count count = count(step, model, index, answers.getOrDefault(model.context(), List.of()));
                steps.add(signed(model, step, count));
            }
            progress.put(model.context(), steps);
        }
        return progress;
    }

    private static Count count(ModelingStep step, Model model, ModelIndex index, List<FieldCompleteness> answers) {
        Count count = new Count();
        switch (step) {
            case COLLECT_EVENTS -> {
                model.events().values().forEach(event -> count.add(true, ""));
                if (model.events().isEmpty()) {
                    count.add(false, "a first event, one line under 'events:'");
                }
            }
            case REFINE ->
                model.events()
                        .values()
                        .forEach(event -> count.add(
                                !event.about().isEmpty(), event.name() + ": a sentence that says what it means"));
            case TRACK_CAUSES -> causes(model, index, count);
            case AGGREGATE -> {
                for (Kind kind : List.of(Kind.EVENT, Kind.COMMAND)) {
                    for (Element element : model.elements(kind).values()) {
                        count.add(!element.stream().isEmpty(), element.name() + ": its stream");
                    }
                }
            }
            case IDENTIFY_INPUTS -> inputs(model, index, count);
            case IDENTIFY_OUTPUTS -> outputs(model, index, count);
            case ELABORATE_SCENARIOS -> model.slices().forEach(slice -> scenarios(slice, count));
            case COMPLETENESS_CHECK ->
                answers.forEach(answer -> {
                    boolean good = answer.answer() == Completeness.PROVEN
                            || (answer.answer() == Completeness.GAP && answer.waived());
                    count.add(good, answer.name() + ": " + what(answer));
                });
        }
        return count;
    }

    private static String what(FieldCompleteness answer) {
        if (answer.path().isEmpty()) {
            return "its fields";
        }
        return answer.origin() == answer.answer() ? "its origin" : "its destination";
    }

    private static void causes(Model model, ModelIndex index, Count count) {
        for (Kind kind : List.of(Kind.EVENT, Kind.PUBLIC_EVENT)) {
            for (Element event : model.elements(kind).values()) {
                List<Wired> makers = index.makers(event);
                boolean caused = makers.stream()
                        .anyMatch(
                                wired -> wired.command() != null || !wired.on().isEmpty());
                count.add(
                        caused,
                        event.name()
                                + (makers.isEmpty()
                                        ? ": the slice that makes it"
                                        : ": the command or event that leads to it"));
            }
        }
    }

    private static void inputs(Model model, ModelIndex index, Count count) {
        for (Element command : model.commands().values()) {
            boolean triggered = !index.dispatchers(command).isEmpty()
                    || index.makers(command).stream().anyMatch(wired -> wired.hasPerson() || wired.hasTrigger());
            count.add(triggered, command.name() + ": who or what sends it");
            count.add(typed(command), command.name() + ": its fields with types");
        }
        if (model.commands().isEmpty()) {
            count.add(false, "a first command");
        }
        for (Slice slice : model.slices()) {
            if (slice.command() != null && !slice.actor().isEmpty()) {
                count.add(!slice.screens().isEmpty(), slice.name() + ": what " + slice.actor() + " sees ('screen')");
            }
        }
    }

    private static void outputs(Model model, ModelIndex index, Count count) {
        for (Element view : model.views().values()) {
            boolean made =
                    index.makers(view).stream().anyMatch(wired -> !wired.on().isEmpty());
            count.add(made, view.name() + ": the events that it is made of");
            count.add(typed(view), view.name() + ": its fields with types");
        }
        for (Element event : model.publicEvents().values()) {
            count.add(typed(event), event.name() + ": its fields with types");
        }
        if (model.views().isEmpty() && model.publicEvents().isEmpty()) {
            count.add(false, "a first view or public event");
        }
    }

    private static boolean typed(Element element) {
        return !element.fields().isEmpty()
                && element.fields().stream().map(Field::type).noneMatch(String::isEmpty);
    }

    private static void scenarios(Slice slice, Count count) {
        count.add(
                slice.specifications().stream().anyMatch(specification -> !specification.isTitle()),
                slice.name() + ": a scenario");
        List<BusinessRule> rules = new ArrayList<>(slice.rules());
        if (slice.gatekeeper() != null) {
            rules.addAll(slice.gatekeeper().rules());
        }
        for (BusinessRule rule : rules) {
            boolean shown = slice.runs().stream()
                    .flatMap(specification -> specification.then().stream())
                    .anyMatch(clause -> clause.what() == ScenarioStep.What.REJECTED
                            && clause.subject().toString().equals(rule.name()));
            count.add(shown, slice.name() + ": a scenario that is rejected by " + rule.name());
        }
    }

    private static Progress signed(Model model, ModelingStep step, Count count) {
        Map<String, Review> latest = new LinkedHashMap<>();
        for (Review review : model.reviews()) {
            if (ModelingStep.of(review.step()).equals(Optional.of(step))) {
                latest.merge(review.role(), review, (one, other) -> other.on().isBefore(one.on()) ? one : other);
            }
        }
        Map<String, Review> signed = new LinkedHashMap<>();
        Map<String, List<String>> reopened = new LinkedHashMap<>();
        Map<String, String> now = latest.isEmpty() ? Map.of() : Seal.of(model, step);
        latest.forEach((role, review) -> {
            List<String> changes = changes(review.of(), now);
            if (changes.isEmpty()) {
                signed.put(role, review);
            } else {
                reopened.put(role, changes);
            }
        });
        List<String> waiting =
                step.roles().stream().filter(role -> !latest.containsKey(role)).toList();
        int all = count.done + count.missing.size();
        return new Progress(step, count.done, all, count.missing, signed, reopened, waiting);
    }

    private static List<String> changes(Map<String, String> then, Map<String, String> now) {
        List<String> changes = new ArrayList<>();
        now.forEach((name, seal) -> {
            if (!then.containsKey(name)) {
                changes.add(name + " is new");
            } else if (!seal.equals(then.get(name))) {
                changes.add(name + " changed");
            }
        });
        then.keySet().stream().filter(name -> !now.containsKey(name)).forEach(name -> changes.add(name + " is gone"));
        return changes;
    }
}
