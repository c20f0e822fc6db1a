package dev.storyline.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.catalogue.search.SearchFunction;
import dev.storyline.common.Json;
import dev.storyline.contexts.catalogue.Catalogue;
import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import dev.storyline.edge.Edge;
import dev.storyline.edge.HttpEvent;
import dev.storyline.edge.HttpReply;
import dev.storyline.edge.Settings;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.local.common.DynamoJson;
import dev.storyline.local.database.LocalDatabase;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Measures the search of the catalogue: how long a query takes and what it reads, and what a product costs to index,
 * beside a plain Lucene index of the same products in memory. Everything runs in one process on DynamoDB Local, so the
 * times say nothing about AWS; the units do.
 */
public final class SearchBenchmark {
    private static final int BATCH = 10;
    private static final int QUERIES = 200;
    private static final int RUNS = 3;
    private static final double DOLLARS_FOR_A_MILLION_READ_UNITS = 0.125;
    private static final double DOLLARS_FOR_A_MILLION_WRITE_UNITS = 0.625;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");

    private final LocalDatabase tables;
    private final int seconds;
    private final EventCodec codec = new EventCodec(Catalogue.LANGUAGE);

    private SearchBenchmark(LocalDatabase tables, int seconds) {
        this.tables = tables;
        this.seconds = seconds;
    }

    /** Runs it. {@code --products N,M}: the sizes of the catalogues. {@code --seconds N}: how long a run is. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 4 || !arguments[0].equals("--products") || !arguments[2].equals("--seconds")) {
            System.err.println("Usage: ./storyline bench search [--products=N[,N...]] [--seconds=N]");
            System.exit(2);
        }
        int seconds = Integer.parseInt(arguments[3]);
        System.out.printf(
                Locale.ROOT,
                "%d processors, Java %s, DynamoDB Local in memory in the same process; %d runs of %d s, 1 caller%n",
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                RUNS,
                seconds);
        try (LocalDatabase tables = LocalDatabase.open(null)) {
            CommandBenchmark.create(
                    tables.client(), CommandBenchmark.EVENTS, "stream", "version", ScalarAttributeType.N);
            SearchBenchmark benchmark = new SearchBenchmark(tables, seconds);
            for (String products : arguments[1].split(",")) {
                benchmark.print(Integer.parseInt(products));
            }
        }
        // DynamoDB Local leaves threads behind that would keep the process alive.
        System.exit(0);
    }

    private SearchFunction function(DynamoDbClient client, String table) {
        Map<String, String> settings =
                Map.of("SLICE", "catalogue/search", "EVENT_TABLE", CommandBenchmark.EVENTS, "VIEW_TABLE", table);
        return new SearchFunction(new Edge(new Settings(settings), client));
    }

    private void print(int products) throws Exception {
        String table = "search-" + products;
        CommandBenchmark.create(tables.client(), table, "pk", "sk", ScalarAttributeType.S);
        Calls calls = new Calls();
        SearchFunction counted = function(calls.on(tables), table);
        SearchFunction function = function(tables.client(), table);
        System.out.printf(Locale.ROOT, "%n%,d products%n", products);
        index(products, function, counted, calls);
        List<String> queries = SampleCatalogue.queries(QUERIES, products);
        try (LuceneIndex lucene = new LuceneIndex(products)) {
            quality(queries, function, lucene);
            speed(queries, function, lucene);
        }
        for (String query : queries.subList(0, QUERIES / 2)) {
            search(counted, query);
        }
        calls.reset();
        queries.forEach(query -> search(counted, query));
        double read = calls.readUnits() / QUERIES;
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.1f   %.2f $ for a million queries%n",
                "read units for a query",
                read,
                read * DOLLARS_FOR_A_MILLION_READ_UNITS);
    }

    private void index(int products, SearchFunction function, SearchFunction counted, Calls calls) {
        int sample = Math.min(products, 500);
        calls.reset();
        feed(counted, 0, sample);
        double written = calls.writeUnits() / (double) sample;
        long before = System.nanoTime();
        feed(function, sample, products);
        double took = (System.nanoTime() - before) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.1f   %.2f $ for a million products%n",
                "write units for a product",
                written,
                written * DOLLARS_FOR_A_MILLION_WRITE_UNITS);
        System.out.printf(Locale.ROOT, "%-44s %10.0f%n", "products indexed in a second", (products - sample) / took);
    }

    private void feed(SearchFunction function, int from, int to) {
        for (int n = from; n < to; n += BATCH) {
            ObjectNode batch = Json.mapper().createObjectNode();
            ArrayNode records = batch.putArray("Records");
            for (int i = n; i < Math.min(to, n + BATCH); i++) {
                records.add(inserted(SampleCatalogue.product(i)));
            }
            JsonNode failures = Json.mapper().valueToTree(function.feed(batch)).path("batchItemFailures");
            if (!failures.isEmpty()) {
                throw new IllegalStateException("The feed reports " + failures);
            }
        }
    }

    private ObjectNode inserted(ProductDescribed product) {
        String id = product.productId().value();
        Commit commit = new Commit(
                Catalogue.stream(product.productId()),
                1,
                id,
                AT,
                List.of(codec.encode(product)),
                new CommitMetadata("anonymous", id, null, null, null));
        ObjectNode record = Json.mapper().createObjectNode();
        record.put("eventName", "INSERT").put("eventSource", "aws:dynamodb");
        record.putObject("dynamodb").put("SequenceNumber", id).set("NewImage", DynamoJson.item(CommitItem.of(commit)));
        return record;
    }

    private static JsonNode search(SearchFunction function, String words) {
        HttpReply reply = function.query(
                new HttpEvent("/catalogue/search", null, Map.of(), Map.of("q", words), Map.of(), null, false, null));
        if (reply.statusCode() != 200) {
            throw new IllegalStateException("The query answered " + reply);
        }
        try {
            return Json.mapper().readTree(reply.body());
        } catch (IOException e) {
            throw new IllegalStateException("The query answered no JSON: " + reply, e);
        }
    }

    /** Says how alike the answers are: both rank by BM25, but Lucene scores each field on its own. */
    private static void quality(List<String> queries, SearchFunction function, LuceneIndex lucene) {
        int first = 0;
        int found = 0;
        int all = 0;
        for (String query : queries) {
            List<String> ours = search(function, query).path("hits").findValuesAsText("productId");
            List<String> theirs = lucene.search(query);
            first += !theirs.isEmpty() && !ours.isEmpty() && ours.getFirst().equals(theirs.getFirst()) ? 1 : 0;
            all += theirs.size();
            found += (int) theirs.stream().filter(ours::contains).count();
        }
        System.out.printf(
                Locale.ROOT,
                "%-44s %9.0f%%   of Lucene's first ten hits %.0f%% are among ours%n",
                "queries with Lucene's first hit",
                100.0 * first / queries.size(),
                100.0 * found / Math.max(1, all));
    }

    private void speed(List<String> queries, SearchFunction function, LuceneIndex lucene) throws Exception {
        List<Contender> ours = new ArrayList<>();
        List<Contender> theirs = new ArrayList<>();
        long nanos = Duration.ofSeconds(seconds).toNanos();
        contender(queries, query -> search(function, query)).warmUp(1, nanos);
        contender(queries, lucene::search).warmUp(1, nanos);
        for (int run = 0; run < RUNS; run++) {
            ours.add(measured(queries, query -> search(function, query), nanos));
            theirs.add(measured(queries, lucene::search, nanos));
        }
        row("query, p50 in ms", ours, 0.5);
        row("query, p99 in ms", ours, 0.99);
        row("Lucene in memory, p50 in ms", theirs, 0.5);
        row("Lucene in memory, p99 in ms", theirs, 0.99);
    }

    private static Contender contender(List<String> queries, Consumer<String> search) {
        return new Contender(n -> {
            String query = queries.get((int) (n % queries.size()));
            return () -> search.accept(query);
        });
    }

    private static Contender measured(List<String> queries, Consumer<String> search, long nanos) throws Exception {
        Contender contender = contender(queries, search);
        contender.measure(1, nanos);
        return contender;
    }

    private static void row(String title, List<Contender> runs, double share) {
        List<Double> sorted =
                runs.stream().map(run -> run.millis(share)).sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%-44s %10.2f   %.2f to %.2f%n",
                title,
                sorted.get(sorted.size() / 2),
                sorted.getFirst(),
                sorted.getLast());
    }
}
