package dev.storyline.catalogue.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.kernel.Money;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Forty queries over 120 products, each with the product that a person expects first. They were judged before anything
 * was tuned.
 */
class JudgedQueriesTest {
    private static final int LEAST_RIGHT = 36;
    private static final String ANY_CATEGORY = "-";

    /** A query with the product that is expected first. */
    private record Judged(String words, String category, String expected) {}

    private static List<String[]> lines(String file) {
        try (InputStream in = Objects.requireNonNull(JudgedQueriesTest.class.getResourceAsStream("/judged/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(line -> line.split("\t"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static MemoryIndex products() {
        MemoryIndex index = new MemoryIndex();
        for (String[] product : lines("products.tsv")) {
            index.feed(new ProductDescribed(
                    new ProductId(product[0]),
                    product[3],
                    product[4],
                    product[2],
                    product[1],
                    new Money(BigDecimal.TEN, "EUR"),
                    BigDecimal.ZERO));
        }
        return index;
    }

    @Test
    void the_expected_product_is_first_for_nine_of_ten_queries() {
        MemoryIndex index = products();
        List<String> wrong = new ArrayList<>();
        List<Judged> queries = lines("queries.tsv").stream()
                .map(query -> new Judged(query[0], query[1], query[2]))
                .toList();
        for (Judged query : queries) {
            String category = query.category().equals(ANY_CATEGORY) ? null : query.category();
            List<SearchHit> hits =
                    index.search(query.words(), category, null, 3).hits();
            if (hits.isEmpty() || !hits.getFirst().productId().value().equals(query.expected())) {
                wrong.add("'" + query.words() + "' should find " + query.expected() + ", but found " + hits);
            }
        }
        int right = queries.size() - wrong.size();
        System.out.println("Judged queries: the expected product is first for " + right + " of " + queries.size());
        wrong.forEach(System.out::println);
        assertThat(queries).hasSize(40);
        assertThat(right).isGreaterThanOrEqualTo(LEAST_RIGHT);
    }
}
