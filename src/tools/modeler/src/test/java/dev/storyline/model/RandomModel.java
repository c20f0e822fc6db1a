package dev.storyline.model;

import dev.storyline.model.Element.Kind;
import dev.storyline.model.Key.Target;
import dev.storyline.model.PartFormat.KeyFormat;
import dev.storyline.model.PartFormat.Shape;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Generates random models from the descriptor of the format, so that a new key is in them at once. The same seed yields the
 * same model. References name elements of the model; links lead nowhere.
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
    private static final Map<String, String> FIXED = Map.of(
            "context", "shop", "every", "day at 02:00", "after", "30 minutes", "keep", "400 days", "step", "refine");

    private final Random random;
    private int slices;

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

    private <T> Map<String, T> named(String prefix, int size, Function<String, T> make) {
        Map<String, T> map = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            map.put(prefix + i, make.apply(prefix + i));
        }
        return map;
    }

    private String words() {
        return maybe() ? "" : text();
    }

    private String text() {
        return String.join(
                " ", list(1 + random.nextInt(maybe() ? 30 : 4), i -> WORDS.get(random.nextInt(WORDS.size()))));
    }

    private Object value(int depth) {
        return switch (random.nextInt(depth > 2 ? 1 : 4)) {
            case 0, 1 -> WORDS.get(random.nextInt(WORDS.size()));
            case 2 -> list(some(), i -> value(depth + 1));
            default -> named("part", some(), name -> value(depth + 1));
        };
    }

    private Ref ref(Target target) {
        int n = random.nextInt(3);
        return Ref.parse(
                switch (target) {
                    case EVENT -> maybe() ? "other.Told" : "Event" + n;
                    case PUBLIC_EVENT -> "Public" + n;
                    case COMMAND -> "Command" + n;
                    case VIEW -> "View" + n;
                    case FIELD -> "Event0.field" + n;
                    default -> "mail";
                },
                AT);
    }

    private String word(KeyFormat key) {
        Key told = Objects.requireNonNull(key.key());
        String fixed = FIXED.get(key.word());
        if (fixed != null) {
            return told.required() || maybe() ? fixed : "";
        }
        if (key.word().equals("slice")) {
            return "slice-" + slices++;
        }
        return switch (key.to().isEmpty() ? Target.FIELD : key.to().getFirst()) {
            case STREAM -> maybe() ? "cart" : "";
            case TYPE -> maybe() ? "Type0" : "";
            case BASIC_TYPE -> List.of("", "text", "integer").get(random.nextInt(3));
            case ANY_TYPE ->
                List.of("", "text", "list of integer", "optional instant", "Type0", "optional list of Type1", "View0")
                        .get(random.nextInt(7));
            default -> told.required() ? text() : words();
        };
    }

    private ScenarioStep step(String element) {
        boolean row = element.startsWith("View");
        Map<String, Object> values = named("field", some(), name -> value(0));
        Ref none = Ref.parse("", AT);
        return switch (random.nextInt(7)) {
            case 0 -> new ScenarioStep(ScenarioStep.What.NOTHING, none, Map.of(), 1, "", "", "", AT);
            case 1 ->
                new ScenarioStep(
                        ScenarioStep.What.REJECTED,
                        new Ref("", "rule-1", List.of(), AT),
                        Map.of(),
                        1,
                        "",
                        "",
                        "",
                        words(),
                        AT);
            case 3 -> new ScenarioStep(ScenarioStep.What.TIME, none, Map.of(), 1, "+30 minutes", "", "", AT);
            case 2 ->
                new ScenarioStep(
                        row ? ScenarioStep.What.ABSENT : ScenarioStep.What.ELEMENT,
                        Ref.parse(element, AT),
                        values,
                        1,
                        "",
                        "",
                        "",
                        AT);
            default ->
                new ScenarioStep(
                        ScenarioStep.What.ELEMENT,
                        Ref.parse(element, AT),
                        maybe() ? Map.of() : values,
                        maybe() ? 9 : 1,
                        maybe() ? "now - 1 s" : "",
                        maybe() ? "elf" : "",
                        maybe() ? "simo" : "",
                        AT);
        };
    }

    private @Nullable Object make(KeyFormat key, @Nullable String name) {
        Target target = key.to().isEmpty() ? Target.FIELD : key.to().getFirst();
        boolean fields = key.type() == Field.class;
        return switch (key.shape()) {
            case TEXT -> word(key);
            case YES -> maybe();
            case NUMBER -> maybe() ? 2 : 1;
            case CHOICE -> maybe() ? null : key.type().getEnumConstants()[some()];
            case DATE -> LocalDate.of(2026, 1, 1 + some());
            case REF -> maybe() ? ref(target) : null;
            case REFS -> maybe() ? List.of() : list(some(), i -> ref(target));
            case TEXTS ->
                target == Target.ACTOR
                        ? List.of("elf", "child").subList(0, random.nextInt(3))
                        : list(some(), i -> text());
            case TEXT_BY_NAME -> random.nextInt(9) == 0 ? Map.of("field-unused", words()) : Map.of();
            case REFS_BY_NAME -> named("Press ", some(), each -> list(1 + some(), i -> ref(target)));
            case PART -> maybe() ? part(key.type(), "", null) : key.type() == Notes.class ? Notes.NONE : null;
            case PARTS_BY_NAME -> {
                Map<String, Record> parts = parts(key, fields && name != null && name.endsWith("0") ? 4 : some());
                yield key.component().getType() == Map.class ? parts : List.copyOf(parts.values());
            }
            case PARTS ->
                list(key.type() == Review.class ? random.nextInt(2) : some(), i -> part(key.type(), "", null));
            case STEPS ->
                list(some(), i -> step(List.of("Event0", "View1", "Command2").get(random.nextInt(3))));
            case ROWS -> list(random.nextInt(2), i -> named("column", 1 + some(), each -> value(2)));
            case NONE -> throw new IllegalStateException(key.word());
        };
    }

    private Map<String, Record> parts(KeyFormat key, int size) {
        return switch (key.word()) {
            case "actors" -> known(key, "elf", "child");
            case "systems" -> known(key, "mail");
            case "streams" -> known(key, "cart");
            case "types" -> known(key, "Type0", "Type1");
            case "events" -> known(key, "Event0", "Event1", "Event2");
            case "public-events" -> known(key, "Public0", "Public1", "Public2");
            case "commands" -> known(key, "Command0", "Command1", "Command2");
            case "views" -> known(key, "View0", "View1", "View2");
            case "deadlines" -> maybe() ? known(key, "Command0", "Command1") : Map.of();
            case "fields" -> named("field", size, name -> part(Field.class, name, null));
            case "rules" -> named("rule-", size, name -> part(BusinessRule.class, name, null));
            default -> named(text(), size, name -> part(key.type(), name, null));
        };
    }

    private Map<String, Record> known(KeyFormat key, String... names) {
        Kind kind = null;
        for (Kind each : Kind.values()) {
            kind = each.section().equals(key.word()) ? each : kind;
        }
        Map<String, Record> parts = new LinkedHashMap<>();
        for (String name : names) {
            parts.put(name, part(key.type(), name, kind));
        }
        return parts;
    }

    private Record part(Class<?> type, String name, @Nullable Kind kind) {
        return PartFormat.of(type)
                .create(component -> component.shape() == Shape.NONE
                        ? component.type() == SourceLocation.class
                                ? AT
                                : component.type() == Kind.class
                                        ? kind
                                        : component.type() == Ref.class
                                                ? Ref.to(name)
                                                : component.word().equals("context") ? "shop" : name
                        : make(component, name));
    }

    /** Returns a model with only one event, which has this text. */
    Model young(String words) {
        Model model = ModelReader.read("context: shop\nevents: [Told]\n", "");
        Map<String, Element> told = Map.of(
                "Told",
                new Element(
                        Kind.EVENT, "shop", "Told", words, "", 1, false, "", Map.of(), Notes.NONE, "", List.of(), AT));
        return (Model) PartFormat.of(Model.class).create(component -> switch (component.word()) {
            case "owner", "about" -> words;
            case "events" -> told;
            default -> component.of(model);
        });
    }

    /** Returns the next model. */
    public Model model() {
        return (Model) part(Model.class, "", null);
    }
}
