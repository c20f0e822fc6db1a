package dev.storyline.cli.common;

import picocli.CommandLine.Option;

/** The option of every command that answers with data. */
public final class JsonOption {
    @Option(names = "--json", description = "Print the result as JSON.")
    private boolean json;

    /** Whether the result is printed as JSON. */
    public boolean json() {
        return json;
    }
}
