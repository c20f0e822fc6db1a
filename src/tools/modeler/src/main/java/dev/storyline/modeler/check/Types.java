package dev.storyline.modeler.check;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the types of fields, also across contexts. */
final class Types {
    private Types() {}

    /**
     * Returns whether a value of one field can be copied into another field. Within a context the types must have the same
     * name. Between contexts the names must be equal, or one type basic, and both must resolve to the same basic type.
     *
     * @param collects whether the target may collect single values in a list, as views do
     */
    static boolean fit(Model from, Field source, Model to, Field target, boolean collects) {
        if (source.many() != target.many() && !(collects && target.many())) {
            return false;
        }
        if (source.optional() && !target.optional()) {
            return false;
        }
        if (from.context().equals(to.context())) {
            return source.type().equals(target.type());
        }
        boolean named = source.type().equals(target.type())
                || Type.BASIC.contains(source.type())
                || Type.BASIC.contains(target.type());
        return named && base(from, source.type()).equals(base(to, target.type())) && wordsFit(from, source, to, target);
    }

    private static boolean wordsFit(Model from, Field source, Model to, Field target) {
        List<String> known = words(to, target.type());
        // The target cannot hold a word of the source that it does not know.
        return known.isEmpty() || known.containsAll(words(from, source.type()));
    }

    /** Returns the words of an enum; empty for other types. */
    static List<String> words(Model model, String type) {
        Type named = model.types().get(type);
        return named == null ? List.of() : named.values();
    }

    /** Returns the basic type that a type resolves to; its own name for a group of fields or a view. */
    static String base(Model model, String type) {
        Type named = model.types().get(type);
        return named == null || named.base().isEmpty() ? type : named.base();
    }

    /** Returns the named type if it is a group of fields. */
    static @Nullable Type record(Model model, String type) {
        Type named = model.types().get(type);
        return named == null || named.fields().isEmpty() ? null : named;
    }
}
