package dev.storyline.modeler.scaffold;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One Java source: its package, what it imports, and its text. */
final class JavaText {
    private static final int LONGEST_LINE = 120;

    private final String packageName;
    private final TreeSet<String> imports = new TreeSet<>();
    private final TreeSet<String> statics = new TreeSet<>();

    JavaText(String packageName) {
        this.packageName = packageName;
    }

    String packageName() {
        return packageName;
    }

    /** Names a class, imported where it is in another package. */
    String use(String qualified) {
        String home = qualified.substring(0, qualified.lastIndexOf('.'));
        if (!home.equals(packageName) && !home.equals("java.lang")) {
            imports.add(qualified);
        }
        return qualified.substring(qualified.lastIndexOf('.') + 1);
    }

    void use(String... qualified) {
        for (String one : qualified) {
            use(one);
        }
    }

    void useStatic(String qualified) {
        statics.add(qualified);
    }

    /** The whole file. */
    String with(String body) {
        StringBuilder text = new StringBuilder("package " + packageName + ";\n\n");
        statics.forEach(one -> text.append("import static ").append(one).append(";\n"));
        text.append(statics.isEmpty() ? "" : "\n");
        imports.forEach(one -> text.append("import ").append(one).append(";\n"));
        text.append(imports.isEmpty() ? "" : "\n");
        return text.append(body).toString();
    }

    /**
     * A comment for readers of the documentation.
     *
     * @param parameters by name
     */
    static String comment(String indent, String about, Map<String, String> parameters) {
        List<String> lines = new ArrayList<>(wrapped(safe(about), indent.length() + 3));
        if (parameters.isEmpty() && lines.size() == 1 && indent.length() + 7 + about.length() <= LONGEST_LINE) {
            return indent + "/** " + lines.getFirst() + " */\n";
        }
        StringBuilder text = new StringBuilder(indent + "/**\n");
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
        return text.append(indent).append(" */\n").toString();
    }

    /** What a person wrote must not end the comment or become a tag of it. */
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

    /** The head of a record, in one line where it fits. */
    static String record(String indent, String head, List<String> components, String tail) {
        String line = indent + head + "(" + String.join(", ", components) + ")" + tail;
        if (line.length() <= LONGEST_LINE) {
            return line;
        }
        String inner = indent + "        ";
        return indent + head + "(\n" + inner + String.join(",\n" + inner, components) + ")" + tail;
    }

    /** A case of a switch that lists what it is about. */
    static String choice(String indent, List<String> labels, String then) {
        String line = indent + "case " + String.join(", ", labels) + " -> " + then;
        if (line.length() <= LONGEST_LINE) {
            return line + "\n";
        }
        return indent + "case " + String.join(",\n" + indent + "        ", labels) + " -> " + then + "\n";
    }

    /** A text as Java writes it. */
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
