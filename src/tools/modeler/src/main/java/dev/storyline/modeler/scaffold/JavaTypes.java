package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Landscape;
import dev.storyline.model.Type;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Maps the fields of the model to Java types. Identifiers that the language lacks and groups of fields each get their
 * own record.
 */
final class JavaTypes {
    private static final Map<String, String> BOXED = Map.of("long", "Long", "boolean", "Boolean");

    private final Draft draft;
    private final Set<String> written = new LinkedHashSet<>();

    JavaTypes(Draft draft) {
        this.draft = draft;
    }

    /** Returns the type of a component and imports it. Optional components get an annotation. */
    String of(Field field, JavaSource in) {
        draft.checkName(field.name(), field.place());
        String one = one(field, in);
        if (field.many()) {
            one = in.use("java.util.List") + "<" + BOXED.getOrDefault(one, one) + ">";
        }
        if (!field.optional()) {
            return one;
        }
        return "@" + in.use("org.jspecify.annotations.Nullable") + " " + BOXED.getOrDefault(one, one);
    }

    /** Checks whether a field holds an identifier that the language has or that the scaffold is adding. */
    boolean isId(Field field) {
        return draft.sources().has(field.type()) ? draft.sources().isId(field.type()) : isNewId(field.type());
    }

    private boolean isNewId(String name) {
        Type type = draft.model().types().get(name);
        return type != null
                && type.base().equals("text")
                && type.values().isEmpty()
                && name.endsWith("Id")
                && Character.isUpperCase(name.charAt(0));
    }

    /** Checks whether a field has subfields. */
    boolean isStructured(Field field) {
        return !Landscape.fieldsOf(draft.model(), field.type()).isEmpty();
    }

    /** Returns the basic type behind a field's type. */
    String base(Field field) {
        Type type = draft.model().types().get(field.type());
        return type == null ? field.type() : type.base();
    }

    private String one(Field field, JavaSource in) {
        String name = field.type();
        if (name.isEmpty()) {
            draft.trouble(
                    field.place(),
                    "Say what type '" + field.name() + "' has: a basic one (text, integer, instant ...) or one"
                            + " under 'types'.");
            return "String";
        }
        String language = draft.languagePackage() + "." + name;
        if (draft.sources().has(name)) {
            return in.use(language);
        }
        if (isMoney(name)) {
            return in.use("dev.storyline.kernel.Money");
        }
        if (isStructured(field)) {
            return structured(name, in);
        }
        if (isNewId(name)) {
            id(name);
            return in.use(language);
        }
        return switch (base(field)) {
            case "integer" -> "long";
            case "boolean" -> "boolean";
            case "decimal" -> in.use("java.math.BigDecimal");
            case "instant" -> in.use("java.time.Instant");
            case "date" -> in.use("java.time.LocalDate");
            case "duration" -> in.use("java.time.Duration");
            case "uuid" -> in.use("java.util.UUID");
            case "json" -> json(field, in);
            default -> "String";
        };
    }

    /** Whether the type is the money that all contexts share: an exact amount with a currency. */
    private boolean isMoney(String name) {
        return name.equals("Money")
                && Landscape.fieldsOf(draft.model(), name).stream()
                        .map(Field::name)
                        .toList()
                        .equals(List.of("amount", "currency"));
    }

    private String json(Field field, JavaSource in) {
        if (in.packageName().equals(draft.languagePackage())) {
            draft.trouble(
                    field.place(),
                    "'" + field.name() + "' cannot be json in the language of a context: give it a type of its own.");
        }
        return in.use("com.fasterxml.jackson.databind.JsonNode");
    }

    private void id(String name) {
        if (!written.add(name)) {
            return;
        }
        Type type = draft.model().types().get(name);
        String about = type == null || type.about().isEmpty()
                ? "Names a " + Words.spoken(name.substring(0, name.length() - 2)) + "."
                : type.about();
        draft.java(
                name,
                "Id.java",
                draft.languageSource(),
                Map.of("name", name, "about", JavaSource.comment("", Words.sentence(about), Map.of())));
    }

    /** Writes the record into the language if the language itself needs it, or else into the slice. */
    private String structured(String name, JavaSource in) {
        String languageName = draft.languagePackage() + "." + name;
        boolean inLanguage = in.packageName().equals(draft.languagePackage());
        if (written.contains(languageName)) {
            return in.use(languageName);
        }
        if (written.add(in.packageName() + "." + name)) {
            Type type = draft.model().types().get(name);
            Element view = draft.model().views().get(name);
            List<Field> fields = Landscape.fieldsOf(draft.model(), name);
            String about = type != null ? type.about() : view != null ? view.about() : "";
            JavaSource java = inLanguage ? draft.languageSource() : draft.source();
            draft.record(name, java, this, "public", about.isEmpty() ? Words.spoken(name) : about, fields, Set.of());
        }
        return name;
    }

    /** Marks a record as part of the language, so that no slice writes it. */
    void inLanguage(String name) {
        written.add(draft.languagePackage() + "." + name);
    }
}
