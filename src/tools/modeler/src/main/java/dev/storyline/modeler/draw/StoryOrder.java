package dev.storyline.modeler.draw;

import dev.storyline.model.Chapter;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Merges the stories of several contexts: chapters keep their order, and a public event comes before its consumers. */
final class StoryOrder {
    private StoryOrder() {}

    /** A chapter of a model. */
    record Part(Model model, Chapter chapter) {}

    /**
     * Returns the merged order of chapters. The next chapter is one without open dependencies, preferably one that resolves
     * an earlier open dependency, or one of the current context. In a cycle, the chapter with the most resolved slices wins.
     */
    static List<Part> told(List<Model> models) {
        List<Integer> next = new ArrayList<>(models.stream().map(model -> 0).toList());
        Set<String> promised = new HashSet<>();
        List<Part> told = new ArrayList<>();
        Set<String> waiting = new HashSet<>();
        Integer chosen = null;
        while (true) {
            chosen = choose(models, next, promised, waiting, chosen);
            if (chosen == null) {
                return told;
            }
            Model model = models.get(chosen);
            Chapter chapter = model.chapters().get(next.get(chosen));
            next.set(chosen, next.get(chosen) + 1);
            told.add(new Part(model, chapter));
            for (Slice slice : chapter.slices()) {
                slice.publishes().forEach(ref -> promised.add(model.context() + "." + ref.element()));
                slice.on().forEach(ref -> waiting.add(ref.context() + "." + ref.element()));
            }
            waiting.removeAll(promised);
        }
    }

    private static @Nullable Integer choose(
            List<Model> models, List<Integer> next, Set<String> promised, Set<String> waiting, @Nullable Integer last) {
        Integer best = null;
        double most = -1;
        for (int i = 0; i < models.size(); i++) {
            List<Chapter> chapters = models.get(i).chapters();
            if (next.get(i) < chapters.size()) {
                Chapter chapter = chapters.get(next.get(i));
                double score = ready(models, models.get(i), chapter, promised);
                if (score >= 1) {
                    score += answers(models.get(i), chapter, waiting)
                            ? 2
                            : Integer.valueOf(i).equals(last) ? 1 : 0;
                }
                if (score > most) {
                    most = score;
                    best = i;
                }
            }
        }
        return best;
    }

    /** Returns whether a chapter publishes an event for which an earlier chapter waits. */
    private static boolean answers(Model model, Chapter chapter, Set<String> waiting) {
        return chapter.slices().stream()
                .flatMap(slice -> slice.publishes().stream())
                .anyMatch(ref -> waiting.contains(model.context() + "." + ref.element()));
    }

    /** Returns the share of a chapter before its first open dependency: 1 for all of it. */
    private static double ready(List<Model> models, Model model, Chapter chapter, Set<String> promised) {
        Set<String> own = new HashSet<>(promised);
        int slices = 0;
        for (Slice slice : chapter.slices()) {
            for (Ref ref : slice.on()) {
                boolean waits = !ref.context().isEmpty()
                        && models.stream().anyMatch(other -> other.context().equals(ref.context()))
                        && !own.contains(ref.context() + "." + ref.element());
                if (waits) {
                    return (double) slices / chapter.slices().size();
                }
            }
            slice.publishes().forEach(ref -> own.add(model.context() + "." + ref.element()));
            slices++;
        }
        return 1;
    }
}
