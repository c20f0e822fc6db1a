package dev.storyline.modeler.draw;

import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import dev.storyline.modeler.draw.Sheet.Sign;
import dev.storyline.modeler.draw.SpaceRoutes.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays out the spatial picture: nine layers from left to right, contexts from top to bottom. On the left are state changes,
 * one row for each way into a command handler; in the middle the streams; on the right asynchronous results, one row for
 * each view and public event. Lines run in the gutters between layers, and above a context.
 */
final class Space {
    private static final double BOX = 178;
    private static final double GUTTER = 36;
    private static final double GAP = 12;
    private static final double INSET = 14;
    private static final double BOUNDARY = 12;

    private static final int FROM = 0;
    private static final int GATE = 1;
    private static final int HANDLER = 2;
    private static final int MODEL = 3;
    private static final int EVENTS = 4;
    private static final int REACTION = 5;
    private static final int VIEW = 6;
    private static final int QUERY = 7;
    private static final int READER = 8;
    private static final List<String> LAYERS = List.of(
            "clients, other contexts",
            "gatekeepers, translations",
            "command handlers",
            "command models",
            "private events",
            "projections, event handlers",
            "views, public events",
            "query handlers",
            "clients");

    private final Landscape landscape;
    private final List<Model> models;
    private final Cards cards;
    private final List<List<Card>> layers = new ArrayList<>();
    private final SpaceRoutes routes = new SpaceRoutes(LAYERS.size());
    private final List<Region> regions = new ArrayList<>();
    private final Map<String, Card> gateOf = new LinkedHashMap<>();
    private final Set<String> standing = new HashSet<>();
    private final List<Double> layerX = new ArrayList<>();

    /** The content of one context, in reading order. */
    private static final class Region {
        final Model model;
        final double top;
        final Card name;
        final Channel above = new Channel();
        final List<Card> inside = new ArrayList<>();
        final List<Boundary> boundaries = new ArrayList<>();
        final Map<String, Card> streams = new LinkedHashMap<>();
        double bottom;

        Region(Model model, double top) {
            this.model = model;
            this.top = top;
            name = new Card(Card.Look.LABEL, 3 * BOX).write(model.context(), Face.CHAPTER, "", 2);
        }

        /** Returns the position of the first line below the name. */
        double below() {
            return top + 3 + name.height();
        }
    }

    /** A consistency boundary: the handlers of one stream and its command model. */
    private record Boundary(double top, double bottom, Card label) {}

    Space(Landscape landscape, List<Model> models, Map<String, String> gaps) {
        this.landscape = landscape;
        this.models = models;
        cards = new Cards(landscape, gaps, BOX);
        for (int i = 0; i < LAYERS.size(); i++) {
            layers.add(new ArrayList<>());
        }
    }

    String draw(String picture, boolean alone) {
        double y = 0;
        for (Model model : models) {
            Region region = new Region(model, y);
            regions.add(region);
            y = region(region) + 26;
        }
        routes.pack();
        widths();
        String title = models.size() == 1 ? models.getFirst().context() : "All contexts";
        Sheet sheet = new Sheet("space", picture, title + ": where state lives");
        double width = routes.right() + Sheet.MARGIN;
        double top = sheet.heading(
                width,
                "Solid lines wait for an answer, purple ones ask a view; dashed lines deliver later, at least once. A dashed frame is"
                        + " as far as one decision reaches.",
                "",
                legend());
        double shift = headings(sheet, top);
        regions.forEach(region -> frame(sheet, region, shift));
        routes.wires(shift).forEach(sheet::line);
        for (Region region : regions) {
            for (Card card : region.inside) {
                card.move(card.x(), card.y() + shift);
                sheet.card(card);
            }
        }
        return sheet.finish(width, shift + y + Sheet.MARGIN, alone);
    }

    // Vertical positions.

    /** Adds a context below the present content. Returns its lower end. */
    private double region(Region region) {
        Model model = region.model;
        reads(model).forEach(key -> region.above.reserve(key, GATE, VIEW));
        region.above.pack();
        double begin = region.below() + 6 + (region.above.count() == 0 ? 0 : region.above.breadth() + GAP);
        double left = begin;
        for (String stream : streams(model)) {
            left = stream(region, stream, left);
        }
        double rightSide = begin;
        for (Slice slice : model.slices()) {
            if (reacts(slice)) {
                rightSide = reaction(region, slice, rightSide);
            }
        }
        for (Kind kind : List.of(Kind.VIEW, Kind.PUBLIC_EVENT)) {
            for (Element element : model.elements(kind).values()) {
                if (!standing.contains(Gaps.key(element))) {
                    rightSide = place(region, VIEW, stored(element), rightSide);
                }
            }
        }
        gates(region);
        region.bottom = Math.max(left, rightSide) + INSET - GAP;
        return region.bottom;
    }

    private static Set<String> streams(Model model) {
        Set<String> streams = new LinkedHashSet<>(model.streams().keySet());
        model.events().values().forEach(event -> streams.add(event.stream()));
        model.commands().values().forEach(command -> streams.add(command.stream()));
        return streams;
    }

    private static boolean reacts(Slice slice) {
        boolean after = !slice.publishes().isEmpty()
                || !slice.dispatches().isEmpty()
                || !slice.calls().isEmpty()
                || !slice.views().isEmpty();
        return after
                || (slice.command() == null
                        && (!slice.on().isEmpty() || !slice.processor().isEmpty()));
    }

    /** Adds the handlers of one stream with their callers, the command model and the events. */
    private double stream(Region region, String stream, double top) {
        Model model = region.model;
        String name = stream.isEmpty() ? "no stream yet" : stream;
        Card label = new Card(Card.Look.LABEL, 2 * BOX)
                .write("consistency boundary: one " + (stream.isEmpty() ? "stream" : stream), Face.SMALL, "soft", 2);
        double first = top + label.height();
        List<Card> handlers = new ArrayList<>();
        double y = first;
        for (Element command : model.commands().values()) {
            if (command.stream().equals(stream)) {
                Card handler = handler(region, command, y);
                handlers.add(handler);
                y = handler.bottom() + GAP;
            }
        }
        List<Element> events = model.events().values().stream()
                .filter(event -> event.stream().equals(stream))
                .toList();
        if (handlers.isEmpty() && events.isEmpty()) {
            return top;
        }
        Card log = new Card(Card.Look.FRAME, BOX).write(name, Face.NAME, "", 3);
        log.write("in order, one stream for each", Face.SMALL, "soft", 2).space(3);
        for (Element event : events) {
            standing.add(Gaps.key(event));
            log.put(cards.bare(event, BOX - 2 * Card.PAD)).space(5);
        }
        region.streams.put(stream, log);
        place(region, EVENTS, log, first);
        if (!handlers.isEmpty()) {
            Card state = new Card(Card.Look.MODEL, BOX)
                    .write(name, Face.NAME, "", 3)
                    .write("command model: each slice folds its own from the stream", Face.SMALL, "soft", 4);
            place(region, MODEL, state, first);
            handlers.forEach(handler -> routes.line(handler, HANDLER, state, MODEL, false, Way.GATHER));
            routes.line(state, MODEL, log, EVENTS, false, Way.GATHER);
            y = Math.max(y, state.bottom() + GAP);
            region.boundaries.add(new Boundary(top, y, label));
        }
        return Math.max(y, log.bottom() + GAP) + GAP;
    }

    /** Adds a command handler with the height of all its callers. */
    private Card handler(Region region, Element command, double top) {
        double y = top;
        List<Card> ways = new ArrayList<>();
        List<Integer> from = new ArrayList<>();
        List<Boolean> late = new ArrayList<>();
        for (Slice slice : region.model.slices()) {
            boolean handles = slice.command() != null
                    && command.equals(landscape.find(region.model, slice.command(), Kind.COMMAND));
            if (handles && isAsked(slice)) {
                Card client = client(slice);
                double bottom = place(region, FROM, client, y);
                ways.add(client);
                from.add(FROM);
                late.add(false);
                if (slice.gatekeeper() != null) {
                    Card gate = cards.gate(slice.gatekeeper(), BOX);
                    gateOf.put(Gaps.key(region.model, slice), gate);
                    bottom = Math.max(bottom, place(region, GATE, gate, y));
                    routes.line(client, FROM, gate, GATE, false, Way.STRAIGHT);
                    ways.set(ways.size() - 1, gate);
                    from.set(from.size() - 1, GATE);
                }
                y = bottom;
            }
            if (handles && !slice.on().isEmpty()) {
                y = translation(region, slice, y, ways);
                from.add(GATE);
                late.add(true);
            }
            boolean sends = slice.dispatches().stream()
                    .anyMatch(ref -> command.equals(landscape.find(region.model, ref, Kind.COMMAND)));
            if (sends) {
                Card copy = cards.gear(slice).again();
                name(copy, region.model, slice);
                y = place(region, GATE, copy, y);
                ways.add(copy);
                from.add(GATE);
                late.add(true);
            }
        }
        Card handler = cards.bare(command, BOX).write("command handler", Face.SMALL, "soft", 1);
        standing.add(Gaps.key(command));
        handler.atLeast(y - GAP - top);
        place(region, HANDLER, handler, top);
        for (int i = 0; i < ways.size(); i++) {
            routes.line(ways.get(i), from.get(i), handler, HANDLER, late.get(i), Way.STRAIGHT);
        }
        return handler;
    }

    /** Returns whether a caller waits for the command: a person, or a processor without a triggering event. */
    private static boolean isAsked(Slice slice) {
        boolean alone = !slice.processor().isEmpty() && slice.on().isEmpty();
        return !slice.actor().isEmpty() || !slice.screen().isEmpty() || slice.gatekeeper() != null || alone;
    }

    private Card client(Slice slice) {
        if (slice.actor().isEmpty()
                && slice.screen().isEmpty()
                && !slice.processor().isEmpty()) {
            return cards.gear(slice);
        }
        return new Card(Card.Look.ACTOR, BOX)
                .write(slice.actor().isEmpty() ? "somebody" : slice.actor(), Face.NAME, "", 3)
                .write(slice.screen(), Face.SMALL, "soft", 4);
    }

    private double translation(Region region, Slice slice, double top, List<Card> ways) {
        Card gear = cards.gear(slice);
        claim(gear, region.model, slice);
        double bottom = place(region, GATE, gear, top);
        double y = top;
        for (Ref ref : slice.on()) {
            Element event = landscape.find(region.model, ref, Kind.EVENT, Kind.PUBLIC_EVENT);
            if (event != null) {
                Card copy = copy(event);
                y = place(region, FROM, copy, y);
                routes.line(copy, FROM, gear, GATE, true, Way.GATHER);
            }
        }
        ways.add(gear);
        return Math.max(y, bottom);
    }

    /** Creates the card of an element from elsewhere in the picture, or from a context outside of it. */
    private Card copy(Element element) {
        boolean drawn = models.stream().anyMatch(model -> model.context().equals(element.context()));
        Card card = cards.bare(element, BOX).write("of " + element.context(), Face.SMALL, "soft", 2);
        if (drawn || !standing.add(Gaps.key(element))) {
            card.again();
        }
        return card;
    }

    /** Adds the asynchronous part of a slice: its projection or event handler, with its views, public events and calls. */
    private double reaction(Region region, Slice slice, double top) {
        boolean keeps = !slice.views().isEmpty();
        Card policy = keeps
                ? new Card(Card.Look.GEAR, BOX)
                        .write("Projection", Face.NAME, "", 1)
                        .write(Cards.joined("on ", slice.on()), Face.SMALL, "soft", 4)
                : cards.gear(slice);
        claim(policy, region.model, slice);
        double bottom = place(region, REACTION, policy, top);
        triggers(region, slice, policy);
        double y = top;
        for (Ref ref : slice.views()) {
            y = target(region, policy, landscape.find(region.model, ref, Kind.VIEW), y);
        }
        for (Ref ref : slice.publishes()) {
            y = target(region, policy, landscape.find(region.model, ref, Kind.PUBLIC_EVENT), y);
        }
        for (Ref ref : slice.dispatches()) {
            Element command = landscape.find(region.model, ref, Kind.COMMAND);
            if (command != null) {
                Card copy = copy(command);
                y = place(region, VIEW, copy, y);
                routes.line(policy, REACTION, copy, VIEW, true, Way.SPREAD);
            }
        }
        for (Ref ref : slice.calls()) {
            Card system = new Card(Card.Look.SYSTEM, BOX).write(ref.toString(), Face.NAME, "", 3);
            system.write("external system", Face.SMALL, "soft", 1);
            y = place(region, VIEW, system, y);
            routes.line(policy, REACTION, system, VIEW, false, Way.SPREAD);
        }
        if (keeps) {
            bottom = Math.max(bottom, query(region, slice, top));
        }
        return Math.max(bottom, y);
    }

    private double query(Region region, Slice slice, double top) {
        Card query = new Card(Card.Look.QUERY, BOX)
                .write(slice.name(), Face.NAME, "", 3)
                .write("query handler", Face.SMALL, "soft", 1);
        double bottom = place(region, QUERY, query, top);
        for (Ref ref : slice.views()) {
            Element view = landscape.find(region.model, ref, Kind.VIEW);
            region.inside.stream()
                    .filter(card -> view != null && card.key().equals(Gaps.key(view)))
                    .forEach(card -> routes.line(query, QUERY, card, VIEW, false, Way.GATHER));
        }
        if (!slice.actor().isEmpty()) {
            Card client = client(slice);
            bottom = Math.max(bottom, place(region, READER, client, top));
            routes.line(client, READER, query, QUERY, false, Way.STRAIGHT);
        }
        return bottom;
    }

    private double target(Region region, Card policy, @Nullable Element element, double y) {
        if (element == null) {
            return y;
        }
        boolean again = standing.contains(Gaps.key(element));
        Card card = stored(element);
        double bottom = place(region, VIEW, again ? card.again() : card, y);
        routes.line(policy, REACTION, card, VIEW, true, Way.SPREAD);
        return bottom;
    }

    private Card stored(Element element) {
        standing.add(Gaps.key(element));
        return cards.stored(element);
    }

    private void triggers(Region region, Slice slice, Card policy) {
        Set<Card> sources = new LinkedHashSet<>();
        for (Ref ref : slice.on()) {
            Element event = landscape.find(region.model, ref, Kind.EVENT);
            Card log = event == null ? null : region.streams.get(event.stream());
            if (log != null) {
                sources.add(log);
            }
        }
        sources.forEach(log -> routes.line(log, EVENTS, policy, REACTION, true, Way.SPREAD));
    }

    private List<String> reads(Model model) {
        List<String> reads = new ArrayList<>();
        for (Slice slice : model.slices()) {
            if (slice.gatekeeper() != null && !slice.gatekeeper().reads().isEmpty()) {
                reads.add(Gaps.key(model, slice));
            }
        }
        return reads;
    }

    /** Adds lines from gatekeepers to their views, after all views have positions. */
    private void gates(Region region) {
        for (Slice slice : region.model.slices()) {
            if (slice.gatekeeper() == null) {
                continue;
            }
            String key = Gaps.key(region.model, slice);
            Card gate = gateOf.get(key);
            for (Ref ref : slice.gatekeeper().reads()) {
                Element view = landscape.find(region.model, ref, Kind.VIEW);
                for (Card card : region.inside) {
                    if (view != null && gate != null && card.key().equals(Gaps.key(view))) {
                        routes.above(gate, GATE, card, VIEW, () -> region.below() + region.above.at(key));
                    }
                }
            }
        }
    }

    private void claim(Card card, Model model, Slice slice) {
        if (standing.add(Gaps.key(model, slice))) {
            name(card, model, slice);
        }
    }

    private static void name(Card card, Model model, Slice slice) {
        card.named(
                Gaps.key(model, slice),
                "slice",
                slice.name(),
                model.context(),
                "slice " + slice.name() + " of " + model.context(),
                slice.about());
    }

    private double place(Region region, int layer, Card card, double y) {
        card.move(0, y);
        Objects.requireNonNull(layers.get(layer)).add(card);
        region.inside.add(card);
        routes.name(card);
        return card.bottom() + GAP;
    }

    private void widths() {
        double x = Sheet.MARGIN;
        for (int i = 0; i < LAYERS.size(); i++) {
            double breadth = routes.breadth(i);
            double wide = Math.max(GUTTER, breadth + GUTTER - 8);
            double before = i == EVENTS ? BOUNDARY : 0;
            double after = i == HANDLER ? BOUNDARY : 0;
            routes.place(x + before + (wide - breadth) / 2);
            x += i == 0 ? 0 : before + wide + after;
            for (Card card : layers.get(i)) {
                card.move(x, card.y());
            }
            layerX.add(x);
            x += layers.get(i).isEmpty() ? 0 : BOX;
        }
        routes.place(x);
    }

    // Texts around the picture.

    private double headings(Sheet sheet, double top) {
        double bottom = top;
        for (int i = 0; i < LAYERS.size(); i++) {
            if (!layers.get(i).isEmpty()) {
                Card card = new Card(Card.Look.LABEL, BOX).write(LAYERS.get(i), Face.STRONG, "soft", 3);
                card.move(layerX.get(i) - Card.PAD, top);
                sheet.label(card);
                bottom = Math.max(bottom, card.bottom());
            }
        }
        return bottom + 6;
    }

    private void frame(Sheet sheet, Region region, double shift) {
        double left = layerX.get(GATE) - INSET;
        double right = layerX.get(READER) - (layers.get(READER).isEmpty() ? -INSET : GUTTER - INSET);
        sheet.band("context", left, region.top + shift, right - left, region.bottom - region.top);
        region.name.move(left + 6, region.top + shift + 3);
        sheet.label(region.name);
        double begin = layerX.get(HANDLER) - BOUNDARY;
        double end = layerX.get(MODEL) + BOX + BOUNDARY;
        for (Boundary boundary : region.boundaries) {
            sheet.band("boundary", begin, boundary.top + shift, end - begin, boundary.bottom - boundary.top);
            boundary.label.move(begin + 2, boundary.top + shift);
            sheet.label(boundary.label);
        }
    }

    private static List<Sign> legend() {
        return List.of(
                new Sign(Card.Look.GATE, "gatekeeper"),
                new Sign(Card.Look.COMMAND, "command handler"),
                new Sign(Card.Look.MODEL, "command model"),
                new Sign(Card.Look.EVENT, "event, private"),
                new Sign(Card.Look.GEAR, "projection, event handler"),
                new Sign(Card.Look.STORE, "view"),
                new Sign(Card.Look.QUERY, "query handler"),
                new Sign(Card.Look.PUBLIC_EVENT, "public event"),
                new Sign(Card.Look.PUBLIC_EVENT, "copy, stands elsewhere", true),
                new Sign(Card.Look.SYSTEM, "external system"));
    }
}
