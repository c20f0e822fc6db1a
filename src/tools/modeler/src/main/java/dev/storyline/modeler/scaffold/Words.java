package dev.storyline.modeler.scaffold;

import java.util.Locale;
import java.util.regex.Pattern;

/** The words of a model as code writes them. */
final class Words {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private Words() {}

    /** {@code make-wish} as {@code MakeWish}. */
    static String pascal(String kebab) {
        StringBuilder text = new StringBuilder();
        for (String word : kebab.split("[-_]")) {
            text.append(capitalized(word));
        }
        return text.toString();
    }

    /** {@code MakeWish} as {@code make-wish}. */
    static String kebab(String pascal) {
        return HUMP.matcher(pascal).replaceAll("-").toLowerCase(Locale.ROOT);
    }

    /** {@code make-wish} as {@code MAKE_WISH}. */
    static String constant(String kebab) {
        return kebab.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** {@code NaughtyChild} as {@code naughtyChild}. */
    static String variable(String pascal) {
        return pascal.substring(0, 1).toLowerCase(Locale.ROOT) + pascal.substring(1);
    }

    /** {@code wishId} as {@code wish id}. */
    static String spoken(String name) {
        return kebab(name).replace('-', ' ');
    }

    /** The plural of a name, as paths have it: {@code child} as {@code children}. A plural stays as it is. */
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

    /** As the middle of a sentence: without its capital, unless it is a name, and without its dot. */
    static String clause(String sentence) {
        String text = sentence.strip();
        text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        boolean name = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return name || text.isEmpty() ? text : variable(text);
    }

    /** As a sentence with its dot. */
    static String sentence(String text) {
        String whole = capitalized(text.strip());
        return whole.isEmpty() || whole.matches("(?s).*[.!?]") ? whole : whole + ".";
    }
}
