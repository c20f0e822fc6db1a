package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.projections.PageSize;
import dev.storyline.projections.RowPage;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the products that have one of the words of a query. It reads the totals, then the words as they are, then what
 * is like them, and at last corrections of words that led to nothing.
 */
final class IndexReader {
    static final int MOST_WORDS = 8;

    /** The most postings of a term that a query reads. */
    static final int MOST_POSTINGS = 1_000;

    /** The most terms of a query, so that its cost has a bound. Words as they are come first. */
    static final int MOST_TERMS = 40;

    private static final int MOST_COMPLETIONS = 8;
    private static final int MOST_COMPOUNDS = 4;
    private static final int MOST_CORRECTIONS = 3;
    /** The most words with the same two letters among which a correction is looked for. */
    private static final int MOST_KNOWN_WORDS = 1_000;

    /** The most words with the same beginning, or with the same end, that are looked at. */
    private static final int MOST_ALIKE = 200;

    /** Shorter words are not corrected, and are no end of a compound: too many others are like them. */
    private static final int SHORTEST_TO_VARY = 4;

    private static final int SHORTEST_BEGINNING = 2;
    private static final double COMPLETION = 0.8;
    private static final double COMPOUND = 0.6;
    private static final double JOINED = 0.9;
    private static final double CORRECTION = 0.6;
    private static final int SCORE_DIGITS = 4;

    private final View view;
    private final Reads reads;
    private final Map<String, TermPostings> known = new LinkedHashMap<>();

    IndexReader(View view, Reads reads) {
        this.view = view;
        this.reads = reads;
    }

    /** The postings of a term that were read, and whether these are all. */
    private record TermPostings(List<Posting> postings, boolean whole) {
        boolean isEmpty() {
            return postings.isEmpty();
        }
    }

    /**
     * A word of the query with the terms that stand for it, each with the part of its score that counts.
     *
     * @param last whether it may be the beginning of a word
     * @param plain whether it says nothing in one of the languages, so that it needs no correction
     */
    private record Wanted(String word, boolean last, boolean plain, Map<String, Double> terms) {
        void by(String term, double factor) {
            terms.merge(term, factor, Math::max);
        }
    }

    /** Finds products by the words of a text. */
    Findings find(String text) {
        List<Wanted> wanted = wanted(text);
        if (wanted.isEmpty()) {
            return new Findings(Map.of(), true);
        }
        CollectionTotals collection =
                CollectionTotals.sum(view.rows(CollectionTotals.PARTITION, "", all(), CollectionTotals.class)
                        .rows());
        read(wanted);
        vary(wanted);
        read(wanted);
        List<Wanted> lost = wanted.stream().filter(this::isLost).toList();
        if (!lost.isEmpty()) {
            correct(lost);
            read(lost);
        }
        return ranked(wanted, collection);
    }

    /** The words of the query with their stems. Two words that stand together may be one in the catalogue. */
    private static List<Wanted> wanted(String text) {
        List<String> words = Tongues.words(text);
        List<String> first = words.subList(0, Math.min(MOST_WORDS, words.size()));
        List<Wanted> wanted = new ArrayList<>();
        for (int i = 0; i < first.size(); i++) {
            Wanted one = new Wanted(
                    first.get(i), i == words.size() - 1, Tongues.isPlain(first.get(i)), new LinkedHashMap<>());
            Tongues.stems(one.word()).forEach(stem -> one.by(stem, 1));
            wanted.add(one);
        }
        for (int i = 1; i < wanted.size(); i++) {
            String joined = wanted.get(i - 1).word() + wanted.get(i).word();
            if (joined.length() <= Tongues.LONGEST_WORD) {
                for (String stem : Tongues.stems(joined)) {
                    wanted.get(i - 1).by(stem, JOINED);
                    wanted.get(i).by(stem, JOINED);
                }
            }
        }
        return wanted;
    }

    private static PageSize all() {
        return new PageSize(MOST_KNOWN_WORDS, PageSize.LARGEST.bytes());
    }

    private static PageSize some() {
        return new PageSize(MOST_ALIKE, PageSize.LARGEST.bytes());
    }

    /** Reads the postings of the terms that were not read yet, as long as the query may have more of them. */
    private void read(List<Wanted> wanted) {
        Set<String> terms = new LinkedHashSet<>();
        wanted.forEach(one -> terms.addAll(one.terms().keySet()));
        List<String> open = terms.stream()
                .filter(term -> !known.containsKey(term))
                .limit(Math.max(0, MOST_TERMS - known.size()))
                .toList();
        List<@Nullable TermPostings> answers = reads.all(open, this::postings);
        for (int i = 0; i < open.size(); i++) {
            known.put(open.get(i), Objects.requireNonNull(answers.get(i)));
        }
    }

    private TermPostings postings(String term) {
        PageSize most = new PageSize(MOST_POSTINGS, PageSize.LARGEST.bytes());
        RowPage<Posting> page = view.rows(Posting.partition(term), "", most, Posting.class);
        return new TermPostings(page.rows(), page.next() == null);
    }

    private boolean isLost(Wanted one) {
        return !one.plain()
                && one.word().length() >= SHORTEST_TO_VARY
                && one.terms().keySet().stream().allMatch(term -> {
                    TermPostings postings = known.get(term);
                    return postings == null || postings.isEmpty();
                });
    }

    /** Adds the words that begin with the last word, and the compounds that end with a word. */
    private void vary(List<Wanted> wanted) {
        reads.all(wanted, one -> {
            if (one.last()) {
                complete(one);
            }
            compound(one);
            return null;
        });
    }

    private void complete(Wanted one) {
        String word = one.word();
        if (word.length() < SHORTEST_BEGINNING || !KnownWord.takes(word)) {
            return;
        }
        RowPage<KnownWord> page = view.rows(KnownWord.begins(word), word, some(), KnownWord.class);
        page.rows().stream()
                .takeWhile(other -> other.sk().startsWith(word))
                .filter(other -> other.n() > 0 && !other.word().equals(word))
                .sorted(Comparator.comparingLong(KnownWord::n).reversed())
                .map(KnownWord::stem)
                .distinct()
                .limit(MOST_COMPLETIONS)
                .forEach(stem -> one.by(stem, COMPLETION));
    }

    private void compound(Wanted one) {
        String word = one.word();
        if (word.length() < SHORTEST_TO_VARY || !KnownWord.takes(word)) {
            return;
        }
        String end = KnownWord.reversed(word);
        view.rows(KnownWord.ends(word), end, some(), KnownWord.class).rows().stream()
                .takeWhile(other -> other.sk().startsWith(end))
                .filter(other -> other.n() > 0 && !other.word().equals(end))
                .sorted(Comparator.comparingLong(KnownWord::n).reversed())
                .map(KnownWord::stem)
                .distinct()
                .limit(MOST_COMPOUNDS)
                .forEach(stem -> one.by(stem, COMPOUND));
    }

    /** Adds words of names that are one slip away. The first or the last two letters of the word are right then. */
    private void correct(List<Wanted> lost) {
        reads.all(lost, one -> {
            String word = one.word();
            Map<String, Long> stems = new HashMap<>();
            if (KnownWord.takes(word)) {
                near(KnownWord.begins(word), word, stems);
                near(KnownWord.ends(word), KnownWord.reversed(word), stems);
            }
            stems.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue()
                            .reversed()
                            .thenComparing(Map.Entry.comparingByKey()))
                    .limit(MOST_CORRECTIONS)
                    .forEach(stem -> one.by(stem.getKey(), CORRECTION));
            return null;
        });
    }

    private void near(String partition, String word, Map<String, Long> stems) {
        view.rows(partition, "", all(), KnownWord.class).rows().stream()
                .filter(other -> other.n() > 0 && Slip.isBetween(word, other.word()))
                .forEach(other -> stems.merge(other.stem(), other.n(), Math::max));
    }

    /** Of the terms that stand for one word, the best one counts; the words of the query add up. */
    private Findings ranked(List<Wanted> wanted, CollectionTotals collection) {
        Map<ProductId, Double> scores = new HashMap<>();
        Map<ProductId, String> categories = new HashMap<>();
        boolean exact = true;
        for (Wanted one : wanted) {
            Map<ProductId, Double> best = new HashMap<>();
            for (Map.Entry<String, Double> term : one.terms().entrySet()) {
                TermPostings postings = known.get(term.getKey());
                if (postings == null) {
                    exact = false;
                    continue;
                }
                exact &= postings.whole();
                double factor = term.getValue() * rarity(postings, collection);
                for (Posting posting : postings.postings()) {
                    best.merge(posting.p(), factor * posting.weight(collection), Math::max);
                    categories.put(posting.p(), posting.c());
                }
            }
            best.forEach((product, score) -> scores.merge(product, score, Double::sum));
        }
        Map<ProductId, Findings.Found> found = new HashMap<>();
        scores.forEach((product, score) -> found.put(
                product,
                new Findings.Found(
                        Objects.requireNonNull(categories.get(product)),
                        BigDecimal.valueOf(score).setScale(SCORE_DIGITS, RoundingMode.HALF_UP))));
        return new Findings(found, exact);
    }

    /**
     * The rarity of a term. How many products have a very common one is between what was read and all; the middle, by
     * ratio, is off by the root of their ratio at most.
     */
    private static double rarity(TermPostings postings, CollectionTotals collection) {
        double read = postings.postings().size();
        double all = Math.max((double) collection.products(), read);
        return Ranking.rarity(postings.whole() ? read : Math.sqrt(read * all), all);
    }
}
