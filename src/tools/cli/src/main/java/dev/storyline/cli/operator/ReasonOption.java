package dev.storyline.cli.operator;

import picocli.CommandLine.Option;

/** The option of commands that change something: why. */
public final class ReasonOption {
    @Option(
            names = "--reason",
            paramLabel = "SENTENCE",
            defaultValue = "",
            description = "Why, for the record of what operators do.")
    private String reason = "";

    String reason() {
        return reason.strip();
    }
}
