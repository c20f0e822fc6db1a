package dev.storyline.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Names an element, or a field of one: {@code WishApproved}, {@code WishApproved.wishId}, {@code ChildWishes.wishes.state},
 * and in another context {@code wishes.WishApproved.wishId}, a public event. Contexts begin with a lower-case
 * letter, elements with an upper-case one.
 *
 * @param context the other context; empty for the own context
 * @param element the name of the element; empty in a reference like {@code wishId}
 * @param path the names of the field and of the fields in it; empty for the element itself
 * @param place its location in the file
 */
public record Ref(String context, String element, List<String> path, SourceLocation place) {
    public Ref {
        path = List.copyOf(path);
    }

    /** Parses a reference. Does not check whether the element exists. */
    public static Ref parse(String text, SourceLocation place) {
        List<String> parts = new ArrayList<>(List.of(text.strip().split("\\.", -1)));
        String context = "";
        if (parts.size() > 1 && !startsUpper(parts.getFirst())) {
            context = parts.removeFirst();
        }
        String element = startsUpper(parts.getFirst()) ? parts.removeFirst() : "";
        return new Ref(context, element, parts, place);
    }

    /** Creates a reference to an element of the same context. */
    public static Ref to(String element) {
        return new Ref("", element, List.of(), SourceLocation.NOWHERE);
    }

    private static boolean startsUpper(String text) {
        return !text.isEmpty() && Character.isUpperCase(text.codePointAt(0));
    }

    /** Returns the same reference without the field. */
    public Ref whole() {
        return new Ref(context, element, List.of(), place);
    }

    /** Returns the field's path, {@code wishes.state}; empty for the element itself. */
    public String field() {
        return String.join(".", path);
    }

    /** Returns the reference in the notation of the model. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (!context.isEmpty()) {
            parts.add(context);
        }
        if (!element.isEmpty()) {
            parts.add(element);
        }
        parts.addAll(path);
        return String.join(".", parts);
    }
}
