package dev.storyline.modeler.scaffold;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.ImportOrderer;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import com.palantir.javaformat.java.RemoveUnusedImports;

/**
 * Formats Java according to the Spotless check of the build, and removes unused imports that come from a template.
 *
 * <p>The formatter needs packages of the compiler that a JVM opens only with {@code --add-exports}. {@code ./storyline}
 * passes these options. In a JVM without them, the text stays unformatted: it compiles, and {@code spotless:apply}
 * formats it.
 */
final class JavaFormat {
    private static final JavaFormatterOptions OPTIONS = JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(false)
            .build();

    private JavaFormat() {}

    /**
     * Formats a file.
     *
     * @throws IllegalStateException if the text is not valid Java
     */
    static String of(String text) {
        try {
            String needed = RemoveUnusedImports.removeUnusedImports(text);
            String ordered = ImportOrderer.reorderImports(needed, Style.PALANTIR);
            return Formatter.createFormatter(OPTIONS).formatSource(ordered);
        } catch (FormatterException e) {
            throw new IllegalStateException("A template of the scaffold does not make Java: " + text, e);
        } catch (IllegalAccessError e) {
            return text;
        }
    }
}
