package dev.storyline.modeler;

import dev.storyline.model.ModelException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** One command of {@code ./storyline model}. */
public interface ModelCommand {
    /** The text that {@code --help} prints. */
    String usage();

    /**
     * Runs the command.
     *
     * @param root the repository
     * @param arguments what stands behind the command's name
     * @param out what it has to say
     * @return the exit status: 0 where all is well, 1 where something was found
     * @throws Arguments.BadUsage if the command line cannot be understood
     * @throws ModelException if a model cannot be read
     */
    int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage;
}
