package dev.storyline.contracts;

import dev.storyline.deployment.TemplateException;
import dev.storyline.local.common.LocalCloudException;
import dev.storyline.model.ModelException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/**
 * {@code ./storyline contracts}. Exit status: 0 where all is well, 1 where something was found, 2 for a wrong command line.
 */
public final class Main {
    private static final String USAGE = """
            Usage: ./storyline contracts [write]
              compares what contexts promise now (commands, events, public events, views, routes) with what they
              released, in src/contexts/CONTEXT/contracts, and tells what differs and what breaks
              write   releases what is new or has changed without breaking anything: writes those files""";

    private Main() {}

    /**
     * Runs it.
     *
     * @param arguments the repository's root, and what stands behind the command
     */
    public static void main(String[] arguments) {
        System.exit(run(Path.of(arguments[0]), List.of(arguments).subList(1, arguments.length)));
    }

    private static int run(Path root, List<String> words) {
        if (words.contains("--help")) {
            System.out.println(USAGE);
            return 0;
        }
        if (!words.isEmpty() && !words.equals(List.of("write"))) {
            System.err.println("There is no command 'contracts " + String.join(" ", words) + "'.\n" + USAGE);
            return 2;
        }
        try {
            return run(Contracts.compare(root, Clock.systemUTC()), !words.isEmpty());
        } catch (ContractException
                | LocalCloudException
                | TemplateException
                | ModelException
                | UncheckedIOException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static int run(List<Contracts> all, boolean write) {
        List<ContractFinding> findings = all.stream()
                .flatMap(contracts -> contracts.findings().stream())
                .filter(finding -> finding.breaking() || !write)
                .toList();
        if (write) {
            all.forEach(contracts -> contracts.write().forEach(file -> System.out.println("wrote " + file)));
        }
        findings.forEach(System.out::println);
        System.out.println(
                findings.isEmpty()
                        ? "Contracts: "
                                + all.stream()
                                        .mapToInt(contracts ->
                                                contracts.promises().contracts().size())
                                        .sum()
                                + " promises of " + all.size() + " contexts, all kept."
                        : "Findings: " + findings.size() + ".");
        return findings.isEmpty() ? 0 : 1;
    }
}
