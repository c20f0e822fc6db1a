package dev.storyline.local.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Decodes percent-encoded UTF-8. The JDK's decoder replaces bytes that are not UTF-8; this one refuses them. */
final class PercentEncoding {
    private PercentEncoding() {}

    /**
     * Decodes a path, or a segment of one.
     *
     * @throws CharacterCodingException if it is not percent-encoded UTF-8
     */
    static String path(String text) throws CharacterCodingException {
        return decoded(text, false);
    }

    /**
     * Decodes a query or a form: names and their values in order.
     *
     * @param path the path of the request, for the problem document
     * @throws RequestRefused if it is not percent-encoded UTF-8
     */
    static Map<String, List<String>> parameters(String query, String path) throws RequestRefused {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        try {
            for (String pair : query.split("&")) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1), true);
                parameters.computeIfAbsent(name, any -> new ArrayList<>()).add(value);
            }
        } catch (CharacterCodingException e) {
            throw new RequestRefused(Problem.malformed("The query is not percent-encoded UTF-8.", path));
        }
        return parameters;
    }

    private static String decoded(String text, boolean plusIsSpace) throws CharacterCodingException {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 3);
        int c;
        for (int i = 0; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            if (c == '%') {
                bytes.put(octet(text, i + 1));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.put((byte) ' ');
            } else {
                bytes.put(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    }

    /** The byte that two hexadecimal digits stand for. */
    private static byte octet(String text, int at) throws CharacterCodingException {
        int high = at + 1 < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 1), 16);
        if (low < 0) {
            throw new CharacterCodingException();
        }
        return (byte) (high << 4 | low);
    }
}
