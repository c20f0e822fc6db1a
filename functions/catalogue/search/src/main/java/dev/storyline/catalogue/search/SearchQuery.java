package dev.storyline.catalogue.search;

import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.contexts.catalogue.ProductId;
import dev.storyline.edge.RankedPage;
import dev.storyline.kernel.Bounds;
import dev.storyline.projections.View;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The query.
 *
 * @param q the words; the first 8 count
 * @param category the category; null for all
 * @param after the {@code next} of the page before; null for the first page
 */
record SearchQuery(
        @Bounds(length = 200) String q,

        @Bounds(length = 100) @Nullable String category,

        @Nullable String after) {
    /** The most hits of a page, each of which costs a read, and as many as a page has without a limit. */
    static final int MOST_HITS = 50;

    static final int USUAL_HITS = 10;
    private static final int MOST_FACETS = 50;

    /** A page of the found products. */
    SearchResult answer(View view, RankedPage page, Reads reads, Instant now) {
        Findings findings = new IndexReader(view, reads).find(q);
        Map<String, Long> counts = new HashMap<>();
        List<Scored> scored = new ArrayList<>();
        findings.products().forEach((product, found) -> {
            counts.merge(found.category(), 1L, Long::sum);
            if (category == null || category.equals(found.category())) {
                scored.add(new Scored(product, found.score()));
            }
        });
        scored.sort(Scored.BEST_FIRST);

        int most = Math.min(page.rowsOr(USUAL_HITS), MOST_HITS);
        Scored last = page.position() == null ? null : Scored.parse(page.position());
        List<Scored> rest = scored.stream()
                .filter(one -> last == null || Scored.BEST_FIRST.compare(one, last) > 0)
                .toList();
        List<Scored> shown = rest.subList(0, Math.min(most, rest.size()));
        return new SearchResult(
                q,
                category,
                hits(view, shown, reads, now),
                facets(counts),
                scored.size(),
                findings.exact(),
                shown.size() == rest.size() ? null : page.next(shown.getLast().toString()));
    }

    /** A product that leaves the index at this moment has no row any more, and is left out. */
    private static List<SearchHit> hits(View view, List<Scored> shown, Reads reads, Instant now) {
        List<SearchHit> hits = new ArrayList<>();
        List<@Nullable FoundProduct> rows = reads.all(
                shown, one -> view.head(Catalogue.stream(one.product())).own(FoundProduct.class));
        for (int i = 0; i < shown.size(); i++) {
            FoundProduct row = rows.get(i);
            if (row != null) {
                hits.add(new SearchHit(
                        row.productId(),
                        row.name(),
                        row.category(),
                        row.prices().at(now),
                        shown.get(i).score()));
            }
        }
        return hits;
    }

    private static List<CategoryCount> facets(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(count -> new CategoryCount(count.getKey(), count.getValue()))
                .sorted(Comparator.comparingLong(CategoryCount::count)
                        .reversed()
                        .thenComparing(CategoryCount::category))
                .limit(MOST_FACETS)
                .toList();
    }

    /** A product with its score. Its text is a position in the list. */
    record Scored(ProductId product, BigDecimal score) {
        static final Comparator<Scored> BEST_FIRST = Comparator.comparing(Scored::score)
                .reversed()
                .thenComparing(one -> one.product().value());

        static Scored parse(String position) {
            int end = position.indexOf('#');
            return new Scored(new ProductId(position.substring(end + 1)), new BigDecimal(position.substring(0, end)));
        }

        @Override
        public String toString() {
            return score.toPlainString() + "#" + product.value();
        }
    }
}
