package dev.storyline.edge;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where what a command makes can be read.
 *
 * @param path the path of a query, with parameters in braces: {@code /wishes/wishes/{wishId}}
 */
record Location(String path) {
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");

    Location {
        if (!PARAMETER.matcher(path).find()) {
            throw new IllegalArgumentException("The path " + path + " names nothing that could be made");
        }
    }

    /** The field that names what is made: the last parameter of the path. */
    String made() {
        return PARAMETER
                .matcher(path)
                .results()
                .map((MatchResult parameter) -> parameter.group(1))
                .reduce((first, second) -> second)
                .orElseThrow();
    }

    /** The path with the values of its parameters, percent-encoded. */
    String of(UnaryOperator<String> values) {
        return PARAMETER
                .matcher(path)
                .replaceAll(parameter -> Matcher.quoteReplacement(segment(values.apply(parameter.group(1)))));
    }

    private static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
