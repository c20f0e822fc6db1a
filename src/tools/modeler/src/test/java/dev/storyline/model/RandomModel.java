package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.Slice.Pattern;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;

/**
 * Generates random models. The same seed yields the same model. Every reference in a model resolves within that model.
 */
public final class RandomModel {
    private static final SourceLocation AT = SourceLocation.NOWHERE;
    private static final List<String> WORDS = List.of(
            "a",
            "sled",
            "for",
            "the: child",
            "#1",
            "null",
            "{n}",
            "old-1",
            "\"quoted\"",
            "it's",
            "two\nlines",
            "- x",
            "é🎁",
            "100 %",
            "yes",
            "[x]",
            "a, b",
            "~",
            "no",
            "now + 1 s");

    private final Random random;

    public RandomModel(long seed) {
        random = new Random(seed);
    }

    private boolean maybe() {
        return random.nextInt(3) == 0;
    }

    private int some() {
        return random.nextInt(4);
    }

    private <T> List<T> list(int size, IntFunction<T> make) {
        List<T> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(make.apply(i));
        }
        return list;
    }

    private <T> Map<String, T> named(String prefix, int size, java.util.function.Function<String, T> make) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(prefix + i, make.apply(prefix + i));
        }
        return map;
    }

    private String words() {
        return maybe()
                ? ""
                : String.join(
                        " ", list(1 + random.nextInt(maybe() ? 30 : 4), i -> WORDS.get(random.nextInt(WORDS.size()))));
    }

    private Map<String, String> waived() {
        return random.nextInt(9) == 0 ? Map.of("field-unused", words()) : Map.of();
    }

    private Ref ref(String element) {
        return Ref.parse(element, AT);
    }

    private List<Ref> refs(String prefix) {
        return list(some(), i -> ref(prefix + random.nextInt(3)));
    }

    private Field field(String name) {
        String type = List.of("", "text", "integer", "instant", "Type0", "Type1", "View0")
                .get(random.nextInt(7));
        return new Field(
                name,
                type,
                !type.isEmpty() && maybe(),
                !type.isEmpty() && maybe(),
                maybe(),
                words(),
                words(),
                maybe() ? list(some(), i -> ref("Event0.field" + i)) : List.of(),
                maybe() ? List.of(ref("field0")) : List.of(),
                words(),
                waived(),
                AT);
    }

    private List<Field> fields() {
        return list(1 + some(), i -> field("field" + i));
    }

    private Element element(Kind kind, String name) {
        boolean streamed = (kind == Kind.EVENT || kind == Kind.COMMAND) && maybe();
        List<Field> fields = name.endsWith("0") ? list(4, i -> field("field" + i)) : maybe() ? List.of() : fields();
        return new Element(
                kind,
                "shop",
                name,
                words(),
                streamed ? "cart" : "",
                maybe() ? 2 : 1,
                kind == Kind.EVENT && maybe(),
                words(),
                fields,
                waived(),
                AT);
    }

    private Type type(String name) {
        return switch (random.nextInt(3)) {
            case 0 -> new Type(name, "text", List.of("red", "null", "light green"), List.of(), words(), words(), AT);
            case 1 -> new Type(name, "", List.of(), fields(), words(), words(), AT);
            default -> new Type(name, maybe() ? "text" : "integer", List.of(), List.of(), words(), words(), AT);
        };
    }

    private BusinessRule rule(int i) {
        return new BusinessRule("rule-" + i, words(), maybe() ? refs("Event0.field") : List.of(), AT);
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 2 ? 1 : 4)) {
            case 0, 1 -> words().isEmpty() ? " " : WORDS.get(random.nextInt(WORDS.size()));
            case 2 -> list(some(), i -> value(depth + 1));
            default -> named("part", some(), name -> value(depth + 1));
        };
    }

    private ScenarioStep clause(String element) {
        boolean row = element.startsWith("View");
        Map<String, Object> values = named("field", some(), name -> value(0));
        return switch (random.nextInt(7)) {
            case 0 -> new ScenarioStep(ScenarioStep.What.NOTHING, ref(""), Map.of(), 1, "", "", "", AT);
            case 1 ->
                new ScenarioStep(
                        ScenarioStep.What.REJECTED, new Ref("", "rule-1", List.of(), AT), Map.of(), 1, "", "", "", AT);
            case 3 -> new ScenarioStep(ScenarioStep.What.TIME, ref(""), Map.of(), 1, "+30 minutes", "", "", AT);
            case 2 ->
                new ScenarioStep(
                        row ? ScenarioStep.What.ABSENT : ScenarioStep.What.ELEMENT,
                        ref(element),
                        values,
                        1,
                        "",
                        "",
                        "",
                        AT);
            default ->
                new ScenarioStep(
                        ScenarioStep.What.ELEMENT,
                        ref(element),
                        maybe() ? Map.of() : values,
                        maybe() ? 9 : 1,
                        maybe() ? "now - 1 s" : "",
                        maybe() ? "elf" : "",
                        maybe() ? "simo" : "",
                        AT);
        };
    }

    private Specification specification(int i) {
        String words = words();
        return new Specification(
                (words.isEmpty() ? "s" : words) + i,
                list(some(), n -> clause("Event" + random.nextInt(3))),
                list(random.nextInt(2), n -> clause("Command0")),
                list(some(), n -> clause((maybe() ? "View" : "Event") + random.nextInt(3))),
                AT);
    }

    private ModelDeadline deadline(int i) {
        return new ModelDeadline(ref("Command" + i), List.of(ref("Event0.field" + i), ref("Event1")));
    }

    private Slice slice(String name) {
        Pattern pattern = maybe() ? null : List.of(Pattern.values()).get(random.nextInt(4));
        boolean gate = maybe();
        return new Slice(
                name,
                pattern,
                words(),
                maybe() ? List.of("elf") : List.of("elf", "child").subList(0, random.nextInt(3)),
                words(),
                words(),
                maybe() ? ref("Command" + random.nextInt(3)) : null,
                gate ? new Gatekeeper(refs("View"), list(some(), this::rule), words(), AT) : null,
                list(some(), this::rule),
                refs("Event"),
                maybe() ? List.of(ref("other.Told")) : refs("Event"),
                refs("Event"),
                refs("Public"),
                refs("Command"),
                maybe() ? List.of() : list(1 + random.nextInt(2), i -> deadline(i)),
                maybe() ? List.of(ref("mail")) : List.of(),
                refs("View"),
                refs("Event"),
                list(some(), this::specification),
                waived(),
                AT);
    }

    /** Returns a model with only one event, which has this text. */
    Model young(String words) {
        Element event = new Element(Kind.EVENT, "shop", "Told", words, "", 1, false, "", List.of(), Map.of(), AT);
        return new Model(
                "shop",
                words,
                words,
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of("Told", event),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                List.of(),
                AT);
    }

    /** Returns the next model. */
    public Model model() {
        List<Chapter> chapters = list(
                some(),
                c -> new Chapter("Chapter " + c, words(), list(some(), i -> slice("slice-" + c + "-" + i)), AT));
        return new Model(
                "shop",
                words(),
                words(),
                Map.of("elf", new Actor("elf", words(), "", AT), "child", new Actor("child", words(), "Type0", AT)),
                Map.of("mail", new ExternalSystem("mail", words(), AT)),
                Map.of("cart", new EventStream("cart", random.nextBoolean() ? "cartId" : "", words(), AT)),
                named("Type", 2, this::type),
                named("Event", 3, n -> element(Kind.EVENT, n)),
                named("Public", 3, n -> element(Kind.PUBLIC_EVENT, n)),
                named("Command", 3, n -> element(Kind.COMMAND, n)),
                named("View", 3, n -> element(Kind.VIEW, n)),
                chapters,
                maybe()
                        ? List.of(new Review(
                                "refine",
                                "expert",
                                words(),
                                LocalDate.of(2026, 1, 1 + some()),
                                Map.of("Event0", "x"),
                                AT))
                        : List.of(),
                AT);
    }
}
