package dev.storyline.catalogue.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/**
 * The languages of the catalogue: splits texts into words, and finds the stem of a word. Lucene's analysers do both. They
 * are made here by name, so that no class path is searched, also in a native image.
 */
final class Tongues {
    /** Longer words are left out, so that their keys stay small. */
    static final int LONGEST_WORD = 64;

    private static final Map<String, Analyzer> STEMMERS = stemmers();
    private static final Analyzer SPLITTER = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String fieldName) {
            Tokenizer source = new StandardTokenizer();
            return new TokenStreamComponents(source, new LowerCaseFilter(source));
        }
    };

    private Tongues() {}

    private static Map<String, Analyzer> stemmers() {
        Map<String, Analyzer> stemmers = new LinkedHashMap<>();
        stemmers.put("en", new EnglishAnalyzer());
        stemmers.put("de", new GermanAnalyzer());
        stemmers.put("fi", new FinnishAnalyzer());
        return stemmers;
    }

    /** The words of a text in lower case, in order. */
    static List<String> words(String text) {
        return terms(SPLITTER, text);
    }

    /** The stem of a word in a language; none for a word that says nothing, such as an article. */
    static List<String> stems(String language, String word) {
        Analyzer stemmer = STEMMERS.get(language);
        return stemmer == null ? List.of(word) : terms(stemmer, word);
    }

    /** The stems of a word in all languages, each once: a query does not say in which language it is. */
    static SequencedSet<String> stems(String word) {
        SequencedSet<String> stems = new LinkedHashSet<>();
        STEMMERS.keySet().forEach(language -> stems.addAll(stems(language, word)));
        return stems;
    }

    /** Whether a word says nothing in one of the languages. */
    static boolean isPlain(String word) {
        return STEMMERS.keySet().stream()
                .anyMatch(language -> stems(language, word).isEmpty());
    }

    /** A very long text without a gap is cut somewhere, perhaps within a character, which no key can hold. */
    private static boolean isWord(CharSequence term) {
        return !term.isEmpty()
                && term.length() <= LONGEST_WORD
                && !Character.isLowSurrogate(term.charAt(0))
                && !Character.isHighSurrogate(term.charAt(term.length() - 1));
    }

    private static List<String> terms(Analyzer analyzer, String text) {
        List<String> terms = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                if (isWord(term)) {
                    terms.add(term.toString());
                }
            }
            stream.end();
            return terms;
        } catch (IOException e) {
            throw new UncheckedIOException("A text in memory cannot be read", e);
        }
    }
}
