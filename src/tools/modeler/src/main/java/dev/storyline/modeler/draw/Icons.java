package dev.storyline.modeler.draw;

/** Small icons of lines. Coordinates are in pixels. */
final class Icons {
    private static final int TEETH = 8;

    private Icons() {}

    /** Draws a gear around this centre: an automation. */
    static void gear(Markup out, double x, double y) {
        StringBuilder path = new StringBuilder();
        for (int corner = 0; corner < TEETH * 4; corner++) {
            double angle = Math.PI * 2 * (corner - 0.5) / (TEETH * 4);
            double radius = corner % 4 < 2 ? 7.4 : 5.4;
            path.append(corner == 0 ? "M" : "L")
                    .append(Markup.number(x + radius * StrictMath.cos(angle)))
                    .append(' ')
                    .append(Markup.number(y + radius * StrictMath.sin(angle)));
        }
        out.empty("path", "class", "icon", "d", path + "Z");
        out.empty("circle", "class", "icon", "cx", Markup.number(x), "cy", Markup.number(y), "r", "2.2");
    }

    /** Draws a gate below this corner: a gatekeeper. */
    static void gate(Markup out, double x, double y) {
        String left = Markup.number(x);
        String path = "M" + left + " " + Markup.number(y + 13) + "V" + Markup.number(y + 5) + "Q" + left + " "
                + Markup.number(y) + " " + Markup.number(x + 6.5) + " " + Markup.number(y) + "Q"
                + Markup.number(x + 13) + " " + Markup.number(y) + " " + Markup.number(x + 13) + " "
                + Markup.number(y + 5) + "V" + Markup.number(y + 13);
        out.empty("path", "class", "icon", "d", path);
        String bars = "M" + Markup.number(x + 4.3) + " " + Markup.number(y + 1) + "V" + Markup.number(y + 13) + "M"
                + Markup.number(x + 8.7) + " " + Markup.number(y + 1) + "V" + Markup.number(y + 13) + "M" + left + " "
                + Markup.number(y + 6) + "H" + Markup.number(x + 13);
        out.empty("path", "class", "icon", "d", bars);
    }

    /** Draws a person above this corner: an actor. */
    static void person(Markup out, double x, double y) {
        out.empty("circle", "class", "icon", "cx", Markup.number(x + 7), "cy", Markup.number(y + 4), "r", "3.6");
        out.empty(
                "path",
                "class",
                "icon",
                "d",
                "M" + Markup.number(x) + " " + Markup.number(y + 16) + "Q" + Markup.number(x) + " "
                        + Markup.number(y + 9.5) + " " + Markup.number(x + 7) + " " + Markup.number(y + 9.5) + "Q"
                        + Markup.number(x + 14) + " " + Markup.number(y + 9.5) + " " + Markup.number(x + 14) + " "
                        + Markup.number(y + 16) + "Z");
    }

    /** Draws a storage icon below this corner. */
    static void layers(Markup out, double x, double y) {
        String top = "M" + Markup.number(x) + " " + Markup.number(y + 3) + "a6.5 3 0 0 1 13 0a6.5 3 0 0 1 -13 0";
        String side = "v8a6.5 3 0 0 0 13 0v-8";
        out.empty("path", "class", "icon", "d", top + side);
    }
}
