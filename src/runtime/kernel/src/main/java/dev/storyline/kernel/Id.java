package dev.storyline.kernel;

/**
 * The identifier of an entity, a record of one string: {@code record ChildId(String value) implements Id}. In JSON it
 * is a plain string.
 */
public interface Id {
    /** The longest identifier, in characters. */
    int MAX_LENGTH = 128;

    /** The identifier's text: 1 to 128 characters, not blank, without {@code #}, {@code @} and control characters. */
    String value();

    /**
     * Checks the text of an identifier; every implementation calls it in its compact constructor.
     *
     * @param value the text to check
     * @return the same text
     * @throws InvalidId if the text is blank, too long, or contains a character that separates parts of stream names
     *     ({@code #}, {@code @}) or a control character
     */
    static String check(String value) {
        if (value.isBlank()) {
            throw new InvalidId("must not be blank");
        }
        if (value.length() > MAX_LENGTH) {
            throw new InvalidId("must have at most " + MAX_LENGTH + " characters, not " + value.length());
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '#' || c == '@') {
                throw new InvalidId("must not contain '" + c + "'");
            }
            if (Character.isISOControl(c) || isLoneSurrogate(value, i)) {
                throw new InvalidId("must not contain control characters");
            }
        }
        return value;
    }

    /** Half a surrogate pair has no UTF-8 form, so two different ids would be stored as one. */
    private static boolean isLoneSurrogate(String value, int i) {
        char c = value.charAt(i);
        if (Character.isHighSurrogate(c)) {
            return i + 1 >= value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
        }
        return Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    /** The text of an identifier breaks a rule. The message says which one, in words for an API client. */
    final class InvalidId extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InvalidId(String message) {
            super(message);
        }
    }
}
