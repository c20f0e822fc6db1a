package dev.storyline.modeler.draw;

import dev.storyline.model.BusinessRule;
import dev.storyline.model.Element;
import dev.storyline.model.Element.Kind;
import dev.storyline.model.Field;
import dev.storyline.model.Gatekeeper;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.ModelDeadline;
import dev.storyline.model.Notes;
import dev.storyline.model.Ref;
import dev.storyline.model.ScenarioStep;
import dev.storyline.model.Screen;
import dev.storyline.model.Slice;
import dev.storyline.model.Slice.Pattern;
import dev.storyline.model.Specification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Creates the cards of a picture. Long texts are shortened with a count; the details on the page show the full text. */
final class Cards {
    private static final int MOST_FIELDS = 12;
    private static final int MOST_CLAUSES = 4;
    private static final int MOST_VALUES = 3;

    private final Landscape landscape;
    private final Map<String, String> gaps;
    private final double width;

    Cards(Landscape landscape, Map<String, String> gaps, double width) {
        this.landscape = landscape;
        this.gaps = gaps;
        this.width = width;
    }

    static Card.Look look(Kind kind) {
        return switch (kind) {
            case EVENT -> Card.Look.EVENT;
            case PUBLIC_EVENT -> Card.Look.PUBLIC_EVENT;
            case COMMAND -> Card.Look.COMMAND;
            case VIEW -> Card.Look.VIEW;
        };
    }

    /** Creates the card of an element with its fields, and with a small line about its origin if there is one. */
    Card element(Element element, String sources) {
        Card card = bare(element, width)
                .write(fields(element), Face.SMALL, "soft", 4)
                .write(sources, Face.SMALL, "soft", 4)
                .mark(gaps.getOrDefault(Gaps.key(element), ""));
        return notes(card, element.notes());
    }

    /** Creates a copy of an element. */
    Card again(Element element, String where) {
        return bare(element, width).write(where, Face.SMALL, "soft", 2).again();
    }

    /** Creates a card with the name of an element only. */
    Card bare(Element element, double width) {
        return titled(new Card(look(element.kind()), width), element);
    }

    private Card titled(Card card, Element element) {
        String label = element.kind().word() + " " + element.name() + " of " + element.context();
        return card.named(
                        Gaps.key(element),
                        element.kind().word(),
                        element.name(),
                        element.context(),
                        label + (gaps.containsKey(Gaps.key(element)) ? ", " + gaps.get(Gaps.key(element)) : ""),
                        element.about())
                .write(element.name(), Face.NAME, "", 3);
    }

    /** Creates the card of a stored or published element; a view has the storage icon. */
    Card stored(Element element) {
        Card card =
                element.kind() == Kind.VIEW ? titled(new Card(Card.Look.STORE, width), element) : bare(element, width);
        return card.mark(gaps.getOrDefault(Gaps.key(element), ""));
    }

    /** Creates the card of an undefined name. */
    Card unknown(Kind kind, Ref ref) {
        return new Card(look(kind), width)
                .write(ref.whole().toString(), Face.NAME, "", 3)
                .mark("nothing defines it");
    }

    private static String fields(Element element) {
        List<String> names =
                element.fields().stream().map(Field::name).limit(MOST_FIELDS).collect(Collectors.toList());
        int more = element.fields().size() - names.size();
        return String.join(", ", names) + (more > 0 ? " and " + more + " more" : "");
    }

    Card slice(Model model, Slice slice, int number) {
        String key = Gaps.key(model, slice);
        Pattern pattern = slice.pattern();
        String status =
                slice.status() == null ? "" : " \u00b7 " + slice.status().word();
        Card card = new Card(Card.Look.SLICE, width)
                .named(
                        key,
                        "slice",
                        slice.name(),
                        model.context(),
                        "slice " + slice.name() + " of " + model.context()
                                + (gaps.containsKey(key) ? ", " + gaps.get(key) : ""),
                        slice.about())
                .write(slice.name(), Face.HEAD, "", 3)
                .write(number + (pattern == null ? "" : " · " + pattern.word()) + status, Face.SMALL, "soft", 1)
                .space(3)
                .write(slice.about(), Face.BODY, "", 5)
                .mark(gaps.getOrDefault(key, ""));
        return notes(card, slice.notes()).space(4);
    }

    /**
     * Creates the wireframe of a screen: shown and entered fields, buttons and links.
     *
     * @param views the fields of the views of the slice: those are shown
     */
    Card screen(Screen screen, Set<String> views) {
        Card card = new Card(Card.Look.SCREEN, width)
                .space(5)
                .write(screen.name(), Face.NAME, "", 3)
                .write(screen.about(), Face.BODY, "", 5);
        double inside = width - 2 * Card.PAD;
        for (Field field : screen.fields().subList(0, Math.min(screen.fields().size(), MOST_FIELDS))) {
            boolean shown = !field.from().isEmpty() || !field.computed().isEmpty() || views.contains(field.name());
            card.space(3);
            if (shown) {
                card.write(field.name() + ": " + example(field), Face.SMALL, "soft", 2);
            } else {
                card.put(new Card(Card.Look.INPUT, inside).write(field.name(), Face.SMALL, "", 2));
            }
        }
        int more = screen.fields().size() - MOST_FIELDS;
        card.write(more > 0 ? "and " + more + " more" : "", Face.SMALL, "soft", 1);
        screen.buttons()
                .keySet()
                .forEach(words -> card.space(4)
                        .put(new Card(
                                        Card.Look.BUTTON,
                                        Math.min(inside, Letters.width(words, Face.STRONG) + 2 * Card.PAD + 4))
                                .write(words, Face.STRONG, "", 2)));
        screen.links().keySet().forEach(words -> card.space(3).write(words + " \u203a", Face.SMALL, "link", 2));
        return notes(card, screen.notes()).space(3);
    }

    private static String example(Field field) {
        return field.example().isEmpty() ? field.many() ? "\u2026, \u2026" : "\u2026" : field.example();
    }

    /** Creates the card of an actor without a screen; one who may only call an automation needs none. */
    Card screenless(boolean automatic) {
        return automatic
                ? new Card(Card.Look.SCREEN, width)
                        .space(5)
                        .write("May call it, too.", Face.BODY, "soft", 2)
                        .space(3)
                : new Card(Card.Look.SCREEN, width)
                        .space(5)
                        .write("A screen that nobody has described yet.", Face.BODY, "gap", 5)
                        .space(3);
    }

    /** Adds what people have remarked: problems, open questions, comments. */
    private static Card notes(Card card, Notes notes) {
        double inside = card.inside();
        notes.hotspots()
                .forEach(text -> card.space(3).put(new Card(Card.Look.HOTSPOT, inside).write(text, Face.SMALL, "", 4)));
        notes.questions()
                .forEach(text ->
                        card.space(3).put(new Card(Card.Look.QUESTION, inside).write("? " + text, Face.SMALL, "", 4)));
        notes.comments()
                .forEach(text -> card.space(3).put(new Card(Card.Look.COMMENT, inside).write(text, Face.SMALL, "", 4)));
        return card;
    }

    /** Creates the card of a processor, or of the translation of a foreign event. */
    Card gear(Slice slice) {
        String name = slice.processor();
        if (name.isEmpty()) {
            boolean foreign = slice.on().stream().anyMatch(ref -> !ref.context().isEmpty());
            name = foreign ? "Translation" : "Automation";
        }
        Card card = new Card(Card.Look.GEAR, width).write(name, Face.NAME, "", 3);
        card.write(slice.todo() == null ? "" : joined("works off ", List.of(slice.todo())), Face.SMALL, "soft", 3);
        card.write(slice.every().isEmpty() ? "" : "every " + slice.every(), Face.SMALL, "soft", 2);
        card.write(slice.after().isEmpty() ? "" : slice.after() + " after it", Face.SMALL, "soft", 2);
        card.write(joined("on ", slice.on()), Face.SMALL, "soft", 3);
        card.write(joined("sends ", slice.dispatches()), Face.SMALL, "soft", 3);
        List<Ref> later = slice.deadlines().stream().map(ModelDeadline::command).toList();
        return card.write(joined("at a deadline ", later), Face.SMALL, "soft", 3);
    }

    Card gate(Gatekeeper gatekeeper, double width) {
        return new Card(Card.Look.GATE, width)
                .write(gatekeeper.about().isEmpty() ? "Gatekeeper" : gatekeeper.about(), Face.BODY, "", 4)
                .write(joined("reads ", gatekeeper.reads()), Face.SMALL, "soft", 3)
                .write(rules(gatekeeper.rules()), Face.SMALL, "soft", 3);
    }

    private static String rules(List<BusinessRule> rules) {
        return rules.isEmpty()
                ? ""
                : "refuses: " + rules.stream().map(BusinessRule::name).collect(Collectors.joining(", "));
    }

    static String joined(String word, List<Ref> refs) {
        if (refs.isEmpty()) {
            return "";
        }
        return word
                + refs.stream().map(ref -> ref.whole().toString()).distinct().collect(Collectors.joining(", "));
    }

    /** Creates the white card of a scenario. */
    Card specification(Model model, Slice slice, Specification specification) {
        Card card = new Card(Card.Look.SPECIFICATION, width).write(specification.name(), Face.NAME, "", 4);
        part(card, model, slice, "given", specification.given(), Kind.EVENT, Kind.VIEW, Kind.PUBLIC_EVENT);
        part(card, model, slice, "when", specification.when(), Kind.COMMAND, Kind.EVENT, Kind.PUBLIC_EVENT);
        part(card, model, slice, "then", specification.then(), Kind.EVENT, Kind.VIEW, Kind.COMMAND, Kind.PUBLIC_EVENT);
        int rows = specification.examples().size();
        card.write(rows == 0 ? "" : rows + (rows == 1 ? " example" : " examples"), Face.SMALL, "soft", 1);
        return notes(card, specification.notes()).space(2);
    }

    private void part(Card card, Model model, Slice slice, String word, List<ScenarioStep> clauses, Kind... kinds) {
        if (clauses.isEmpty()) {
            return;
        }
        card.space(3).write(word, Face.SMALL, "soft", 1);
        for (ScenarioStep clause : clauses.subList(0, Math.min(clauses.size(), MOST_CLAUSES))) {
            card.put(chip(model, slice, word, clause, kinds)).space(4);
        }
        int more = clauses.size() - MOST_CLAUSES;
        if (more > 0) {
            card.write("and " + more + " more", Face.SMALL, "soft", 1);
        }
    }

    private Card chip(Model model, Slice slice, String word, ScenarioStep clause, Kind... kinds) {
        double inside = width - 2 * Card.PAD;
        Card chip =
                new Card(lookOf(model, slice, word, clause, kinds), inside).write(subject(clause), Face.STRONG, "", 3);
        List<String> values = values(clause, Cards::brief);
        for (String value : values.subList(0, Math.min(values.size(), MOST_VALUES))) {
            chip.write(value, Face.SMALL, "", 2);
        }
        int more = values.size() - MOST_VALUES;
        return more > 0 ? chip.write("and " + more + (more == 1 ? " value" : " values"), Face.SMALL, "soft", 1) : chip;
    }

    /** Returns the text of a step. */
    static String subject(ScenarioStep clause) {
        return switch (clause.what()) {
            case REJECTED -> "rejected: " + clause.subject().element();
            case NOTHING -> "nothing";
            case TIME -> "time " + clause.at();
            case ABSENT -> "no " + clause.subject().whole();
            case ELEMENT ->
                (clause.times() > 1 ? clause.times() + " × " : "")
                        + clause.subject().whole();
        };
    }

    /** Returns the values of a step, one text each. */
    static List<String> values(ScenarioStep clause) {
        return values(clause, Cards::text);
    }

    private static List<String> values(ScenarioStep clause, Function<Object, String> words) {
        List<String> values = new ArrayList<>();
        clause.values().forEach((name, value) -> values.add(name + ": " + words.apply(value)));
        if (!clause.at().isEmpty() && clause.what() != ScenarioStep.What.TIME) {
            values.add("at " + clause.at());
        }
        if (!clause.says().isEmpty()) {
            values.add("says " + clause.says());
        }
        if (!clause.by().isEmpty()) {
            values.add("by " + clause.by());
        }
        if (!clause.stream().isEmpty()) {
            values.add("stream " + clause.stream());
        }
        return values;
    }

    /** A list of structured values is shown as a count. */
    private static String brief(Object value) {
        boolean nested = value instanceof List<?> list
                && list.stream().anyMatch(item -> item instanceof List<?> || item instanceof Map<?, ?>);
        int size = value instanceof List<?> list ? list.size() : 0;
        return nested ? size + (size == 1 ? " entry" : " entries") : text(value);
    }

    private static String text(Object value) {
        return switch (value) {
            case List<?> list -> list.stream().map(Cards::text).collect(Collectors.joining(", ", "[", "]"));
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> entry.getKey() + ": " + text(entry.getValue()))
                        .collect(Collectors.joining(", ", "{", "}"));
            default -> value.toString();
        };
    }

    /** Returns the element of a step. A public event of the slice comes before a private event of the same name. */
    Card.Look lookOf(Model model, Slice slice, String word, ScenarioStep clause, Kind... kinds) {
        return switch (clause.what()) {
            case REJECTED -> Card.Look.REJECTION;
            case NOTHING, TIME -> Card.Look.NOTHING;
            case ABSENT -> Card.Look.VIEW;
            case ELEMENT -> {
                boolean promised = word.equals("then")
                        && slice.publishes().stream()
                                .anyMatch(ref ->
                                        ref.element().equals(clause.subject().element()));
                Element element = landscape.find(model, clause.subject(), kinds);
                yield promised ? Card.Look.PUBLIC_EVENT : element == null ? Card.Look.NOTHING : look(element.kind());
            }
        };
    }
}
