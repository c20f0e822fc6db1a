package dev.storyline.modeler.scaffold;

import dev.storyline.model.Element;
import dev.storyline.model.Field;
import dev.storyline.model.Ref;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Generates the code of a command's arguments. */
final class CommandArguments {
    private final Draft draft;
    private final JavaTypes types;

    CommandArguments(Draft draft, JavaTypes types) {
        this.draft = draft;
        this.types = types;
    }

    /**
     * Checks whether the value follows from the context alone: the time, or an identifier derived from the request's
     * key.
     */
    boolean isKnown(Field field) {
        return !field.generated().isEmpty()
                && !field.many()
                && (types.base(field).equals("instant") || isMade(field));
    }

    private boolean isMade(Field field) {
        return types.isId(field)
                || types.base(field).equals("uuid")
                || (types.base(field).equals("text") && field.generated().contains("key"));
    }

    /** Returns the code that creates a command from a request. */
    String made(Element command, List<Field> inputs, String request, String context, JavaSource java) {
        return command(
                command,
                field -> inputs.contains(field) ? request + "." + field.name() + "()" : value(field, context, java));
    }

    /** Returns the code that creates a command from a public event of another context. */
    String translated(Element command, Element foreign, String event, String context, JavaSource java) {
        return command(command, field -> {
            String name = foreignName(field, foreign);
            return name == null ? value(field, context, java) : event + "." + name + "()";
        });
    }

    private static String command(Element command, java.util.function.Function<Field, String> argument) {
        return command.fields().stream()
                .map(argument)
                .collect(Collectors.joining(", ", "new " + command.name() + "(", ")"));
    }

    /** Returns the field of the foreign event that supplies a field of the command; null if there is none. */
    @Nullable
    String foreignName(Field field, Element foreign) {
        for (Ref ref : field.from()) {
            if (ref.context().equals(foreign.context())
                    && ref.element().equals(foreign.name())
                    && ref.path().size() == 1) {
                return ref.path().getFirst();
            }
        }
        boolean same = field.generated().isEmpty()
                && field.computed().isEmpty()
                && field.from().isEmpty()
                && foreign.field(field.name()).isPresent();
        return same ? field.name() : null;
    }

    /** Returns the value that follows from the context, or else a placeholder for a value that is not computed yet. */
    private String value(Field field, String context, JavaSource java) {
        if (field.optional()) {
            return "null";
        }
        if (field.many()) {
            return java.use("java.util.List") + ".of()";
        }
        if (types.isStructured(field)) {
            draft.trouble(
                    field.place(),
                    "The scaffold cannot make '" + field.name() + "', which has fields of its own: let it be sent, or"
                            + " make it optional at first.");
            return "null";
        }
        String id = context + ".newId("
                + JavaSource.literal(Words.kebab(field.name()).replaceAll("-id$", "")) + ")";
        if (types.isId(field)) {
            return "new " + types.of(field, java) + "(" + id + ".toString())";
        }
        return switch (types.base(field)) {
            case "instant" -> context + ".at()";
            case "uuid" -> id;
            case "text" -> isMade(field) ? id + ".toString()" : "\"\"";
            default -> placeholder(field, java);
        };
    }

    private String placeholder(Field field, JavaSource java) {
        String value = PLACEHOLDERS.getOrDefault(types.base(field), "\"\"");
        return value.startsWith(".") ? types.of(field, java) + value : value;
    }

    private static final Map<String, String> PLACEHOLDERS = Map.of(
            "boolean", "false",
            "integer", "0",
            "decimal", ".ZERO",
            "date", ".EPOCH",
            "duration", ".ZERO",
            "json", "com.fasterxml.jackson.databind.node.NullNode.getInstance()");
}
