package dev.storyline.modeler.scaffold;

import java.util.Locale;
import java.util.regex.Pattern;

/** Converts the words of a model to names in code. */
final class Words {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Words() {}

    /** Converts {@code make-wish} to {@code MakeWish}. */
    static String pascal(String kebab) {
        StringBuilder text = new StringBuilder();
        for (String word : kebab.split("[-_]")) {
            text.append(capitalized(word));
        }
        return text.toString();
    }

    /** Converts {@code MakeWish} to {@code make-wish}. */
    static String kebab(String pascal) {
        return HUMP.matcher(pascal).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** Converts {@code make-wish} to {@code MAKE_WISH}. */
    static String constant(String kebab) {
        return kebab.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Converts {@code NaughtyChild} to {@code naughtyChild}. */
    static String variable(String pascal) {
        return pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
    }

    /** Converts {@code wishId} to {@code wish id}. */
    static String spoken(String name) {
        return kebab(name).replace('-', ' ');
    }

    /** Returns the plural of a name for paths: {@code child} becomes {@code children}. A plural stays unchanged. */
    static String many(String one) {
        if (one.matches(".*[^isu]s")) {
            return one;
        }
        if (one.endsWith("child")) {
            return one + "ren";
        }
        if (one.matches(".*[^aeiou]y")) {
            return one.substring(0, one.length() - 1) + "ies";
        }
        return one.matches(".*(s|x|ch|sh)") ? one + "es" : one + "s";
    }

    static String capitalized(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /**
     * Returns a sentence for the middle of another one: without its final dot, and in lower case at its start unless it
     * starts with a name.
     */
    static String clause(String sentence) {
        String text = sentence.strip();
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        boolean name = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return name || text.isEmpty() ? text : variable(text);
    }

    /** Returns a text as a sentence with a final dot. */
    static String sentence(String text) {
        String whole = capitalized(text.strip());
        return whole.isEmpty() || whole.matches("(?s).*[.!?]") ? whole : whole + ".";
    }
}
