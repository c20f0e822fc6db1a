package dev.storyline.modeler.exchange;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;

/** Converts free titles into names of a model, and back. */
final class Titles {
    private static final int LONGEST = 80;

    private Titles() {}

    /** Converts {@code Submit cart} into SubmitCart. A title that does not begin with a letter gets a prefix. */
    static String element(String title, String before) {
        if (title.matches("\\p{Lu}[\\p{L}\\p{N}_-]*") && title.length() <= LONGEST) {
            return title;
        }
        StringBuilder name = new StringBuilder();
        for (String word : title.split("[^\\p{L}\\p{N}]+", -1)) {
            if (!word.isEmpty()) {
                name.appendCodePoint(Character.toUpperCase(word.codePointAt(0)))
                        .append(word.substring(Character.charCount(word.codePointAt(0))));
            }
        }
        if (name.isEmpty() || !Character.isUpperCase(name.codePointAt(0))) {
            name.insert(0, before);
        }
        return cut(name.toString());
    }

    /**
     * Converts {@code slice: Submit Cart} into submit-cart. Drops letters of other scripts, because the name is a folder
     * name.
     */
    static String slice(String title, String otherwise) {
        String plain = Normalizer.normalize(title, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
        String name = plain.replaceFirst("^\\s*(?i:slice)\\s*:", "")
                .replaceAll("(\\p{Ll})(\\p{Lu})", "$1-$2")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^[-0-9]+|-+$", "");
        return name.isEmpty() ? otherwise : cut(name).replaceAll("-+$", "");
    }

    /** Returns a name of letters, digits, '-' and '_'. Keeps a valid name. */
    static String plain(String title, String otherwise) {
        String name = title.strip().replaceAll("[^\\p{L}\\p{N}_-]+", "-").replaceAll("^[^\\p{L}]+|-+$", "");
        return name.isEmpty() ? otherwise : cut(name);
    }

    /** Returns the name of a context: lower-case letters and digits. */
    static String context(String title) {
        String name = slice(title, "").replace("-", "");
        return name.isEmpty() ? "imported" : name;
    }

    /** Converts {@code SubmitCart} into Submit Cart. */
    static String words(String name) {
        return name.matches("[\\p{L}\\p{N}]+") ? name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1 $2") : name;
    }

    /** Converts {@code submit-cart} into Submit Cart. */
    static String ofSlice(String name) {
        StringBuilder title = new StringBuilder();
        for (String word : name.split("-")) {
            title.append(title.isEmpty() ? "" : " ")
                    .append(word.substring(0, 1).toUpperCase(Locale.ROOT))
                    .append(word.substring(1));
        }
        return title.toString();
    }

    /** Returns and reserves the name, or the first free one of name-2, name-3 ... */
    static String unique(String name, String between, Set<String> taken) {
        String free = name;
        for (int n = 2; !taken.add(free); n++) {
            free = name + between + n;
        }
        return free;
    }

    /** Returns one line of at most the length of a name. */
    static String line(String text, int longest) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() <= longest ? line : line.substring(0, longest - 3) + "...";
    }

    private static String cut(String name) {
        return name.length() <= LONGEST ? name : name.substring(0, LONGEST);
    }
}
