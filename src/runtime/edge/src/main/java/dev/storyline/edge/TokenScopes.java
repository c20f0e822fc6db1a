package dev.storyline.edge;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads the scopes out of the text of a claim. API Gateway hands every claim over as text: a string as it is, a list as
 * {@code [a b]}.
 *
 * <p>A string has a space between two scopes, and a scope counts as a whole: {@code a,b} and {@code [a]} are names of
 * scopes as good as any other.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6749#section-3.3">RFC 6749, section 3.3</a>
 */
final class TokenScopes {
    private TokenScopes() {}

    /**
     * The scopes of a claim.
     *
     * @param claim the claim as API Gateway hands it over
     * @param asked the scopes that the route asks for; API Gateway has found one of them in the token
     */
    static Set<String> of(String claim, List<String> asked) {
        Set<String> words = words(claim);
        return claim.startsWith("[") && claim.endsWith("]")
                ? listed(claim.substring(1, claim.length() - 1), words, asked)
                : words;
    }

    /**
     * Takes a list apart. A string can look like a list: {@code [a b c]} as a string grants {@code b} only. API Gateway
     * lets nothing pass that grants no scope of the route, which tells most of the time what the text is. Where it could
     * be either, only what both readings grant counts: all but the first and the last.
     */
    private static Set<String> listed(String inside, Set<String> words, List<String> asked) {
        Set<String> elements = words(inside);
        if (!asked.isEmpty() && Collections.disjoint(elements, asked)) {
            return Set.of();
        }
        if (asked.isEmpty() || !Collections.disjoint(words, asked)) {
            elements.retainAll(words);
        }
        return elements;
    }

    private static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>(Arrays.asList(text.split(" ")));
        words.remove("");
        return words;
    }
}
