package dev.storyline.modeler.draw;

import dev.storyline.model.Chapter;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Screen;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The content of a storyboard before the layout: columns in story order, cards in rows, and links between cards. */
final class Board {
    /** The width of a card, in pixels. */
    static final double BOX = 204;

    /** The maximum length of a line. Longer links are threads, because a reader would see one end only. */
    static final int FARTHEST = 8;

    private static final int MOST_SPECIFICATIONS = 12;

    /** The rows from top to bottom. */
    enum Band {
        ACTOR,
        PROCESSOR,
        GATE,
        STORY,
        EVENTS,
        PROMISED,
        FOREIGN,
        SYSTEM,
        SPECIFICATION
    }

    /** One row. Rows of a band are ordered by context and name. */
    record Row(Band band, int order, String context, String name) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            // The lanes of one context are adjacent: first its streams, then its public events.
            boolean lanes = isLane() && other.isLane();
            int byBand = lanes ? 0 : band.compareTo(other.band);
            if (byBand != 0) {
                return byBand;
            }
            int byOrder = Integer.compare(order, other.order);
            return byOrder != 0 ? byOrder : (context + "/" + name).compareTo(other.context + "/" + other.name);
        }

        private boolean isLane() {
            return band == Band.EVENTS || band == Band.PROMISED;
        }
    }

    /** One column: a slice, or elements that no slice uses yet. */
    static final class Column {
        final Model model;
        final @Nullable Slice slice;
        final int index;
        final int part;
        final Map<Row, List<Card>> cells = new TreeMap<>();

        @Nullable
        Card head;

        Column(Model model, @Nullable Slice slice, int index, int part) {
            this.model = model;
            this.slice = slice;
            this.index = index;
            this.part = part;
        }

        Card put(Row row, Card card) {
            cells.computeIfAbsent(row, any -> new ArrayList<>()).add(card);
            return card;
        }

        /** Returns the first card in this band, or null. */
        @Nullable
        Card first(Band band) {
            for (Map.Entry<Row, List<Card>> cell : cells.entrySet()) {
                if (cell.getKey().band() == band) {
                    return cell.getValue().getFirst();
                }
            }
            return null;
        }

        List<Card> all(Band band) {
            return cells.entrySet().stream()
                    .filter(cell -> cell.getKey().band() == band)
                    .flatMap(cell -> cell.getValue().stream())
                    .toList();
        }
    }

    /** A heading above adjacent columns. */
    record Part(Model model, String name, String about, int first, int last) {}

    /** A card in its column and row. */
    record Spot(Column column, Row row, Card card) {}

    /** A link between two cards. */
    record Link(Spot from, Spot to) {}

    final List<Model> models;
    final List<Column> columns = new ArrayList<>();
    final List<Part> parts = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    /** Links that a picture shows only where somebody points at one of their ends. */
    final List<Link> threads = new ArrayList<>();

    private final Landscape landscape;
    private final boolean scenarios;
    private final Cards cards;
    private final Map<String, Spot> first = new HashMap<>();
    private final List<String> actors = new ArrayList<>();

    Board(Landscape landscape, List<Model> models, Map<String, String> gaps, boolean scenarios) {
        this.landscape = landscape;
        this.scenarios = scenarios;
        List<StoryOrder.Part> story = StoryOrder.told(models);
        // Lanes are ordered by the first appearance of their contexts in the story.
        this.models = Stream.concat(story.stream().map(StoryOrder.Part::model), models.stream())
                .distinct()
                .toList();
        cards = new Cards(landscape, gaps, BOX);
        for (StoryOrder.Part part : story) {
            chapter(part.model(), part.chapter());
        }
        models.forEach(this::rest);
        for (Column column : List.copyOf(columns)) {
            if (column.slice != null) {
                within(column);
                across(column, column.slice);
            }
        }
    }

    private void chapter(Model model, Chapter chapter) {
        int begin = columns.size();
        for (Slice slice : chapter.slices()) {
            Column column = new Column(model, slice, columns.size(), parts.size());
            columns.add(column);
            fill(column, slice);
        }
        if (chapter.slices().isEmpty()) {
            Column column = new Column(model, null, columns.size(), parts.size());
            column.head = new Card(Card.Look.SLICE, BOX).mark("no slices yet");
            columns.add(column);
        }
        parts.add(new Part(model, chapter.name(), chapter.about(), begin, columns.size() - 1));
    }

    private void fill(Column column, Slice slice) {
        Model model = column.model;
        column.head = cards.slice(model, slice, column.index + 1);
        Set<String> shown = new LinkedHashSet<>();
        for (Ref ref : slice.views()) {
            Element view = landscape.find(model, ref, Kind.VIEW);
            if (view != null) {
                view.fields().forEach(field -> shown.add(field.name()));
            }
        }
        for (Screen screen : slice.screens()) {
            column.put(actorRow(slice.actor()), cards.screen(screen, shown));
        }
        if (slice.screens().isEmpty() && !slice.actor().isEmpty()) {
            column.put(actorRow(slice.actor()), cards.screenless(isAutomatic(slice)));
        }
        if (isAutomatic(slice)) {
            column.put(new Row(Band.PROCESSOR, 0, "", ""), cards.gear(slice));
        }
        if (slice.gatekeeper() != null) {
            column.put(new Row(Band.GATE, 0, "", ""), cards.gate(slice.gatekeeper(), BOX - 26));
        }
        if (slice.command() != null) {
            element(column, storyRow(), slice.command(), "", Kind.COMMAND);
        }
        for (Ref view : slice.views()) {
            element(column, storyRow(), view, Cards.joined("from ", slice.on()), Kind.VIEW);
        }
        for (Ref event : slice.events()) {
            element(column, null, event, "", Kind.EVENT);
        }
        for (Ref event : slice.publishes()) {
            element(column, null, event, "", Kind.PUBLIC_EVENT);
        }
        for (Ref system : slice.calls()) {
            Row row = new Row(Band.SYSTEM, 0, "", system.toString());
            column.put(row, new Card(Card.Look.SYSTEM, BOX).write(system.toString(), Face.NAME, "", 3));
        }
        if (scenarios) {
            scenarios(column, slice);
        }
    }

    private void scenarios(Column column, Slice slice) {
        Model model = column.model;
        Row below = new Row(Band.SPECIFICATION, 0, "", "");
        slice.specifications().stream()
                .limit(MOST_SPECIFICATIONS)
                .forEach(specification -> column.put(below, cards.specification(model, slice, specification)));
        int more = slice.specifications().size() - MOST_SPECIFICATIONS;
        if (more > 0) {
            column.put(
                    below,
                    new Card(Card.Look.SPECIFICATION, BOX)
                            .write("and " + more + " more specifications", Face.BODY, "soft", 2));
        }
    }

    private static boolean isAutomatic(Slice slice) {
        boolean acts = slice.command() != null
                || !slice.dispatches().isEmpty()
                || !slice.publishes().isEmpty()
                || !slice.calls().isEmpty();
        return !slice.processor().isEmpty()
                || slice.todo() != null
                || !slice.every().isEmpty()
                || slice.pattern() == Pattern.AUTOMATION
                || slice.pattern() == Pattern.TRANSLATION
                || (!slice.on().isEmpty() && acts);
    }

    private Row actorRow(String actor) {
        if (!actors.contains(actor)) {
            actors.add(actor);
        }
        return new Row(Band.ACTOR, actors.indexOf(actor), "", actor);
    }

    private static Row storyRow() {
        return new Row(Band.STORY, 0, "", "");
    }

    private Row laneOf(Model model, Element element) {
        return switch (element.kind()) {
            case COMMAND, VIEW -> storyRow();
            case EVENT -> streamRow(model, element.stream());
            case PUBLIC_EVENT -> promisedRow(model);
        };
    }

    private Row streamRow(Model model, String stream) {
        int place = List.copyOf(model.streams().keySet()).indexOf(stream);
        return new Row(
                Band.EVENTS,
                models.indexOf(model) * 10_000 + (place < 0 ? 9_000 : Math.min(place, 8_999)),
                model.context(),
                stream);
    }

    private Row promisedRow(Model model) {
        return new Row(Band.PROMISED, models.indexOf(model) * 10_000 + 9_999, model.context(), "");
    }

    /** Adds an element to a column: the first time as the original, later as a copy. */
    private void element(Column column, @Nullable Row row, Ref ref, String sources, Kind kind) {
        Element element = landscape.find(column.model, ref, kind);
        if (element == null) {
            Row there =
                    row != null ? row : kind == Kind.EVENT ? streamRow(column.model, "") : promisedRow(column.model);
            column.put(there, cards.unknown(kind, ref));
            return;
        }
        Model home = Objects.requireNonNull(landscape.models().get(element.context()));
        Row there = row != null ? row : models.contains(home) ? laneOf(home, element) : foreignRow(home);
        Spot stands = first.get(Gaps.key(element));
        if (stands == null) {
            Card card = column.put(there, cards.element(element, sources));
            first.put(Gaps.key(element), new Spot(column, there, card));
        } else if (!stands.column().equals(column)) {
            column.put(there, cards.again(element, again(stands)));
        }
    }

    private static String again(Spot stands) {
        Column column = stands.column();
        return column.slice == null
                ? "again; in no slice yet"
                : "again, from " + (column.index + 1) + " · " + column.slice.name();
    }

    private static Row foreignRow(Model home) {
        return new Row(Band.FOREIGN, 0, home.context(), "");
    }

    /** Adds the elements that no slice uses yet at the end, in the order of the file. */
    private void rest(Model model) {
        Map<Row, List<Element>> left = new TreeMap<>();
        for (Element element : model.elements()) {
            if (!first.containsKey(Gaps.key(element))) {
                left.computeIfAbsent(laneOf(model, element), any -> new ArrayList<>())
                        .add(element);
            }
        }
        int most = left.values().stream().mapToInt(List::size).max().orElse(0);
        int begin = columns.size();
        for (int i = 0; i < most; i++) {
            Column column = new Column(model, null, columns.size(), parts.size());
            columns.add(column);
            for (Map.Entry<Row, List<Element>> lane : left.entrySet()) {
                if (i < lane.getValue().size()) {
                    Element element = lane.getValue().get(i);
                    Card card = column.put(lane.getKey(), cards.element(element, ""));
                    first.put(Gaps.key(element), new Spot(column, lane.getKey(), card));
                }
            }
        }
        if (most > 0) {
            String name = model.slices().isEmpty() ? "Collected" : "In no slice yet";
            parts.add(new Part(model, name, "", begin, columns.size() - 1));
        }
    }

    /** Adds links within a column. */
    private void within(Column column) {
        Spot screen = spot(column, Band.ACTOR);
        Spot gear = spot(column, Band.PROCESSOR);
        Spot gate = spot(column, Band.GATE);
        List<Spot> story = spots(column, Band.STORY);
        Spot command = story.stream()
                .filter(spot -> spot.card().look() == Card.Look.COMMAND)
                .findFirst()
                .orElse(null);
        Spot view = story.stream()
                .filter(spot -> spot.card().look() == Card.Look.VIEW)
                .findFirst()
                .orElse(null);
        for (Spot each : spots(column, Band.ACTOR)) {
            link(each, gate != null ? gate : command);
            link(view, each);
        }
        link(gate, command);
        // An automation does not pass the gatekeeper, unless the slice has no other user.
        link(gear, screen == null && gate != null ? gate : command);
        Spot acting = command != null ? command : gear;
        Set<Row> seen = new LinkedHashSet<>();
        for (Spot event : spots(column, Band.EVENTS)) {
            // One line to the first card of a stack stands for all of them.
            if (seen.add(event.row())) {
                link(acting, event);
            }
        }
        Spot telling = gear != null ? gear : command;
        spots(column, Band.PROMISED).forEach(event -> link(telling, event));
        spots(column, Band.SYSTEM).forEach(system -> link(telling, system));
    }

    private static @Nullable Spot spot(Column column, Band band) {
        List<Spot> spots = spots(column, band);
        return spots.isEmpty() ? null : spots.getFirst();
    }

    private static List<Spot> spots(Column column, Band band) {
        List<Spot> spots = new ArrayList<>();
        column.cells.forEach((row, cell) -> {
            if (row.band() == band) {
                cell.forEach(card -> spots.add(new Spot(column, row, card)));
            }
        });
        return spots;
    }

    private void link(@Nullable Spot from, @Nullable Spot to) {
        if (from != null && to != null) {
            links.add(new Link(from, to));
        }
    }

    /** Adds links between columns: triggers of a slice, and commands that it dispatches. */
    private void across(Column column, Slice slice) {
        Spot gear = spot(column, Band.PROCESSOR);
        Spot view = spots(column, Band.STORY).stream()
                .filter(spot -> spot.card().look() == Card.Look.VIEW)
                .findFirst()
                .orElse(null);
        Spot target = gear != null ? gear : view;
        for (Ref ref : slice.on()) {
            Element element = landscape.find(column.model, ref, Kind.EVENT, Kind.PUBLIC_EVENT);
            if (target != null && element != null) {
                trigger(column, element, target);
            }
        }
        for (Ref ref : slice.dispatches()) {
            Spot command = spot(column.model, ref, Kind.COMMAND);
            if (command != null && gear != null) {
                reach(gear, command);
            }
        }
        read(column, slice, gear);
    }

    /** Adds links from the views that a processor, a gatekeeper or a screen of the column reads. */
    private void read(Column column, Slice slice, @Nullable Spot gear) {
        Spot gate = spot(column, Band.GATE);
        if (slice.todo() != null && gear != null) {
            read(column, slice.todo(), gear);
        }
        if (slice.gatekeeper() != null && gate != null) {
            slice.gatekeeper().reads().forEach(ref -> read(column, ref, gate));
        }
        List<Spot> screens = spots(column, Band.ACTOR);
        for (int i = 0; i < slice.screens().size(); i++) {
            Spot screen = screens.get(i);
            slice.screens().get(i).fields().stream()
                    .flatMap(field -> Stream.concat(field.from().stream(), field.computed().stream()))
                    .map(Ref::whole)
                    .distinct()
                    .forEach(ref -> read(column, ref, screen));
        }
    }

    private void read(Column column, Ref ref, Spot reader) {
        Spot view = spot(column.model, ref, Kind.VIEW);
        if (view != null && !view.column().equals(column)) {
            reach(view, reader);
        }
    }

    private @Nullable Spot spot(Model model, Ref ref, Kind kind) {
        Element element = landscape.find(model, ref, kind);
        return element == null ? null : first.get(Gaps.key(element));
    }

    /** Adds a line where a reader sees both ends, else a thread. */
    private void reach(Spot from, Spot to) {
        boolean near = Math.abs(to.column().index - from.column().index) <= FARTHEST;
        (near ? links : threads).add(new Link(from, to));
    }

    private void trigger(Column column, Element element, Spot target) {
        Spot near = column.index == 0 ? null : find(columns.get(column.index - 1), Gaps.key(element));
        Spot stands = first.get(Gaps.key(element));
        boolean shows = target.card().look() == Card.Look.VIEW;
        boolean open = element.kind() == Kind.PUBLIC_EVENT;
        if (near != null) {
            link(near, target);
        } else if (stands != null && open && Math.abs(stands.column().index - column.index) <= FARTHEST) {
            link(stands, target);
        } else if (stands == null || !shows) {
            Model home = Objects.requireNonNull(landscape.models().get(element.context()));
            Row row = models.contains(home) ? laneOf(home, element) : foreignRow(home);
            Spot here = find(column, Gaps.key(element));
            if (here == null) {
                Card copy = stands == null
                        ? cards.element(element, "of " + element.context())
                        : cards.again(element, again(stands));
                here = new Spot(column, row, column.put(row, copy));
                if (stands == null) {
                    first.put(Gaps.key(element), here);
                }
            }
            link(here, target);
        } else {
            threads.add(new Link(stands, target));
        }
    }

    private static @Nullable Spot find(Column column, String key) {
        for (Map.Entry<Row, List<Card>> cell : column.cells.entrySet()) {
            for (Card card : cell.getValue()) {
                if (card.key().equals(key)) {
                    return new Spot(column, cell.getKey(), card);
                }
            }
        }
        return null;
    }
}
