package dev.storyline.modeler.draw;

import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Ref;
import dev.storyline.model.Slice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The map of contexts: one card for each, and an arrow for each that reacts to public events of another. */
final class ContextMap {
    private static final double BOX = 252;
    private static final double ACROSS = 96;
    private static final double BELOW = 34;
    private static final int MOST_EVENTS = 6;

    private final Landscape landscape;
    private final Set<String> running;
    /** The public events that one context hears of another, by both contexts. */
    private final Map<String, Map<String, Set<String>>> heard = new LinkedHashMap<>();

    private ContextMap(Landscape landscape, Set<String> running) {
        this.landscape = landscape;
        this.running = running;
        for (Model model : landscape.models().values()) {
            for (Slice slice : model.slices()) {
                for (Ref ref : slice.on()) {
                    boolean foreign = !ref.context().isEmpty() && !ref.context().equals(model.context());
                    if (foreign && landscape.models().containsKey(ref.context())) {
                        heard.computeIfAbsent(ref.context(), key -> new LinkedHashMap<>())
                                .computeIfAbsent(model.context(), key -> new LinkedHashSet<>())
                                .add(ref.element());
                    }
                }
            }
        }
    }

    /** Draws the contexts; those that do not run are pale. */
    static String draw(Landscape landscape, Set<String> running, String picture) {
        return new ContextMap(landscape, running).draw(picture);
    }

    private String draw(String picture) {
        List<List<Model>> columns = columns();
        Sheet sheet = new Sheet("map", picture, "Contexts");
        double width = 2 * Sheet.MARGIN + columns.size() * BOX + Math.max(0, columns.size() - 1) * ACROSS;
        double top = sheet.heading(
                width,
                "An arrow leads to the context that hears of what another one promises. Press a context to see its story.",
                "",
                List.of());
        Map<String, Card> cards = new HashMap<>();
        double bottom = top;
        double x = Sheet.MARGIN;
        for (List<Model> column : columns) {
            double y = top;
            for (Model model : column) {
                Card card = card(model);
                card.move(x, y);
                cards.put(model.context(), card);
                y = card.bottom() + BELOW;
            }
            bottom = Math.max(bottom, y - BELOW);
            x += BOX + ACROSS;
        }
        heard.forEach((from, targets) -> targets.forEach((to, events) -> {
            Card source = cards.get(from);
            Card target = cards.get(to);
            if (source != null && target != null) {
                sheet.flow(source, target);
            }
        }));
        cards.values().stream().sorted(Comparator.comparing(Card::name)).forEach(sheet::card);
        return sheet.finish(width, bottom + Sheet.MARGIN, false);
    }

    private Card card(Model model) {
        String context = model.context();
        boolean runs = running.contains(context);
        Card card = new Card(Card.Look.MAP_CONTEXT, BOX)
                .named(
                        "context/" + context,
                        "context",
                        context,
                        context,
                        "context " + context + (runs ? "" : ", does not run here"),
                        model.about())
                .write(context, Face.CHAPTER, "", 2)
                .write(model.about(), Face.BODY, "", 4)
                .write(
                        model.slices().size() + " slices" + (runs ? "" : " \u00b7 does not run here"),
                        Face.SMALL,
                        "soft",
                        1);
        heard.getOrDefault(context, Map.of())
                .forEach((to, events) -> card.space(3).write("tells " + to + ": " + words(events), Face.SMALL, "", 3));
        return runs ? card : card.still();
    }

    private static String words(Set<String> events) {
        List<String> shown = events.stream().limit(MOST_EVENTS).toList();
        int more = events.size() - shown.size();
        return String.join(", ", shown) + (more > 0 ? " and " + more + " more" : "");
    }

    /** Puts each context into the column behind those that it hears of, without going round in circles. */
    private List<List<Model>> columns() {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (StoryOrder.Part part :
                StoryOrder.told(List.copyOf(landscape.models().values()))) {
            String context = part.model().context();
            if (!places.containsKey(context)) {
                places.put(context, place(context, places));
            }
        }
        landscape.models().keySet().forEach(context -> {
            if (!places.containsKey(context)) {
                places.put(context, place(context, places));
            }
        });
        List<List<Model>> columns = new ArrayList<>();
        places.forEach((context, place) -> {
            while (columns.size() <= place) {
                columns.add(new ArrayList<>());
            }
            Model model = landscape.models().get(context);
            if (model != null) {
                columns.get(place).add(model);
            }
        });
        return columns;
    }

    private int place(String context, Map<String, Integer> places) {
        return heard.entrySet().stream()
                .filter(entry -> entry.getValue().containsKey(context))
                .mapToInt(entry -> places.getOrDefault(entry.getKey(), -1) + 1)
                .max()
                .orElse(0);
    }
}
