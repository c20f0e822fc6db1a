package dev.storyline.modeler.check;

import dev.storyline.model.Field;
import dev.storyline.model.Model;
import dev.storyline.model.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compares the types of fields, across contexts as well. */
final class Types {
    private Types() {}

    /**
     * Whether a value of one field can be copied into another one. In one context the names of the types must be the
     * same; between contexts types of the same name or a basic one will do, if both are the same in the end.
     *
     * @param collects whether the target may make a list of single values, as views do
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
        // A foreign word that the target does not know would be a value that it cannot hold.
        return known.isEmpty() || known.containsAll(words(from, source.type()));
    }

    /** The words of a type that is one of some; none for any other. */
    static List<String> words(Model model, String type) {
        Type named = model.types().get(type);
        return named == null ? List.of() : named.values();
    }

    /** The basic type that a type is in the end; its own name where it is fields or a view. */
    static String base(Model model, String type) {
        Type named = model.types().get(type);
        return named == null || named.base().isEmpty() ? type : named.base();
    }

    /** The named type, if it is fields that belong together. */
    static @Nullable Type record(Model model, String type) {
        Type named = model.types().get(type);
        return named == null || named.fields().isEmpty() ? null : named;
    }
}
