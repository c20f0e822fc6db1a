package dev.storyline.modeler.scaffold;

import java.util.Map;

/** The class of a slice that wires its doors to what they are called. */
final class FunctionText {
    private final Draft draft;
    private final JavaText java;
    private final StringBuilder fields = new StringBuilder();
    private final StringBuilder statements = new StringBuilder();
    private final StringBuilder methods = new StringBuilder();

    FunctionText(Draft draft, JavaText java) {
        this.draft = draft;
        this.java = java;
    }

    /** A door that is called from outside: a field, and a method that hands over. */
    void door(String type, String name, String reply, String parameter, String exportEnding) {
        fields.append("    private final ")
                .append(type)
                .append(' ')
                .append(name)
                .append(";\n");
        method(name, "handle", reply, parameter, exportEnding, name);
    }

    /** Another method of a door. */
    void method(String name, String called, String reply, String parameter, String exportEnding, String door) {
        String argument = parameter.substring(parameter.indexOf(' ') + 1);
        methods.append("\n    @Funq(")
                .append(JavaText.literal(draft.slice().name() + exportEnding))
                .append(")\n    public ")
                .append(reply)
                .append(' ')
                .append(name)
                .append('(')
                .append(parameter)
                .append(") {\n        return ")
                .append(door)
                .append('.')
                .append(called)
                .append('(')
                .append(argument)
                .append(");\n    }\n");
    }

    void statement(String statement) {
        statements.append("        ").append(statement).append('\n');
    }

    void write(String about) {
        String name = draft.name() + "Function";
        draft.write(
                name,
                java,
                JavaText.comment("", about, Map.of()) + "@Singleton\npublic class " + name + " {\n" + fields
                        + "\n    public " + name + "(Edge edge) {\n" + statements + "    }\n" + methods + "}\n");
    }
}
