package dev.storyline.cli.deploy;

import dev.storyline.cli.common.CommandGroup;
import picocli.CommandLine.Command;

/** {@code ./storyline deploy}. */
@Command(
        name = "deploy",
        description = "Check the templates, and plan a deployment.",
        subcommands = {LintCommand.class, PlanCommand.class})
public final class DeployCommand extends CommandGroup {}
