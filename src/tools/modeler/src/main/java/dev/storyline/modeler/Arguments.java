package dev.storyline.modeler;

import dev.storyline.model.ClosestName;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of a command line, taken apart.
 *
 * @param words what is no option, in order
 * @param options by name, {@code --format}; those without a value have an empty one
 */
public record Arguments(List<String> words, Map<String, String> options) {
    /** The command line cannot be understood; the message says which part. */
    public static final class BadUsage extends Exception {
        private static final long serialVersionUID = 1L;

        public BadUsage(String message) {
            super(message);
        }
    }

    /**
     * Takes a command line apart.
     *
     * @param withValue the options that have a value after them
     * @param alone the options that stand alone
     */
    public static Arguments of(List<String> arguments, Set<String> withValue, Set<String> alone) throws BadUsage {
        List<String> words = new ArrayList<>();
        Map<String, String> options = new LinkedHashMap<>();
        Iterator<String> rest = arguments.iterator();
        while (rest.hasNext()) {
            String argument = rest.next();
            if (!argument.startsWith("--")) {
                words.add(argument);
            } else if (alone.contains(argument)) {
                options.put(argument, "");
            } else if (!withValue.contains(argument)) {
                List<String> known = new ArrayList<>(withValue);
                known.addAll(alone);
                String hint = ClosestName.hint(argument, known);
                throw new BadUsage("There is no option " + argument + (hint.isEmpty() ? "." : hint));
            } else if (!rest.hasNext()) {
                throw new BadUsage("The option " + argument + " needs a value.");
            } else {
                options.put(argument, rest.next());
            }
        }
        return new Arguments(List.copyOf(words), options);
    }

    /** The word at this place, or null. */
    public @Nullable String word(int index) {
        return index < words.size() ? words.get(index) : null;
    }

    /** Whether this option was given. */
    public boolean has(String option) {
        return options.containsKey(option);
    }
}
