package dev.storyline.modeler.command;

import dev.storyline.model.ClosestName;
import dev.storyline.model.ModelException;
import dev.storyline.modeler.Arguments.BadUsage;
import dev.storyline.modeler.ModelCommand;
import dev.storyline.modeler.check.CheckCommand;
import dev.storyline.modeler.check.SignCommand;
import dev.storyline.modeler.check.StatusCommand;
import dev.storyline.modeler.draw.DrawCommand;
import dev.storyline.modeler.exchange.DiffCommand;
import dev.storyline.modeler.exchange.ExportCommand;
import dev.storyline.modeler.exchange.ImportCommand;
import dev.storyline.modeler.scaffold.SliceCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Runs one command. Exit status: 0 where all is well, 1 where something was found, 2 for a wrong command line. */
public final class Main {
    private static final Map<String, ModelCommand> MODEL = new LinkedHashMap<>();

    static {
        MODEL.put("check", new CheckCommand());
        MODEL.put("status", new StatusCommand());
        MODEL.put("sign", new SignCommand());
        MODEL.put("draw", new DrawCommand());
        MODEL.put("diff", new DiffCommand());
        MODEL.put("import", new ImportCommand());
        MODEL.put("export", new ExportCommand());
    }

    private Main() {}

    /**
     * Runs a command.
     *
     * @param arguments the repository's root, {@code model} or {@code slice}, and what stands behind it
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        int status = run(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length), out, System.err);
        out.flush();
        System.exit(status);
    }

    static int run(Path root, List<String> arguments, PrintStream out, PrintStream err) {
        boolean slice = arguments.getFirst().equals("slice");
        String name = arguments.size() < 2 ? "--help" : arguments.get(1);
        ModelCommand command = slice ? new SliceCommand() : MODEL.get(name);
        List<String> rest = arguments.subList(Math.min(slice ? 1 : 2, arguments.size()), arguments.size());
        if (command == null && !name.equals("--help")) {
            String hint = ClosestName.hint(name, MODEL.keySet());
            err.println("There is no command 'model " + name + "'" + (hint.isEmpty() ? "." : hint));
            err.println(usage());
            return 2;
        }
        if (command == null || (slice && rest.isEmpty()) || rest.contains("--help")) {
            out.println(command == null ? usage() : command.usage());
            return 0;
        }
        try {
            return command.run(root, rest, out);
        } catch (BadUsage e) {
            err.println(e.getMessage());
            err.println(command.usage());
            return 2;
        } catch (ModelException | UncheckedIOException e) {
            err.println(e.getMessage());
            return 1;
        } catch (OutOfMemoryError e) {
            // Nothing was written yet, and all that was read is let go of with the command.
            err.println("The models are too large for the memory of this process, "
                    + Runtime.getRuntime().maxMemory() / 1024 / 1024 + " MB: split them by context.");
            return 1;
        }
    }

    private static String usage() {
        return MODEL.values().stream()
                .map(command -> command.usage().lines().findFirst().orElse("").strip())
                .collect(Collectors.joining("\n"));
    }
}
