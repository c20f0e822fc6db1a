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
     * name. Between contexts it is translated: both types must resolve to the same basic type, and those of a group of fields
     * to groups of which each field fits. Without a word that it is copied ({@code from}), the names of the types must be
     * equal, or one of them basic.
     *
     * @param collects whether the target may collect single values in a list, as views do
     * @param told whether the model says that the field is copied
     */
    static boolean fit(Model from, Field source, Model to, Field target, boolean collects, boolean told) {
        if (source.many() != target.many() && !(collects && target.many())) {
            return false;
        }
        if (source.optional() && !target.optional()) {
            return false;
        }
        if (from.context().equals(to.context())) {
            return source.type().equals(target.type());
        }
        boolean named = told
                || source.type().equals(target.type())
                || Type.BASIC.contains(source.type())
                || Type.BASIC.contains(target.type());
        Type theirs = record(from, source.type());
        Type ours = record(to, target.type());
        if (told && theirs != null && ours != null) {
            return translates(from, theirs, to, ours);
        }
        return named && base(from, source.type()).equals(base(to, target.type())) && wordsFit(from, source, to, target);
    }

    /** Returns whether each field of our group is one of theirs, or may be missing. Groups in groups need equal names. */
    private static boolean translates(Model from, Type theirs, Model to, Type ours) {
        return ours.fields().stream()
                .allMatch(field -> theirs.fields().stream()
                        .filter(other -> other.name().equals(field.name()))
                        .findFirst()
                        .map(other -> record(from, other.type()) == null
                                ? fit(from, other, to, field, false, true)
                                : other.type().equals(field.type()))
                        .orElse(field.optional()));
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
