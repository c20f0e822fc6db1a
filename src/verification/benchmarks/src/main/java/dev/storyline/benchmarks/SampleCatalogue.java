package dev.storyline.benchmarks;

import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Invented products. Their words are as unevenly common as those of a language: the n-th word is n times as rare as the
 * first one (Zipf's law). The same number always gives the same product.
 */
final class SampleCatalogue {
    private static final String[] SYLLABLES = {
        "ba", "ke", "li", "mo", "tu", "ra", "ne", "so", "di", "pa", "ver", "lin", "tor", "mar", "gan", "fel"
    };
    private static final int NAME_WORDS = 5_000;
    private static final int TEXT_WORDS = 20_000;
    private static final int LEAST_TEXT = 15;
    private static final int MOST_TEXT = 30;
    private static final int CATEGORIES = 20;

    private SampleCatalogue() {}

    /** The n-th word, as invented words go. */
    private static String word(int n) {
        StringBuilder word = new StringBuilder();
        // Neighbouring numbers give words that are not alike.
        long left = n * 2_654_435_761L & 0xFFFFFFFL;
        for (int i = 0; i < 3 + n % 2; i++) {
            word.append(SYLLABLES[(int) (left % SYLLABLES.length)]);
            left /= SYLLABLES.length;
        }
        return word.toString();
    }

    private static int zipf(Random random, int words) {
        return (int) Math.min(words - 1.0, Math.exp(random.nextDouble() * Math.log(words + 1.0)) - 1);
    }

    private static String words(Random random, int count, int of) {
        return IntStream.range(0, count).mapToObj(_ -> word(zipf(random, of))).collect(Collectors.joining(" "));
    }

    /** A product. */
    static ProductDescribed product(int n) {
        Random random = new Random(n);
        return new ProductDescribed(
                new ProductId("p" + n),
                words(random, 2 + random.nextInt(3), NAME_WORDS),
                words(random, random.nextInt(LEAST_TEXT, MOST_TEXT), TEXT_WORDS),
                "category " + zipf(random, CATEGORIES),
                "en",
                new Money(BigDecimal.valueOf(1 + random.nextInt(1_000)), "EUR"),
                new BigDecimal("0.2"));
    }

    /**
     * Queries for the names of these products: one to three words, of which every fifth query has a slip in its first
     * word, and every fifth only the beginning of its last word.
     */
    static List<String> queries(int count, int products) {
        Random random = new Random(count);
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String[] name = product(random.nextInt(products)).name().split(" ");
            int words = 1 + random.nextInt(Math.min(3, name.length));
            StringBuilder query = new StringBuilder();
            for (int word = 0; word < words; word++) {
                query.append(word == 0 ? "" : " ").append(name[word]);
            }
            if (i % 5 == 0) {
                query.deleteCharAt(3);
            } else if (i % 5 == 1) {
                query.setLength(query.length() - 2);
            }
            queries.add(query.toString());
        }
        return queries;
    }
}
