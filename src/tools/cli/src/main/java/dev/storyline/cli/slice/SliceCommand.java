package dev.storyline.cli.slice;

import dev.storyline.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ./storyline slice}. */
@Command(
        name = "slice",
        description = "Write the folder of a slice from its model, or its template.",
        subcommands = {SliceNewCommand.class, SliceTemplateCommand.class})
public final class SliceCommand extends CommandGroup {}
