package dev.storyline.cli.model;

import dev.storyline.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ./storyline model}. */
@Command(
        name = "model",
        description = "Check, draw, sign off, compare, import and export the event models.",
        subcommands = {
            CheckCommand.class,
            StatusCommand.class,
            SignCommand.class,
            DrawCommand.class,
            DiffCommand.class,
            ImportCommand.class,
            ExportCommand.class
        })
public final class ModelCommand extends CommandGroup {}
