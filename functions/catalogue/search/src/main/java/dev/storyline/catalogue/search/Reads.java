package dev.storyline.catalogue.search;

import dev.storyline.common.ParallelTasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Independent reads that one answer needs at the same time. */
record Reads(ParallelTasks tasks) {
    /**
     * Reads something for each of these, several at once.
     *
     * @return what was read, in the order of what it was read for
     * @throws RuntimeException the first failure, after all reads have ended
     */
    <A, B> List<@Nullable B> all(List<A> each, Function<A, @Nullable B> read) {
        AtomicReferenceArray<@Nullable B> answers = new AtomicReferenceArray<>(each.size());
        AtomicReferenceArray<@Nullable RuntimeException> failures = new AtomicReferenceArray<>(each.size());
        List<Runnable> runs = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            int at = i;
            runs.add(() -> {
                try {
                    answers.set(at, read.apply(each.get(at)));
                } catch (RuntimeException e) {
                    failures.set(at, e);
                }
            });
        }
        tasks.runAll(runs);
        List<@Nullable B> all = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            RuntimeException failure = failures.get(i);
            if (failure != null) {
                throw failure;
            }
            all.add(answers.get(i));
        }
        return all;
    }
}
