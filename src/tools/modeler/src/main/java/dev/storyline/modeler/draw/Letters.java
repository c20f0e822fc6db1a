package dev.storyline.modeler.draw;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * Computes the width of text without a screen. Uses the advance widths of the widest font of the font stack (DejaVu Sans),
 * so that text which fits here fits in every font of the stack. In hundredths of the size, from U+0020 to U+007E.
 */
final class Letters {
    private static final String REGULAR =
            "32 41 46 84 64 96 78 28 40 40 50 84 32 37 32 34 64 64 64 64 64 64 64 64 64 64 34 34 84 84 84 56 "
                    + "102 69 69 73 78 67 62 78 76 30 50 67 56 87 75 79 67 79 73 67 62 74 69 99 69 67 69 40 34 40 84 56 "
                    + "50 62 64 55 64 62 36 64 64 28 28 58 28 98 64 62 64 64 42 53 40 64 60 82 60 60 53 64 34 64 84";
    private static final String BOLD =
            "35 46 53 84 70 101 88 31 46 46 53 84 38 42 38 37 70 70 70 70 70 70 70 70 70 70 40 40 84 84 84 62 "
                    + "100 78 77 74 84 69 69 83 84 38 56 78 64 100 84 86 74 86 78 73 69 82 78 111 78 73 73 46 37 46 84 56 "
                    + "50 68 72 60 72 68 44 72 72 35 35 67 35 105 72 69 72 72 50 60 48 72 66 93 65 66 59 72 37 72 84";
    private static final List<Integer> REGULAR_WIDTHS = widths(REGULAR);
    private static final List<Integer> BOLD_WIDTHS = widths(BOLD);

    /** Other characters have the width of the widest letter; characters beyond the basic plane are wider. */
    private static final int OTHER = 125;

    private static final int SIGN = 150;
    private static final int LONGEST_LINE = 400;

    private Letters() {}

    private static List<Integer> widths(String table) {
        return List.of(table.split(" ")).stream().map(Integer::valueOf).toList();
    }

    /** Returns an upper bound of the width of a text in any font of the stack, in pixels. */
    static double width(String text, Face face) {
        List<Integer> table = face.bold() ? BOLD_WIDTHS : REGULAR_WIDTHS;
        String plain = text.chars().allMatch(c -> c < 0x7F) ? text : Normalizer.normalize(text, Normalizer.Form.NFD);
        long hundredths = plain.codePoints()
                .mapToLong(point -> {
                    if (point >= ' ' && point < ' ' + table.size()) {
                        return table.get(point - ' ');
                    }
                    int type = Character.getType(point);
                    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
                        return 0;
                    }
                    return point > 0xFFFF ? SIGN : point == '·' ? 38 : OTHER;
                })
                .sum();
        return hundredths * face.size() / 100.0;
    }

    /**
     * Breaks text into lines of a maximum width: between words, long names at capital letters and hyphens, anything else
     * anywhere. Text that needs more lines ends with the number of omitted characters.
     */
    static List<String> wrap(String text, Face face, double width, int mostLines) {
        String all = text.strip().replaceAll("\\s+", " ");
        int bound = Math.min(all.length(), mostLines * LONGEST_LINE);
        List<String> lines = new ArrayList<>();
        String line = "";
        boolean full = bound < all.length();
        for (String piece : pieces(all.substring(0, bound), face, width)) {
            if (line.isEmpty() || width((line + piece).stripTrailing(), face) <= width) {
                line += piece;
            } else {
                lines.add(line);
                line = piece;
            }
        }
        lines.add(line);
        if (lines.size() <= mostLines && !full) {
            return lines;
        }
        List<String> kept = new ArrayList<>(lines.subList(0, Math.min(mostLines, lines.size())));
        int before =
                kept.stream().mapToInt(String::length).sum() - kept.getLast().length();
        String last = kept.removeLast();
        String end = ending(all.length() - before - last.length());
        while (!last.isEmpty() && width(last.stripTrailing() + end, face) > width) {
            last = last.substring(0, last.offsetByCodePoints(last.length(), -1));
            end = ending(all.length() - before - last.length());
        }
        kept.add(last.stripTrailing() + end);
        return kept;
    }

    private static String ending(int left) {
        return " … +" + left;
    }

    /** Returns the unbreakable parts: words with the space behind them, and parts of words that are too long for a line. */
    private static List<String> pieces(String text, Face face, double width) {
        List<String> pieces = new ArrayList<>();
        for (String word : text.split("(?<= )")) {
            if (width(word.stripTrailing(), face) <= width) {
                pieces.add(word);
                continue;
            }
            for (String part : word.split("(?<=[-_./:,])|(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})")) {
                if (width(part.stripTrailing(), face) <= width) {
                    pieces.add(part);
                } else {
                    part.codePoints().forEach(point -> pieces.add(Character.toString(point)));
                }
            }
        }
        return pieces;
    }
}
