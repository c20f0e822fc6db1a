package dev.storyline.edge;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings of one function, which its template sets as environment variables. They are passed to the constructor,
 * so that many functions can live in one process, each with its own settings.
 */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    /**
     * A setting that the function needs.
     *
     * @throws IllegalStateException if the template does not set it
     */
    public String require(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalStateException(
                    "The setting " + name + " is missing: the slice's template.yaml must set it");
        }
        return value;
    }

    /** Whether the template sets the setting to an empty text, which means that there is nothing. */
    public boolean isEmpty(String name) {
        String value = values.get(name);
        return value != null && value.isBlank();
    }

    /**
     * A list that the function needs: texts with commas between, possibly none.
     *
     * @throws IllegalStateException if the template does not set it
     */
    public List<String> list(String name) {
        return isEmpty(name)
                ? List.of()
                : Stream.of(require(name).split(","))
                        .map(String::strip)
                        .filter(text -> !text.isEmpty())
                        .toList();
    }

    /**
     * A whole number that the function needs.
     *
     * @throws IllegalStateException if the template does not set it to a whole number
     */
    public int number(String name) {
        String value = require(name);
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalStateException("The setting " + name + " must be a whole number, not '" + value + "'", e);
        }
    }
}
