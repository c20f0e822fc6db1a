package dev.storyline.modeler.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The package of one Java file, and the imports that depend on the model. */
final class JavaSource {
    private static final int LONGEST_LINE = 120;

    private final String packageName;
    private final TreeSet<String> imports = new TreeSet<>();

    JavaSource(String packageName) {
        this.packageName = packageName;
    }

    String packageName() {
        return packageName;
    }

    /** Returns the current imports, in order. */
    List<String> imports() {
        return List.copyOf(imports);
    }

    /** Imports a class of another package, and returns its simple name. */
    String use(String qualified) {
        String home = qualified.substring(0, qualified.lastIndexOf('.'));
        if (!home.equals(packageName) && !home.equals("java.lang")) {
            imports.add(qualified);
        }
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    /**
     * Returns a documentation comment without its first indent and its last line end.
     *
     * @param indent the indent of all lines after the first one
     * @param parameters descriptions by name
     */
    static String comment(String indent, String about, Map<String, String> parameters) {
        List<String> lines = new ArrayList<>(wrapped(safe(about), indent.length() + 3));
        if (parameters.isEmpty() && lines.size() == 1 && indent.length() + 7 + about.length() <= LONGEST_LINE) {
            return "/** " + lines.getFirst() + " */";
        }
        StringBuilder text = new StringBuilder("/**\n");
        lines.forEach(line -> text.append(indent).append(" * ").append(line).append('\n'));
        if (!parameters.isEmpty()) {
            text.append(indent).append(" *\n");
        }
        parameters.forEach((name, says) -> {
            List<String> said = wrapped("@param " + name + " " + safe(says), indent.length() + 7);
            text.append(indent).append(" * ").append(said.getFirst()).append('\n');
            said.subList(1, said.size())
                    .forEach(line ->
                            text.append(indent).append(" *     ").append(line).append('\n'));
        });
        return text.append(indent).append(" */").toString();
    }

    /** Escapes text from the model, so that it neither ends the comment nor forms a tag. */
    private static String safe(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace("*/", "*&#47;")
                .replace("@", "&#64;")
                .replace("{", "&#123;")
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static List<String> wrapped(String text, int taken) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ")) {
            if (!line.isEmpty() && taken + line.length() + 1 + word.length() > LONGEST_LINE) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Returns a text as a string literal. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"' -> literal.append("\\\"");
                case '\\' -> literal.append("\\\\");
                case '\n', '\r', '\t' -> literal.append(' ');
                default -> literal.append((char) c);
            }
        });
        return literal.append('"').toString();
    }
}
