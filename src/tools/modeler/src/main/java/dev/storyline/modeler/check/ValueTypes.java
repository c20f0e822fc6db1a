package dev.storyline.modeler.check;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.SymbolicValues;
import dev.storyline.model.Type;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks whether the values of specifications fit their fields, and whether two values differ. */
final class ValueTypes {
    private ValueTypes() {}

    /** Returns whether the value is open: it accepts anything, or the text alone does not determine it. */
    static boolean isOpen(String value) {
        return SymbolicValues.isAny(value) || value.contains("{n}");
    }

    /** Returns the problem with a value as the end of a sentence; empty if the value fits. */
    static Optional<String> wrong(Model model, Field field, Object value) {
        if (field.type().isEmpty()) {
            return Optional.empty();
        }
        if (value instanceof String text && (isOpen(text) || (text.equals(SymbolicValues.NONE) && field.optional()))) {
            return Optional.empty();
        }
        if (field.many()) {
            return value instanceof List<?> items
                    ? items.stream()
                            .flatMap(item -> wrongOne(model, field, item).stream())
                            .findFirst()
                    : Optional.of("is a list of " + field.type() + ", not '" + value + "'");
        }
        return wrongOne(model, field, value);
    }

    private static Optional<String> wrongOne(Model model, Field field, Object value) {
        String base = Types.base(model, field.type());
        if (base.equals("json")) {
            return Optional.empty();
        }
        boolean together =
                Types.record(model, field.type()) != null || model.views().containsKey(field.type());
        if (together) {
            return value instanceof Map<?, ?> || (value instanceof String text && isOpen(text))
                    ? Optional.empty()
                    : Optional.of("is the fields of " + field.type() + ", not '" + value + "'");
        }
        if (!(value instanceof String text)) {
            return Optional.of("is one value of type " + field.type() + ", not '" + value + "'");
        }
        if (isOpen(text)) {
            return Optional.empty();
        }
        List<String> words = Types.words(model, field.type());
        if (!words.isEmpty()) {
            return words.contains(text)
                    ? Optional.empty()
                    : Optional.of("is one of " + String.join(", ", words) + ", not '" + text + "'");
        }
        return !Type.BASIC.contains(base) || isOf(base, text)
                ? Optional.empty()
                : Optional.of("is of type " + field.type() + ", which '" + text + "' is not");
    }

    private static boolean isOf(String base, String text) {
        try {
            SymbolicValues.value(base, text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static boolean isInstant(String text) {
        return isOf("instant", text);
    }

    /** Returns whether two values of one type certainly differ. An open value may equal any other. */
    static boolean differ(Model model, Field field, Object one, Object other) {
        if (!(one instanceof String left) || !(other instanceof String right) || isOpen(left) || isOpen(right)) {
            return false;
        }
        String base = Types.base(model, field.type());
        if (!isOf(base, left) || !isOf(base, right)) {
            return !left.equals(right);
        }
        Object value = SymbolicValues.value(base, left);
        Object against = SymbolicValues.value(base, right);
        return (value instanceof BigDecimal number && against instanceof BigDecimal more)
                ? number.compareTo(more) != 0
                : !value.equals(against);
    }
}
