package dev.storyline.modeler.scaffold;

import io.quarkus.qute.Engine;
import io.quarkus.qute.Template;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Renders the files of the scaffold from Qute templates. Each template creates one file and resembles that file. A name
 * without a value causes an exception.
 */
final class TextTemplates {
    private static final Engine ENGINE = Engine.builder().addDefaults().build();
    private static final Map<String, Template> PARSED = new ConcurrentHashMap<>();

    private TextTemplates() {}

    /**
     * Renders a template.
     *
     * @param name the template's path below this package, without its ending, {@code slice/Decider.java}
     * @param data a value for each name in the template
     */
    static String render(String name, Map<String, ?> data) {
        return PARSED.computeIfAbsent(name, one -> ENGINE.parse(text(one)))
                .data(data)
                .render();
    }

    private static String text(String name) {
        try (InputStream stream = TextTemplates.class.getResourceAsStream(name + ".qute")) {
            if (stream == null) {
                throw new IllegalStateException("The template " + name + ".qute is missing.");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
