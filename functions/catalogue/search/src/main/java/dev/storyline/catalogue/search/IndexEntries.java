package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one product has in the index. It follows from the texts of the product alone.
 *
 * @param postings its rows, one for each term
 * @param words the totals in which its words count
 * @param part its part of the totals of the collection
 * @param collection what it adds there
 */
record IndexEntries(Map<RowKey, Posting> postings, Set<RowKey> words, RowKey part, CollectionTotals collection) {
    /** The most terms of a product; those of the name come first. */
    static final int MOST_TERMS = 400;

    /**
     * The most words of a name and category that the dictionary takes. Each counts in two totals. A change takes as many
     * out as it puts in: 80 totals, and one of the collection. A commit has 90 at most.
     */
    static final int MOST_WORDS = 20;

    private static final Map<String, BigDecimal> ONE_MORE = Map.of("n", BigDecimal.ONE);
    private static final Map<String, BigDecimal> ONE_LESS = Map.of("n", BigDecimal.ONE.negate());

    /** How often a term is in the fields of a product. */
    private static final class Count {
        private int inName;
        private int inText;
    }

    /** The entries of a product. */
    static IndexEntries of(IndexedProduct product) {
        String language = product.language();
        List<String> name = Tongues.words(product.name());
        List<String> category = Tongues.words(product.category());
        List<String> text = new ArrayList<>(category);
        text.addAll(Tongues.words(product.description()));

        Map<String, List<String>> stems = new HashMap<>();
        Map<String, Count> counts = new LinkedHashMap<>();
        int nameLength = 0;
        for (String term : terms(language, name, stems)) {
            nameLength++;
            count(counts, term, true);
        }
        int textLength = 0;
        for (String term : terms(language, text, stems)) {
            textLength++;
            count(counts, term, false);
        }

        Map<RowKey, Posting> postings = new LinkedHashMap<>();
        for (Map.Entry<String, Count> one : counts.entrySet()) {
            Count count = one.getValue();
            Posting posting = new Posting(
                    product.productId(),
                    product.category(),
                    count.inName,
                    count.inText,
                    count.inName == 0 ? 0 : nameLength,
                    count.inText == 0 ? 0 : textLength);
            postings.put(posting.key(one.getKey()), posting);
        }
        return new IndexEntries(
                postings,
                words(name, category, stems),
                CollectionTotals.key(product.productId()),
                new CollectionTotals(1, nameLength, textLength));
    }

    /** The entries of a product that is not in the index. */
    static IndexEntries none(ProductId product) {
        return new IndexEntries(Map.of(), Set.of(), CollectionTotals.key(product), new CollectionTotals(0, 0, 0));
    }

    private static List<String> terms(String language, List<String> words, Map<String, List<String>> stems) {
        List<String> terms = new ArrayList<>();
        for (String word : words) {
            terms.addAll(stems.computeIfAbsent(word, one -> Tongues.stems(language, one)));
        }
        return terms;
    }

    private static void count(Map<String, Count> counts, String term, boolean inName) {
        @Nullable Count count = counts.get(term);
        if (count == null) {
            if (counts.size() == MOST_TERMS) {
                return;
            }
            count = new Count();
            counts.put(term, count);
        }
        if (inName) {
            count.inName++;
        } else {
            count.inText++;
        }
    }

    private static Set<RowKey> words(List<String> name, List<String> category, Map<String, List<String>> stems) {
        Set<String> distinct = new LinkedHashSet<>(name);
        distinct.addAll(category);
        Set<RowKey> keys = new LinkedHashSet<>();
        int taken = 0;
        for (String word : distinct) {
            for (String stem : stems.getOrDefault(word, List.of())) {
                if (taken < MOST_WORDS && KnownWord.takes(word)) {
                    taken++;
                    keys.add(KnownWord.byBeginning(word, stem));
                    keys.add(KnownWord.byEnd(word, stem));
                }
            }
        }
        return keys;
    }

    /** The step with all changes of the index from these entries to the next ones. */
    <S> Step<S> changes(IndexEntries next, Step<S> step) {
        Step<S> changed = step;
        for (RowKey key : postings.keySet()) {
            if (!next.postings.containsKey(key)) {
                changed = changed.remove(key);
            }
        }
        for (Map.Entry<RowKey, Posting> posting : next.postings.entrySet()) {
            if (!posting.getValue().equals(postings.get(posting.getKey()))) {
                changed = changed.put(posting.getKey(), posting.getValue());
            }
        }
        for (RowKey key : words) {
            if (!next.words.contains(key)) {
                changed = changed.add(key, ONE_LESS);
            }
        }
        for (RowKey key : next.words) {
            if (!words.contains(key)) {
                changed = changed.add(key, ONE_MORE);
            }
        }
        return next.collection.equals(collection) ? changed : changed.add(part, next.collection.since(collection));
    }
}
