package dev.storyline.wishes.makewish;

import java.util.List;
import java.util.regex.Pattern;

/** Tells whether a text is naughty. It is a port, so that a smarter answer can replace the word list. */
@FunctionalInterface
interface NaughtyWords {
    /** Whether the text is naughty. */
    boolean in(String text);

    /** A text is naughty if it contains one of these words as a whole word, in any case and any script. */
    static NaughtyWords list(List<String> words) {
        if (words.isEmpty()) {
            return text -> false;
        }
        String any = String.join("|", words.stream().map(Pattern::quote).toList());
        Pattern pattern = Pattern.compile(
                "(?<![\\p{L}\\p{N}])(?:" + any + ")(?![\\p{L}\\p{N}])",
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
        return text -> pattern.matcher(text).find();
    }
}
