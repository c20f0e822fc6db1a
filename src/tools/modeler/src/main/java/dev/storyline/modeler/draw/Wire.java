package dev.storyline.modeler.draw;

import java.util.List;

/**
 * A line of horizontal and vertical stretches with round corners and a tip at its end.
 *
 * @param points the corners, from the source to the tip
 * @param style the class in the style sheet
 */
record Wire(List<Point> points, String style) {
    private static final double RADIUS = 6;
    private static final double TIP = 6;

    /** A corner, in pixels. */
    record Point(double x, double y) {}

    Wire {
        points = List.copyOf(points);
    }

    void write(Markup out) {
        StringBuilder path = new StringBuilder("M" + pair(points.getFirst()));
        for (int i = 1; i < points.size() - 1; i++) {
            Point here = points.get(i);
            Point before = towards(here, points.get(i - 1));
            Point after = towards(here, points.get(i + 1));
            path.append("L")
                    .append(pair(before))
                    .append("Q")
                    .append(pair(here))
                    .append(" ")
                    .append(pair(after));
        }
        Point end = points.getLast();
        Point from = points.get(points.size() - 2);
        double dx = Math.signum(end.x - from.x);
        double dy = Math.signum(end.y - from.y);
        Point base = new Point(end.x - dx * TIP, end.y - dy * TIP);
        path.append("L").append(pair(base));
        out.empty("path", "class", "wire " + style, "d", path.toString());
        Point one = new Point(base.x - dy * TIP * 0.6, base.y + dx * TIP * 0.6);
        Point other = new Point(base.x + dy * TIP * 0.6, base.y - dx * TIP * 0.6);
        out.empty("path", "class", "tip " + style, "d", "M" + pair(end) + "L" + pair(one) + "L" + pair(other) + "Z");
    }

    /** Returns a point near a corner on the way to the next one, at most half of the way. */
    private static Point towards(Point here, Point there) {
        double length = Math.abs(there.x - here.x) + Math.abs(there.y - here.y);
        double step = Math.min(RADIUS, length / 2);
        return new Point(here.x + Math.signum(there.x - here.x) * step, here.y + Math.signum(there.y - here.y) * step);
    }

    private static String pair(Point point) {
        return Markup.number(point.x) + " " + Markup.number(point.y);
    }
}
