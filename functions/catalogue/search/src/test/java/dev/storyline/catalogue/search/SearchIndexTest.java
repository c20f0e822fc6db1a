package dev.storyline.catalogue.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.catalogue.ProductEvent.PriceChanged;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRenamed;
import dev.storyline.contexts.catalogue.ProductEvent.ProductRetired;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index stays exact and bounded, and lists of hits have pages. */
class SearchIndexTest {
    private static final List<String> LANGUAGES = List.of("en", "de", "fi");
    private static final List<String> WORDS = List.of(
            "oak", "chair", "chairs", "table", "the", "stühle", "stuhl", "tisch", "die", "tuoli", "tuolit", "pöytä",
            "ja", "lamp", "lamps", "2000", "x", "😀", "a𐌰𐌱", "running", "runner");

    private static ProductDescribed described(String id, String name, String description, String language) {
        return new ProductDescribed(
                new ProductId(id),
                name,
                description,
                "Home and garden",
                language,
                new Money(BigDecimal.TEN, "EUR"),
                BigDecimal.ZERO);
    }

    private static String text(Random random, int most) {
        return random.ints(random.nextInt(most) + 1L, 0, WORDS.size())
                .mapToObj(WORDS::get)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_happened_the_index_is_that_of_the_products_as_they_are(long seed) {
        Random random = new Random(seed);
        MemoryIndex lived = new MemoryIndex();
        Map<String, ProductDescribed> living = new HashMap<>();
        int next = 0;
        for (int i = 0; i < 200; i++) {
            String known =
                    living.isEmpty() ? null : List.copyOf(living.keySet()).get(random.nextInt(living.size()));
            switch (random.nextInt(4)) {
                case 0 -> {
                    String id = "p" + next++;
                    ProductDescribed product =
                            described(id, text(random, 6), text(random, 40), LANGUAGES.get(random.nextInt(3)));
                    lived.feed(product);
                    living.put(id, product);
                }
                case 1 -> {
                    if (known != null) {
                        String name = text(random, 6);
                        lived.feed(new ProductRenamed(new ProductId(known), name));
                        ProductDescribed before = Objects.requireNonNull(living.get(known));
                        living.put(known, described(known, name, before.description(), before.language()));
                    }
                }
                case 2 -> {
                    if (known != null) {
                        lived.feed(new PriceChanged(
                                new ProductId(known), new Money(BigDecimal.ONE, "EUR"), MemoryIndex.NOW));
                    }
                }
                default -> {
                    if (known != null) {
                        lived.feed(new ProductRetired(new ProductId(known)));
                        living.remove(known);
                    }
                }
            }
        }
        MemoryIndex fresh = new MemoryIndex();
        living.values().forEach(fresh::feed);
        assertThat(lived.content()).isEqualTo(fresh.content());
    }

    @Test
    void a_product_has_400_terms_and_those_of_its_name_come_first() {
        MemoryIndex index = new MemoryIndex();
        String many = IntStream.range(0, 800).mapToObj(n -> "w" + n).collect(Collectors.joining(" "));
        index.feed(described("p", "zebra", many, "en"));
        assertThat(index.content().keySet())
                .filteredOn(key -> key.startsWith("t#"))
                .hasSize(400);
        assertThat(index.search("zebra").total()).isEqualTo(1);
        assertThat(index.search("w0").total()).isEqualTo(1);
        assertThat(index.search("w700").total()).isZero();
    }

    @Test
    void the_totals_of_every_change_fit_one_transaction() {
        MemoryIndex index = new MemoryIndex();
        index.feed(described("p", letters("a"), "", "en"));
        index.feed(new ProductRenamed(new ProductId("p"), letters("b")));
        index.feed(new ProductRetired(new ProductId("p")));
        assertThat(index.mostTotals()).isBetween(60, 90);
    }

    /** A hundred short words. */
    private static String letters(String first) {
        return IntStream.range(0, 100)
                .mapToObj(n -> first + (char) ('a' + n / 26) + (char) ('a' + n % 26))
                .collect(Collectors.joining(" "));
    }

    @Test
    void words_without_end_and_half_characters_are_left_out() {
        MemoryIndex index = new MemoryIndex();
        index.feed(described("p", "a".repeat(200), "x𐌰".repeat(1_000) + " chair 😀", "fi"));
        index.feed(described("q", "😀", "", "en"));
        assertThat(index.search("chair").total()).isEqualTo(1);
        assertThat(index.search("a".repeat(200)).total()).isZero();
        assertThat(index.search("😀").hits())
                .first()
                .extracting(hit -> hit.productId().value())
                .isEqualTo("q");
    }

    @Test
    void pages_show_each_hit_once() {
        MemoryIndex index = new MemoryIndex();
        for (int i = 0; i < 123; i++) {
            index.feed(described("p" + i, i % 3 == 0 ? "Chair" : "Chair and table", "", "en"));
        }
        List<SearchHit> all = new ArrayList<>();
        String after = null;
        do {
            SearchResult page = index.search("chair", null, after, 25);
            assertThat(page.hits()).hasSizeBetween(1, 25);
            assertThat(page.total()).isEqualTo(123);
            all.addAll(page.hits());
            after = page.next();
        } while (after != null);
        assertThat(all).extracting(SearchHit::productId).hasSize(123).doesNotHaveDuplicates();
        assertThat(all).isSortedAccordingTo((one, other) -> {
            int byScore = other.score().compareTo(one.score());
            return byScore == 0
                    ? one.productId().value().compareTo(other.productId().value())
                    : byScore;
        });
    }

    @Test
    void a_page_has_50_hits_at_most_and_10_without_a_limit() {
        MemoryIndex index = new MemoryIndex();
        for (int i = 0; i < 60; i++) {
            index.feed(described("p" + i, "Chair", "", "en"));
        }
        assertThat(index.search("chair", null, null, 1_000).hits()).hasSize(50);
        assertThat(index.search("chair", null, null, Integer.MAX_VALUE).hits()).hasSize(10);
    }

    @Test
    void of_a_very_common_word_the_weightiest_products_are_read() {
        MemoryIndex index = new MemoryIndex();
        for (int i = 0; i < 1_200; i++) {
            index.feed(described("p" + i, "Thing number " + i, "Goes with a chair.", "en"));
        }
        index.feed(described("z", "Chair", "A chair is a chair.", "en"));
        SearchResult result = index.search("chair");
        assertThat(result.exact()).isFalse();
        assertThat(result.total()).isEqualTo(1_000);
        assertThat(result.hits().getFirst().productId().value()).isEqualTo("z");
    }

    @Test
    void a_query_reads_a_bounded_number_of_terms() {
        MemoryIndex index = new MemoryIndex();
        for (int i = 0; i < 1_200; i++) {
            index.feed(described("p" + i, "one two three four five six seven eight nine ten", "", "en"));
        }
        SearchResult result = index.search("one two three four five six seven eight nine ten");
        assertThat(result.hits()).hasSize(10);
        assertThat(index.read()).isLessThan(IndexReader.MOST_TERMS * IndexReader.MOST_POSTINGS);
    }

    @Test
    void a_query_of_nothing_finds_nothing() {
        MemoryIndex index = JudgedQueriesTest.products();
        for (String nothing : List.of("", " ", "...", "the and with", "der die das")) {
            SearchResult result = index.search(nothing);
            assertThat(result.hits()).as(nothing).isEmpty();
            assertThat(result.exact()).isTrue();
        }
    }
}
