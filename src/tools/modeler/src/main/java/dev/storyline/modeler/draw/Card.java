package dev.storyline.modeler.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A box with lines of text and nested boxes. It grows downwards with its content. */
final class Card {
    /** The kind of a card. The style sheet uses the same word. */
    enum Look {
        EVENT,
        PUBLIC_EVENT,
        COMMAND,
        VIEW,
        SCREEN,
        GEAR,
        GATE,
        SYSTEM,
        MODEL,
        STORE,
        QUERY,
        SPECIFICATION,
        REJECTION,
        NOTHING,
        SLICE,
        CHAPTER,
        TITLE,
        LABEL,
        ACTOR,
        LEGEND,
        FRAME,
        INPUT,
        BUTTON,
        HOTSPOT,
        QUESTION,
        COMMENT,
        MAP_CONTEXT;

        String css() {
            // A stored view has the style of a view.
            return this == STORE ? VIEW.css() : name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The space between border and text, in pixels. */
    static final double PAD = 9;

    private static final double ICON = 20;
    private static final double BAR = 13;
    private static final double SWATCH = 24;
    private static final double SWATCH_HEIGHT = 18;

    private record Line(String text, Face face, String style, double x, double y) {}

    private final Look look;
    private final double width;
    private double height;
    private double x;
    private double y;
    private final double indent;
    private final List<Line> lines = new ArrayList<>();
    private final List<Card> inner = new ArrayList<>();
    private String key = "";
    private String name = "";
    private String context = "";
    private String kind = "";
    private String label = "";
    private String about = "";
    private String mark = "";
    private boolean again;
    private boolean still;
    private boolean swatch;

    Card(Look look, double width) {
        this.look = look;
        this.width = width;
        height = PAD;
        if (look == Look.SCREEN) {
            height += BAR;
        }
        indent = switch (look) {
            case GEAR, GATE, ACTOR, MODEL, STORE -> PAD + ICON;
            case EVENT,
                    PUBLIC_EVENT,
                    COMMAND,
                    VIEW,
                    SCREEN,
                    SYSTEM,
                    QUERY,
                    SPECIFICATION,
                    REJECTION,
                    NOTHING,
                    SLICE,
                    CHAPTER,
                    TITLE,
                    LABEL,
                    LEGEND,
                    FRAME,
                    INPUT,
                    BUTTON,
                    HOTSPOT,
                    QUESTION,
                    COMMENT,
                    MAP_CONTEXT -> PAD;
        };
    }

    /** Creates a card of the legend, which shows the style only. */
    static Card swatch(Look look) {
        Card card = new Card(look, SWATCH);
        card.swatch = true;
        return card;
    }

    /** Makes the card selectable: its name, its context, and its description for screen readers. */
    Card named(String key, String kind, String name, String context, String label, String about) {
        this.key = key;
        this.kind = kind;
        this.name = name;
        this.context = context;
        this.label = label;
        this.about = about;
        return this;
    }

    /** Marks the card as a copy of another one. */
    Card again() {
        again = true;
        return this;
    }

    /** Marks the card of a context that does not run. */
    Card still() {
        still = true;
        return this;
    }

    /** Adds a gap in red, one sentence; nothing for an empty sentence. */
    Card mark(String sentence) {
        mark = sentence;
        return sentence.isEmpty() ? this : write("! " + sentence, Face.SMALL, "gap", 4);
    }

    /** Adds text below the present content; nothing for an empty text. */
    Card write(String text, Face face, String style, int mostLines) {
        if (text.isBlank()) {
            return this;
        }
        for (String line : Letters.wrap(text, face, width - indent - PAD, mostLines)) {
            lines.add(new Line(line, face, style, indent, height + face.size() * 0.95));
            height += face.line();
        }
        return this;
    }

    /** Adds space below the present content. */
    Card space(double pixels) {
        height += pixels;
        return this;
    }

    /** Adds a nested card below the present content. */
    Card put(Card card) {
        card.move(indent, height);
        inner.add(card);
        height += card.height();
        return this;
    }

    /** Sets the minimum height, for cards of one row. */
    Card atLeast(double pixels) {
        height = Math.max(height, pixels - PAD);
        return this;
    }

    /** Moves the card with its content. */
    void move(double left, double top) {
        for (Card card : inner) {
            card.move(card.x - x + left, card.y - y + top);
        }
        x = left;
        y = top;
    }

    Look look() {
        return look;
    }

    String key() {
        return key;
    }

    String name() {
        return name;
    }

    double width() {
        return width;
    }

    /** Returns the width between the borders. */
    double inside() {
        return width - indent - PAD;
    }

    double height() {
        return swatch ? SWATCH_HEIGHT : height + PAD - 2;
    }

    double x() {
        return x;
    }

    double y() {
        return y;
    }

    double right() {
        return x + width;
    }

    double bottom() {
        return y + height();
    }

    double middle() {
        return x + width / 2;
    }

    /** Returns the point where lines arrive at the side. */
    double in() {
        return y + height() * 0.36;
    }

    /** Returns the point where lines leave at the side. */
    double out() {
        return y + height() * 0.7;
    }

    /** Writes the card. The ids of selectable cards begin with the name of the picture. */
    void write(Markup out, String picture) {
        open(out, picture);
        if (!about.isEmpty()) {
            out.leaf("title", about);
        }
        shape(out);
        for (Line line : lines) {
            out.leaf(
                    "text",
                    line.text,
                    "class",
                    (line.face.css() + " " + line.style).strip(),
                    "x",
                    Markup.number(x + line.x),
                    "y",
                    Markup.number(y + line.y));
        }
        for (Card card : inner) {
            card.write(out, picture);
        }
        if (!mark.isEmpty()) {
            badge(out);
        }
        out.close();
    }

    /** Opens the group of the card, or the link of a copy. */
    private void open(Markup out, String picture) {
        String style = "card " + look.css() + (again ? " again" : "") + (still ? " still" : "")
                + (mark.isEmpty() ? "" : " marked");
        boolean link = again && !key.isEmpty();
        if (key.isEmpty()) {
            out.open("g", "class", style);
        } else if (link) {
            out.open(
                    "a",
                    "class",
                    style,
                    "href",
                    "#" + id(picture, key),
                    "data-key",
                    key,
                    "data-again",
                    "yes",
                    "aria-label",
                    label + ", copy");
        } else {
            out.open(
                    "g",
                    "class",
                    style,
                    "id",
                    id(picture, key),
                    "data-key",
                    key,
                    "data-kind",
                    kind,
                    "data-name",
                    name,
                    "data-context",
                    context,
                    "tabindex",
                    "0",
                    "role",
                    "button",
                    "aria-label",
                    label);
        }
    }

    private void shape(Markup out) {
        boolean soft = !swatch && (look == Look.SCREEN || look == Look.SPECIFICATION || look == Look.FRAME);
        out.box("box", x, y, width, height(), soft ? 7 : 4);
        double edge = swatch ? 5 : PAD;
        switch (look) {
            case SCREEN -> {
                double bar = y + (swatch ? 6 : BAR);
                out.empty("path", "class", "trim", "d", "M" + at(x) + at(bar) + "H" + Markup.number(right()));
                for (int dot = 0; dot < 3 && !swatch; dot++) {
                    out.empty(
                            "circle",
                            "class",
                            "dot",
                            "cx",
                            Markup.number(x + 9 + dot * 7),
                            "cy",
                            Markup.number(y + BAR / 2),
                            "r",
                            "2");
                }
            }
            case CHAPTER ->
                out.empty("path", "class", "rule", "d", "M" + at(x + PAD) + at(y) + "H" + Markup.number(right() - PAD));
            case GEAR -> Icons.gear(out, swatch ? x + width / 2 : x + PAD + 6, y + edge + (swatch ? 4 : 7));
            case GATE -> Icons.gate(out, x + edge, swatch ? y + 2.5 : y + PAD + 1);
            case ACTOR -> Icons.person(out, x + PAD - 2, y + PAD - 2);
            case MODEL, STORE -> Icons.layers(out, x + edge, swatch ? y + 2 : y + PAD);
            case EVENT,
                    PUBLIC_EVENT,
                    COMMAND,
                    VIEW,
                    SYSTEM,
                    QUERY,
                    SPECIFICATION,
                    REJECTION,
                    NOTHING,
                    SLICE,
                    TITLE,
                    LABEL,
                    LEGEND,
                    FRAME,
                    INPUT,
                    BUTTON,
                    HOTSPOT,
                    QUESTION,
                    COMMENT,
                    MAP_CONTEXT -> {}
        }
    }

    private void badge(Markup out) {
        out.empty("circle", "class", "badge", "cx", Markup.number(right() - 3), "cy", Markup.number(y + 3), "r", "8");
        out.leaf(
                "text",
                "!",
                "class",
                "f-strong badge-text",
                "aria-hidden",
                "true",
                "x",
                Markup.number(right() - 3),
                "y",
                Markup.number(y + 7));
    }

    private static String at(double value) {
        return Markup.number(value) + " ";
    }

    /** Returns the id of a selectable card: letters and digits stay, other characters become their code. */
    static String id(String picture, String key) {
        StringBuilder id = new StringBuilder(picture).append('.');
        key.codePoints().forEach(point -> {
            if (point < 0x7F && (Character.isLetterOrDigit(point) || point == '-' || point == '_')) {
                id.appendCodePoint(point);
            } else if (point == '/' || point == ':') {
                id.append('.');
            } else {
                id.append(".x").append(Integer.toHexString(point)).append('.');
            }
        });
        return id.toString();
    }
}
