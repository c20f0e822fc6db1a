package dev.storyline.edge;

import dev.storyline.common.NotConfigured;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The settings of one function, which its template sets as environment variables. They are passed to the constructor,
 * so that many functions can live in one process, each with its own settings.
 */
public record Settings(Map<String, String> values) {
    /** What the setting of a port says where nobody is to be called. */
    public static final String NOBODY = "none";

    public Settings {
        values = Map.copyOf(values);
    }

    /**
     * A setting that the function needs.
     *
     * @throws NotConfigured if the template does not set it, or sets it to an empty text
     */
    public String require(String name) {
        String value = values.get(name);
        if (value == null || value.isBlank()) {
            throw new NotConfigured("The setting " + name + " is missing: the slice's template.yaml must set it");
        }
        return value;
    }

    /**
     * The address of a port, from the setting {@code PORT_<NAME>}; {@link #NOBODY} if nobody is to be called.
     *
     * @param name the setting
     * @throws NotConfigured if there is no address, so that it is not known whether somebody is to be called
     */
    public String port(String name) {
        String value = values.getOrDefault(name, "");
        if (value.isBlank()) {
            throw new NotConfigured("The port is not configured: the setting " + name + " needs a URL, or '" + NOBODY
                    + "' if nobody is to be called");
        }
        return value;
    }

    /**
     * A list that the function needs: texts with commas between, possibly none.
     *
     * @throws IllegalStateException if the template does not set it
     */
    public List<String> list(String name) {
        String value = values.get(name);
        return value != null && value.isBlank()
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
