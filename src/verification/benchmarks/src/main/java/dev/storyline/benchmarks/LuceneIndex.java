package dev.storyline.benchmarks;

import dev.storyline.contexts.catalogue.ProductEvent.ProductDescribed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;

/** A plain Lucene index of the same products in memory: what a search server would do without the network. */
final class LuceneIndex implements AutoCloseable {
    private static final float NAME = 3;
    private static final float LIKE = 0.6f;
    private static final int HITS = 10;

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final ByteBuffersDirectory directory = new ByteBuffersDirectory();
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    LuceneIndex(int products) throws IOException {
        try (IndexWriter writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
            for (int n = 0; n < products; n++) {
                writer.addDocument(document(SampleCatalogue.product(n)));
            }
        }
        reader = DirectoryReader.open(directory);
        searcher = new IndexSearcher(reader);
    }

    private static Document document(ProductDescribed product) {
        Document document = new Document();
        document.add(new StringField("id", product.productId().value(), Field.Store.YES));
        document.add(new TextField("name", product.name(), Field.Store.NO));
        document.add(new TextField("text", product.category() + " " + product.description(), Field.Store.NO));
        return document;
    }

    /** The ids of the best ten products: words as they are, beginnings of the last one, and words with one slip. */
    List<String> search(String text) {
        try {
            BooleanQuery.Builder query = new BooleanQuery.Builder();
            List<String> terms = terms(text);
            for (String term : terms) {
                should(query, new BoostQuery(new TermQuery(new Term("name", term)), NAME));
                should(query, new TermQuery(new Term("text", term)));
                should(query, new BoostQuery(new FuzzyQuery(new Term("name", term), 1), LIKE));
            }
            if (!terms.isEmpty()) {
                should(query, new BoostQuery(new PrefixQuery(new Term("name", terms.getLast())), LIKE));
            }
            List<String> ids = new ArrayList<>();
            for (ScoreDoc hit : searcher.search(query.build(), HITS).scoreDocs) {
                ids.add(searcher.storedFields().document(hit.doc).get("id"));
            }
            return ids;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void should(BooleanQuery.Builder query, Query part) {
        query.add(part, BooleanClause.Occur.SHOULD);
    }

    private List<String> terms(String text) throws IOException {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                terms.add(term.toString());
            }
            stream.end();
        }
        return terms;
    }

    @Override
    public void close() throws IOException {
        reader.close();
        directory.close();
        analyzer.close();
    }
}
