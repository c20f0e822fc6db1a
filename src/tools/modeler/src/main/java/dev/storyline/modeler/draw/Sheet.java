package dev.storyline.modeler.draw;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The sheet of a picture: title and legend, then bands, lines and cards, in this order. */
final class Sheet {
    /** The margin, in pixels. */
    static final double MARGIN = 28;

    private static final double LEAST_WIDTH = 760;
    private static final double LEGEND_WIDTH = 1360;
    private static final double TITLE_WIDTH = 1100;

    private final String kind;
    private final String picture;
    private final String title;
    private double folded;
    private final List<Card> head = new ArrayList<>();
    private final Markup bands = new Markup();
    private final Markup lines = new Markup();
    private final Markup threads = new Markup();
    private final Markup labels = new Markup();
    private final Markup cards = new Markup();

    /** One entry of the legend. */
    record Sign(Card.Look look, String word, boolean again) {
        Sign(Card.Look look, String word) {
            this(look, word, false);
        }
    }

    /**
     * Creates an empty sheet.
     *
     * @param kind the kind of picture, for the page
     * @param picture the name of the picture, the prefix of its ids
     */
    Sheet(String kind, String picture, String title) {
        this.kind = kind;
        this.picture = picture;
        this.title = title;
    }

    /** Writes title and legend for a picture of this width. Returns the top of the picture itself. */
    double heading(double width, String about, String counts, List<Sign> legend) {
        double inside = Math.max(width, LEAST_WIDTH) - 2 * MARGIN;
        Card words = new Card(Card.Look.TITLE, Math.min(inside, TITLE_WIDTH))
                .write(title, Face.TITLE, "", 3)
                .write(about, Face.BODY, "", 4)
                .write(counts, Face.BODY, "soft", 2);
        words.move(MARGIN - Card.PAD, MARGIN - Card.PAD);
        head.add(words);
        double x = MARGIN;
        double y = words.bottom() + 6;
        double lowest = y;
        for (Sign sign : legend) {
            Card swatch = Card.swatch(sign.look);
            double wide = Letters.width(sign.word, Face.SMALL) + 2 * Card.PAD + 2;
            if (x > MARGIN && x + swatch.width() + wide > Math.min(inside, LEGEND_WIDTH) + MARGIN) {
                x = MARGIN;
                y = lowest + 2;
            }
            if (sign.again) {
                swatch.again();
            }
            swatch.move(x, y + 6);
            head.add(swatch);
            Card word = new Card(Card.Look.LEGEND, wide).write(sign.word, Face.SMALL, "soft", 1);
            word.move(swatch.right() + 1, y - 1);
            head.add(word);
            x = word.right() + 1;
            lowest = Math.max(lowest, word.bottom());
        }
        return lowest + 20;
    }

    void band(String style, double x, double y, double width, double height) {
        bands.box("band " + style, x, y, width, height, 8);
    }

    void line(Wire wire) {
        wire.write(lines);
    }

    /** Adds a curve that the page shows while one of its ends, an element or a slice, is pointed at. */
    void thread(String from, Card source, String to, Card target) {
        threads.empty("path", "class", "thread", "data-from", from, "data-to", to, "d", curve(source, target));
    }

    /** Adds a curve between two contexts. */
    void flow(Card source, Card target) {
        lines.empty("path", "class", "flow", "d", curve(source, target));
        double x = source.x() <= target.x() ? target.x() : target.right();
        lines.empty("circle", "class", "dot", "cx", Markup.number(x), "cy", Markup.number(target.in()), "r", "4");
    }

    private static String curve(Card source, Card target) {
        boolean forth = source.x() <= target.x();
        double begin = forth ? source.right() : source.x();
        double end = forth ? target.x() : target.right();
        double bend = (forth ? 1 : -1) * Math.min(240, Math.max(60, Math.abs(end - begin) / 3));
        return "M" + Markup.number(begin) + " " + Markup.number(source.out()) + "C" + Markup.number(begin + bend)
                + " " + Markup.number(source.out()) + " " + Markup.number(end - bend) + " "
                + Markup.number(target.in()) + " " + Markup.number(end) + " " + Markup.number(target.in());
    }

    /** Sets the height of the picture without its scenarios. */
    void fold(double height) {
        folded = height;
    }

    void label(Card card) {
        card.write(labels, picture);
    }

    void card(Card card) {
        card.write(cards, picture);
    }

    /**
     * Returns the whole picture.
     *
     * @param alone whether the picture is a file with its own style sheet, or part of the page
     */
    String finish(double width, double height, boolean alone) {
        String wide = Markup.number(Math.max(width, LEAST_WIDTH));
        String high = Markup.number(height);
        Markup out = new Markup();
        out.open(
                "svg",
                "xmlns",
                "http://www.w3.org/2000/svg",
                "class",
                "picture " + kind,
                "id",
                picture,
                "viewBox",
                "0 0 " + wide + " " + high,
                "width",
                wide,
                "height",
                high,
                "data-folded",
                Markup.number(folded == 0 ? height : folded),
                "role",
                "group",
                "aria-label",
                title);
        if (alone) {
            out.leaf("title", title);
            out.open("style").raw(resource("picture.css")).close();
        }
        out.empty("rect", "class", "paper", "width", wide, "height", high);
        out.open("g", "class", "bands").raw(bands.toString()).close();
        out.open("g", "class", "wires", "aria-hidden", "true")
                .raw(lines.toString())
                .close();
        Markup top = new Markup();
        head.forEach(card -> card.write(top, picture));
        out.open("g", "class", "head").raw(top.toString()).close();
        out.open("g", "class", "cards").raw(cards.toString()).close();
        out.open("g", "class", "threads", "aria-hidden", "true")
                .raw(threads.toString())
                .close();
        out.open("g", "class", "labels").raw(labels.toString()).close();
        return out.close().toString();
    }

    /** Reads a resource of this package. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Sheet.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
