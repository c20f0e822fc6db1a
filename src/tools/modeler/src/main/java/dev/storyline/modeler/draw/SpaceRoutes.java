package dev.storyline.modeler.draw;

import dev.storyline.modeler.draw.Wire.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.DoubleSupplier;

/** The routes of lines between the layers of the spatial picture. Lines that share a route are drawn once. */
final class SpaceRoutes {
    /** How a line runs. */
    enum Way {
        /** In the common row of both cards. */
        STRAIGHT,
        /** All lines from one card share their route. */
        SPREAD,
        /** All lines to one card share their route. */
        GATHER,
        /** Above the context, from a gatekeeper to a view. */
        ABOVE
    }

    /**
     * A line between cards of two layers.
     *
     * @param late whether delivery is asynchronous and at least once
     * @param above the height of a line that runs above the context
     */
    private record Line(Card from, int fromLayer, Card to, int toLayer, boolean late, Way way, DoubleSupplier above) {}

    private final List<Channel> gutters = new ArrayList<>();
    private final List<Double> gutterX = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final Map<Card, String> names = new HashMap<>();

    /** Creates one gutter before each layer, and one behind the last layer. */
    SpaceRoutes(int layers) {
        for (int i = 0; i <= layers; i++) {
            gutters.add(new Channel());
        }
    }

    /** Registers a card that lines may lead to. */
    void name(Card card) {
        names.put(card, Integer.toString(names.size()));
    }

    /** Adds a line in the gutters between two layers. */
    void line(Card from, int fromLayer, Card to, int toLayer, boolean late, Way way) {
        lines.add(new Line(from, fromLayer, to, toLayer, late, way, () -> 0));
    }

    /** Adds a line that runs above the context, at a height that is known later. */
    void above(Card from, int fromLayer, Card to, int toLayer, DoubleSupplier height) {
        lines.add(new Line(from, fromLayer, to, toLayer, false, Way.ABOVE, height));
    }

    /** Assigns a place to each line. The cards must have their vertical positions. */
    void pack() {
        lines.forEach(this::reserve);
        gutters.forEach(Channel::pack);
    }

    /** Returns the width of the lines in the gutter before a layer. */
    double breadth(int layer) {
        return gutters.get(layer).breadth();
    }

    /** Sets the horizontal position of the next gutter. */
    void place(double x) {
        gutterX.add(x);
    }

    /** Returns the right end of the last gutter. */
    double right() {
        return gutterX.getLast() + gutters.getLast().breadth();
    }

    /** Returns all lines, moved down by the height of what stands above them. */
    List<Wire> wires(double shift) {
        return lines.stream().map(line -> wire(line, shift)).toList();
    }

    private String key(Line line) {
        return Objects.requireNonNull(names.get(
                switch (line.way) {
                    case GATHER -> line.to;
                    case STRAIGHT, SPREAD, ABOVE -> line.from;
                }));
    }

    private void reserve(Line line) {
        switch (line.way) {
            case STRAIGHT -> {}
            case SPREAD, GATHER -> gutters.get(gutter(line)).reserve(key(line), line.from.out(), line.to.in());
            case ABOVE -> {
                double height = line.above.getAsDouble();
                gutters.get(line.fromLayer + 1).reserve("A" + key(line), height, line.from.out());
                gutters.get(line.toLayer).reserve("B" + names.get(line.to), height, line.to.out());
            }
        }
    }

    private static int gutter(Line line) {
        return Math.max(line.fromLayer, line.toLayer);
    }

    private Wire wire(Line line, double shift) {
        List<Point> placed = points(line).stream()
                .map(point -> new Point(point.x(), point.y() + shift))
                .toList();
        return new Wire(placed, line.late ? "late" : line.way == Way.ABOVE ? "asks" : "");
    }

    private List<Point> points(Line line) {
        Card a = line.from;
        Card b = line.to;
        boolean onwards = line.fromLayer < line.toLayer;
        double out = onwards ? a.right() : a.x();
        double in = onwards ? b.x() : b.right();
        return switch (line.way) {
            case STRAIGHT -> List.of(new Point(out, a.in()), new Point(in, a.in()));
            case SPREAD, GATHER -> {
                double x = x(gutter(line), key(line));
                yield List.of(
                        new Point(out, a.out()), new Point(x, a.out()), new Point(x, b.in()), new Point(in, b.in()));
            }
            case ABOVE -> {
                double up = x(line.fromLayer + 1, "A" + key(line));
                double down = x(line.toLayer, "B" + names.get(b));
                double height = line.above.getAsDouble();
                yield List.of(
                        new Point(a.right(), a.out()),
                        new Point(up, a.out()),
                        new Point(up, height),
                        new Point(down, height),
                        new Point(down, b.out()),
                        new Point(b.x(), b.out()));
            }
        };
    }

    private double x(int gutter, String key) {
        return gutterX.get(gutter) + gutters.get(gutter).at(key);
    }
}
