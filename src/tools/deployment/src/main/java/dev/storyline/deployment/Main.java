package dev.storyline.deployment;

import dev.storyline.model.ModelException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Runs one command. Exit status: 0 where all is well, 1 where something was found, 2 for a wrong command line. */
public final class Main {
    private static final String USAGE = """
            Usage: ./storyline deploy COMMAND
              lint                          what templates do that they must not
              plan                          the order of a first installation, with its commands
              plan --since REV              what is deployed again after what has changed since a revision of git
              plan --since REV --modules    the Maven modules to build after it, one a line, or 'all'
            """;

    private Main() {}

    /**
     * Runs a command.
     *
     * @param arguments the repository's root and what stands behind {@code deploy}
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int status = run(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length), out, System.err);
        out.flush();
        System.exit(status);
    }

    static int run(Path root, List<String> arguments, PrintStream out, PrintStream err) {
        try {
            if (arguments.isEmpty() || arguments.equals(List.of("help")) || arguments.contains("--help")) {
                out.print(USAGE);
                return 0;
            }
            if (arguments.equals(List.of("lint"))) {
                return lint(root, out);
            }
            boolean since = arguments.size() > 2
                    && arguments.subList(0, 2).equals(List.of("plan", "--since"))
                    && !arguments.get(2).isBlank();
            if (arguments.equals(List.of("plan"))) {
                Plan.first(root).forEach(out::println);
            } else if (since && arguments.size() == 3) {
                Plan.since(root, arguments.get(2)).forEach(out::println);
            } else if (since && arguments.size() == 4 && arguments.get(3).equals("--modules")) {
                Plan.modules(root, arguments.get(2)).forEach(out::println);
            } else {
                err.println("There is no command 'deploy " + String.join(" ", arguments) + "'.");
                err.print(USAGE);
                return 2;
            }
            return 0;
        } catch (TemplateException | PlanException e) {
            err.println(e.getMessage());
            return 1;
        } catch (ModelException e) {
            e.troubles().forEach(err::println);
            return 1;
        }
    }

    private static int lint(Path root, PrintStream out) {
        List<LintFinding> findings = Lint.of(root);
        findings.forEach(out::println);
        out.println(
                findings.isEmpty()
                        ? "The templates are as they should be, by " + LintRule.values().length + " rules."
                        : findings.size() + " found.");
        return findings.isEmpty() ? 0 : 1;
    }
}
