package dev.storyline.modeler.draw;

import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.modeler.draw.Board.Band;
import dev.storyline.modeler.draw.Board.Column;
import dev.storyline.modeler.draw.Board.Link;
import dev.storyline.modeler.draw.Board.Part;
import dev.storyline.modeler.draw.Board.Row;
import dev.storyline.modeler.draw.Board.Spot;
import dev.storyline.modeler.draw.Sheet.Sign;
import dev.storyline.modeler.draw.Wire.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Computes the position of every card of a storyboard. Lines run only in gutters between columns, in channels of some
 * rows, and down the free middle of a column, so lines cross each other but never a card. They go up on the left of a
 * column, and down in its middle or on its right. The layout computes heights first, then the lines of each gutter, then the
 * widths of the gutters.
 */
final class BoardLayout {
    private static final double LABEL = 150;
    private static final double GUTTER = 34;
    private static final double PART_GAP = 22;
    private static final double PAD = 13;
    private static final double STACK = 6;
    private static final double BETWEEN = 6;
    private static final double GATE_GAP = 16;

    private final Board board;
    private final TreeMap<Row, Strip> strips = new TreeMap<>();
    private final List<Channel> gutters = new ArrayList<>();
    private final Channel over = new Channel();
    private final Map<Card, String> names = new HashMap<>();
    private final Map<Integer, Double> gutterX = new HashMap<>();
    private final Map<Integer, Double> columnX = new HashMap<>();
    private double overY;
    private double right;
    private double bottom;

    /** The vertical extent of a row; its cards begin at {@code cards}. */
    private static final class Strip {
        double top;
        double cards;
        double height;
        double bottom;
        final Channel lane = new Channel();
        final Card label;

        Strip(Card label) {
            this.label = label;
        }
    }

    /** The route of a line between two cards. */
    private enum Route {
        MIDDLE,
        RIGHT,
        LEFT,
        NEXT,
        LANE,
        OVER
    }

    BoardLayout(Board board) {
        this.board = board;
        for (Column column : board.columns) {
            column.cells.forEach((row, cell) -> {
                strips.computeIfAbsent(row, any -> new Strip(label(any)));
                cell.forEach(card -> names.put(card, Integer.toString(names.size())));
            });
        }
        for (int i = 0; i <= board.columns.size(); i++) {
            gutters.add(new Channel());
        }
    }

    String draw(String picture, boolean alone) {
        heights();
        board.links.forEach(this::reserve);
        gutters.forEach(Channel::pack);
        widths();
        List<Card> headings = headings();
        Sheet sheet = new Sheet(
                "board",
                picture,
                board.models.size() == 1 ? board.models.getFirst().context() : "All contexts");
        double width = right + Sheet.MARGIN;
        double top = sheet.heading(width, about(), counts(), legend());
        double high = headings.stream().mapToDouble(Card::height).max().orElse(0);
        double heads = board.columns.stream()
                .mapToDouble(column -> column.head == null ? 0 : column.head.height())
                .max()
                .orElse(0);
        double shift = top + high + 8 + heads + 12;
        bands(sheet, shift);
        board.links.forEach(link -> sheet.line(wire(link, shift)));
        cards(sheet, headings, top, top + high + 8, shift);
        board.threads.forEach(thread -> sheet.thread(
                end(thread.from()),
                thread.from().card(),
                end(thread.to()),
                thread.to().card()));
        double told = strips.entrySet().stream()
                .filter(strip -> strip.getKey().band() == Band.SPECIFICATION)
                .mapToDouble(strip -> strip.getValue().top)
                .min()
                .orElse(bottom);
        sheet.fold(shift + told + Sheet.MARGIN);
        return sheet.finish(width, shift + bottom + Sheet.MARGIN, alone);
    }

    // Heights are relative to the top of the first row, which is 0 until the headings are known.

    private void heights() {
        for (Link link : board.links) {
            if (route(link) == Route.LANE) {
                strip(link.from())
                        .lane
                        .reserve(
                                name(link.from()),
                                link.from().column().index + 0.5,
                                link.to().column().index);
            } else if (route(link) == Route.OVER) {
                over.reserve(
                        name(link.from()),
                        link.from().column().index + 0.5,
                        link.to().column().index);
            }
        }
        over.pack();
        double y = 0;
        for (Map.Entry<Row, Strip> entry : strips.entrySet()) {
            Strip strip = entry.getValue();
            Band band = entry.getKey().band();
            strip.lane.pack();
            double high = band == Band.GATE ? 0 : strip.label.height() - 2 * PAD;
            for (Column column : board.columns) {
                high = Math.max(high, stack(column.cells.getOrDefault(entry.getKey(), List.of())));
            }
            strip.top = y;
            strip.cards = y + PAD;
            strip.height = high;
            double lane = strip.lane.count() == 0 ? 0 : strip.lane.breadth() + PAD;
            strip.bottom = strip.cards + high + (band == Band.GATE ? GATE_GAP - PAD : PAD) + lane;
            y = strip.bottom + (band == Band.GATE ? 0 : BETWEEN);
            if (band == Band.PROCESSOR && over.count() > 0) {
                overY = y + 8;
                y += over.breadth() + 18;
            }
        }
        bottom = y;
        for (Column column : board.columns) {
            column.cells.forEach((row, cell) -> {
                Strip strip = strip(row);
                double top = row.band() == Band.GATE ? strip.cards + strip.height - stack(cell) : strip.cards;
                for (Card card : cell) {
                    card.move(0, top);
                    top += card.height() + STACK;
                }
            });
        }
    }

    private static double stack(List<Card> cell) {
        return cell.stream().mapToDouble(card -> card.height() + STACK).sum() - (cell.isEmpty() ? 0 : STACK);
    }

    private Strip strip(Row row) {
        return Objects.requireNonNull(strips.get(row));
    }

    private Strip strip(Spot spot) {
        return strip(spot.row());
    }

    private String name(Spot spot) {
        return Objects.requireNonNull(names.get(spot.card()));
    }

    // Lines: their routes, their gutters, and their final positions.

    private static Route route(Link link) {
        Spot from = link.from();
        Spot to = link.to();
        int step = to.column().index - from.column().index;
        if (step == 0) {
            boolean down = from.row().compareTo(to.row()) < 0;
            return isFree(from, to, down) ? Route.MIDDLE : down ? Route.RIGHT : Route.LEFT;
        }
        if (from.card().look() == Card.Look.GEAR) {
            return Route.OVER;
        }
        return step == 1 ? Route.NEXT : Route.LANE;
    }

    /** Returns whether the space between two cards of one column is free. */
    private static boolean isFree(Spot from, Spot to, boolean down) {
        Spot upper = down ? from : to;
        Spot lower = down ? to : from;
        TreeMap<Row, List<Card>> cells = new TreeMap<>(from.column().cells);
        return cells.subMap(upper.row(), false, lower.row(), false).isEmpty()
                && Objects.requireNonNull(cells.get(upper.row())).getLast().equals(upper.card())
                && Objects.requireNonNull(cells.get(lower.row())).getFirst().equals(lower.card());
    }

    private void reserve(Link link) {
        Spot from = link.from();
        Spot to = link.to();
        double out = from.card().out();
        double in = to.card().in();
        switch (route(link)) {
            case MIDDLE -> {}
            case RIGHT -> gutter(from, 1).reserve("R" + name(from), out, in);
            case LEFT -> gutter(to, 0).reserve("L" + name(to), out, in);
            case NEXT -> gutter(to, 0).reserve("N" + name(to), out, in);
            case LANE -> {
                double lane = laneY(from);
                gutter(from, 1).reserve("S" + name(from), out, lane);
                gutter(to, 0).reserve("N" + name(to), lane, in);
            }
            case OVER -> gutter(to, 0).reserve("O" + name(to), overY + over.at(name(from)), in);
        }
    }

    private Channel gutter(Spot spot, int side) {
        return gutters.get(spot.column().index + side);
    }

    private double laneY(Spot spot) {
        Strip strip = strip(spot);
        return strip.cards + strip.height + PAD + strip.lane.at(name(spot));
    }

    private Wire wire(Link link, double shift) {
        Spot from = link.from();
        Spot to = link.to();
        Card a = from.card();
        Card b = to.card();
        List<Point> points = new ArrayList<>();
        boolean promised = a.look() == Card.Look.PUBLIC_EVENT;
        switch (route(link)) {
            case MIDDLE -> {
                double x = left(from.column()) + Board.BOX / 2;
                boolean down = from.row().compareTo(to.row()) < 0;
                points.add(new Point(x, down ? a.bottom() : a.y()));
                points.add(new Point(x, down ? b.y() : b.bottom()));
            }
            case RIGHT -> {
                double x = track(from, 1, "R" + name(from));
                add(points, a.right(), a.out(), x, b.in(), b.right());
            }
            case LEFT -> add(points, a.x(), a.out(), track(to, 0, "L" + name(to)), b.in(), b.x());
            case NEXT -> add(points, a.right(), a.out(), track(to, 0, "N" + name(to)), b.in(), b.x());
            case LANE -> {
                double lane = laneY(from);
                add(points, a.right(), a.out(), track(from, 1, "S" + name(from)), lane, track(to, 0, "N" + name(to)));
                points.add(new Point(points.getLast().x(), b.in()));
                points.add(new Point(b.x(), b.in()));
            }
            case OVER -> {
                double y = overY + over.at(name(from));
                // Beside the middle, because lines from below arrive in the middle.
                double x = a.middle() + 24;
                points.add(new Point(x, a.bottom()));
                add(points, x, y, track(to, 0, "O" + name(to)), b.in(), b.x());
            }
        }
        List<Point> placed = points.stream()
                .map(point -> new Point(point.x(), point.y() + shift))
                .toList();
        return new Wire(placed, promised ? "promised" : "");
    }

    /** Routes a line horizontally, vertically, horizontally. */
    private static void add(List<Point> points, double x, double y, double middle, double otherY, double otherX) {
        points.add(new Point(x, y));
        points.add(new Point(middle, y));
        points.add(new Point(middle, otherY));
        points.add(new Point(otherX, otherY));
    }

    private double track(Spot spot, int side, String key) {
        int index = spot.column().index + side;
        return Objects.requireNonNull(gutterX.get(index)) + gutters.get(index).at(key);
    }

    /** Returns the key of a card, or of its slice if the card has none. */
    private static String end(Spot spot) {
        Slice slice = spot.column().slice;
        return !spot.card().key().isEmpty() || slice == null ? spot.card().key() : Gaps.key(spot.column().model, slice);
    }

    // Widths.

    private void widths() {
        double x = Sheet.MARGIN + LABEL;
        for (int i = 0; i <= board.columns.size(); i++) {
            double wide = Math.max(GUTTER, gutters.get(i).breadth() + GUTTER - 8);
            boolean begins =
                    i > 0 && i < board.columns.size() && board.columns.get(i).part != board.columns.get(i - 1).part;
            gutterX.put(i, x + (begins ? PART_GAP : 0) + (wide - gutters.get(i).breadth()) / 2);
            x += wide + (begins ? PART_GAP : 0);
            if (i < board.columns.size()) {
                for (List<Card> cell : board.columns.get(i).cells.values()) {
                    for (Card card : cell) {
                        card.move(x, card.y());
                    }
                }
                Card head = board.columns.get(i).head;
                if (head != null) {
                    head.move(x - Card.PAD, 0);
                }
                columnX.put(i, x);
                x += Board.BOX;
            }
        }
        right = x;
    }

    private double left(Column column) {
        return Objects.requireNonNull(columnX.get(column.index));
    }

    private List<Card> headings() {
        List<Card> headings = new ArrayList<>();
        for (Part part : board.parts) {
            double from = left(board.columns.get(part.first())) - Card.PAD;
            double to = left(board.columns.get(part.last())) + Board.BOX + Card.PAD;
            Card card = new Card(Card.Look.CHAPTER, to - from)
                    .write(board.models.size() > 1 ? part.model().context() : "", Face.STRONG, "context", 2)
                    .write(part.name(), Face.CHAPTER, "", 4)
                    .write(part.about(), Face.BODY, "soft", 4);
            card.move(from, 0);
            headings.add(card);
        }
        return headings;
    }

    // Texts.

    private void bands(Sheet sheet, double shift) {
        double left = Sheet.MARGIN;
        double from = 0;
        boolean gate = false;
        for (Map.Entry<Row, Strip> entry : strips.entrySet()) {
            Strip strip = entry.getValue();
            Band band = entry.getKey().band();
            if (band == Band.GATE) {
                // Gatekeepers are in the same band as their commands.
                from = strip.top;
                gate = true;
                continue;
            }
            double top = gate ? from : strip.top;
            gate = false;
            if (band != Band.SPECIFICATION) {
                String style = switch (band) {
                    case EVENTS -> "events";
                    case PROMISED, FOREIGN -> "promised";
                    case ACTOR, PROCESSOR, GATE, STORY, SYSTEM, SPECIFICATION -> "";
                };
                sheet.band(style, left, top + shift, right - left, strip.bottom - top);
            }
            strip.label.move(left + 4, top + shift + 4);
            sheet.label(strip.label);
        }
    }

    private Card label(Row row) {
        boolean several = board.models.size() > 1;
        Card card = new Card(row.band() == Band.ACTOR ? Card.Look.ACTOR : Card.Look.LABEL, LABEL - 8);
        String context = several ? row.context() : "";
        return switch (row.band()) {
            case ACTOR -> card.write(row.name().isEmpty() ? "somebody" : row.name(), Face.NAME, "", 4);
            case PROCESSOR -> card.write("automations", Face.NAME, "", 2);
            case GATE -> card;
            case STORY -> card.write("commands and views", Face.NAME, "", 2);
            case EVENTS ->
                card.write(context, Face.STRONG, "context", 2)
                        .write(row.name().isEmpty() ? "events" : row.name(), Face.NAME, "", 3)
                        .write(row.name().isEmpty() ? "no stream yet" : "stream", Face.SMALL, "soft", 1);
            case PROMISED ->
                card.write(context, Face.STRONG, "context", 2)
                        .write("public events", Face.NAME, "", 2)
                        .write("promised to others", Face.SMALL, "soft", 2);
            case FOREIGN -> card.write(row.context(), Face.NAME, "", 2).write("another context", Face.SMALL, "soft", 2);
            case SYSTEM -> card.write(row.name(), Face.NAME, "", 3).write("external system", Face.SMALL, "soft", 2);
            case SPECIFICATION -> card.write("specifications", Face.NAME, "", 2);
        };
    }

    private void cards(Sheet sheet, List<Card> headings, double top, double heads, double shift) {
        int part = -1;
        for (Column column : board.columns) {
            if (column.part != part) {
                part = column.part;
                Card heading = headings.get(part);
                heading.move(heading.x(), top);
                sheet.card(heading);
            }
            Card head = column.head;
            if (head != null) {
                head.move(head.x(), heads);
                sheet.card(head);
            }
            column.cells
                    .values()
                    .forEach(cell -> cell.forEach(card -> {
                        card.move(card.x(), card.y() + shift);
                        sheet.card(card);
                    }));
        }
    }

    private String about() {
        return board.models.size() == 1 ? board.models.getFirst().about() : "";
    }

    private String counts() {
        int slices =
                board.models.stream().mapToInt(model -> model.slices().size()).sum();
        return count(slices, "slice")
                + ", "
                + count(board.models.stream().mapToInt(m -> m.commands().size()).sum(), "command")
                + ", "
                + count(sum(board.models), "event")
                + ", "
                + count(board.models.stream().mapToInt(m -> m.views().size()).sum(), "view");
    }

    private static int sum(List<Model> models) {
        return models.stream()
                .mapToInt(model -> model.events().size() + model.publicEvents().size())
                .sum();
    }

    private static String count(int number, String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    private static List<Sign> legend() {
        return List.of(
                new Sign(Card.Look.SCREEN, "screen of an actor"),
                new Sign(Card.Look.GEAR, "automation, translation"),
                new Sign(Card.Look.GATE, "gatekeeper"),
                new Sign(Card.Look.COMMAND, "command"),
                new Sign(Card.Look.VIEW, "view"),
                new Sign(Card.Look.EVENT, "event, private"),
                new Sign(Card.Look.PUBLIC_EVENT, "public event"),
                new Sign(Card.Look.EVENT, "copy, stands elsewhere", true),
                new Sign(Card.Look.SYSTEM, "external system"),
                new Sign(Card.Look.REJECTION, "rejection; ! what is missing"));
    }
}
