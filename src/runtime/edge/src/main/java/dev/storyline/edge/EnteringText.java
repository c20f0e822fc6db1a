package dev.storyline.edge;

import dev.storyline.kernel.Id;
import java.text.Normalizer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a text that enters, in words for the client. */
final class EnteringText {
    /** What a path cannot carry alike through every gateway. */
    private static final String NOT_IN_PATHS = "/\\?%";

    /** Below this code point, every text is in normal form C. */
    private static final int FIRST_TO_NORMALIZE = 0x300;

    /**
     * Code points without a visible form that belong to no category of invisible ones: combining grapheme joiner,
     * fillers of Hangul, vowels of Khmer, selectors of variants, blank Braille, and what stands for an unknown
     * character.
     */
    private static final String INVISIBLE =
            "[\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u2800\\u3164\\uFE00-\\uFE0F"
                    + "\\uFFA0\\uFFF0-\\uFFFF\\x{E0100}-\\x{E01EF}]";

    private static final Pattern INVISIBLES = Pattern.compile(INVISIBLE + "|[\\p{Cf}\\p{Zl}\\p{Zp}[\\p{Zs}&&[^ ]]]");

    private EnteringText() {}

    /** What is wrong with a text, to be read after the name of its field; null if nothing is. */
    static @Nullable String flaw(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r') {
                return "must not contain control characters other than tabs and line ends";
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return "must not contain half of a surrogate pair";
                }
                i++;
            }
        }
        return null;
    }

    /**
     * What is wrong with a new identifier; null if nothing is. The rules are stricter than those of {@link Id}, which
     * hold for stored ones too: two identifiers that look alike must not name two things.
     */
    static @Nullable String idFlaw(String text) {
        try {
            Id.check(text);
        } catch (Id.InvalidId e) {
            return String.valueOf(e.getMessage());
        }
        if (text.startsWith(" ") || text.endsWith(" ")) {
            return "must not begin or end with a space";
        }
        if (text.equals(".") || text.equals("..")) {
            return "must not be a step in a path";
        }
        for (int i = 0; i < text.length(); i++) {
            if (NOT_IN_PATHS.indexOf(text.charAt(i)) >= 0) {
                return "must not contain '" + text.charAt(i) + "', which a path does not carry unchanged";
            }
        }
        if (text.chars().allMatch(c -> c < 0x7f)) {
            return null;
        }
        if (INVISIBLES.matcher(text).find()) {
            return "must not contain invisible characters, or spaces other than the usual one";
        }
        if (text.chars().anyMatch(c -> c >= FIRST_TO_NORMALIZE)
                && !Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            return "must be in the normal form C of Unicode";
        }
        return null;
    }
}
