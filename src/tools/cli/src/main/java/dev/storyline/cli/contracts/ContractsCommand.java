package dev.storyline.cli.contracts;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.build.SliceBuild;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.contracts.ContractFinding;
import dev.storyline.contracts.Contracts;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./storyline contracts}. */
@Command(
        name = "contracts",
        description =
                "Compare what contexts promise now (commands, events, public events, views, routes) with what they"
                        + " released, in src/contexts/CONTEXT/contracts. The exit status is 1 if something differs.",
        subcommands = {ContractsCommand.WriteCommand.class})
public final class ContractsCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    public ContractsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        return run(session, format.json(), false, "");
    }

    /** {@code ./storyline contracts write}. */
    @Command(
            name = "write",
            description =
                    "Release what is new or has changed without breaking anything: write the files of the contracts. The"
                            + " exit status is 1 if something breaks a released contract.")
    static final class WriteCommand implements Callable<Integer> {
        private final Session session;

        @Mixin
        private final JsonOption format = new JsonOption();

        @Option(
                names = "--narrow",
                paramLabel = "REASON",
                description =
                        "Let fields of commands, queries and public events take fewer values within their version."
                                + " The reason is recorded, and must stand in CHANGELOG.md in the same words.")
        private String narrowing = "";

        WriteCommand(Session session) {
            this.session = session;
        }

        @Override
        public Integer call() {
            return run(session, format.json(), true, narrowing);
        }
    }

    private static int run(Session session, boolean json, boolean write, String narrowing) {
        new SliceBuild(session).ensureFresh();
        List<Contracts> all = Contracts.compare(session.root(), Clock.systemUTC(), narrowing);
        List<ContractFinding> findings = all.stream()
                .flatMap(contracts -> contracts.findings().stream())
                .filter(finding -> finding.breaking() || !write)
                .toList();
        List<Path> written = write
                ? all.stream().flatMap(contracts -> contracts.write().stream()).toList()
                : List.of();
        if (json) {
            session.print(json(all, findings, written));
        } else {
            written.forEach(file -> session.out().println("wrote " + file));
            findings.forEach(session.out()::println);
            session.out()
                    .println(
                            findings.isEmpty()
                                    ? "Contracts: "
                                            + all.stream()
                                                    .mapToInt(ContractsCommand::promises)
                                                    .sum()
                                            + " promises of " + all.size() + " contexts, all kept."
                                    : "Findings: " + findings.size() + ".");
        }
        return ExitStatus.found(!findings.isEmpty());
    }

    private static int promises(Contracts contracts) {
        return contracts.promises().contracts().size();
    }

    private static ObjectNode json(List<Contracts> all, List<ContractFinding> findings, List<Path> written) {
        ObjectNode root = Json.mapper().createObjectNode();
        ArrayNode contexts = root.putArray("contexts");
        for (Contracts contracts : all) {
            contexts.addObject()
                    .put("context", contracts.promises().model().context())
                    .put("promises", promises(contracts));
        }
        ArrayNode array = root.putArray("findings");
        for (ContractFinding finding : findings) {
            array.addObject()
                    .put("file", finding.file())
                    .put("sentence", finding.sentence())
                    .put("breaking", finding.breaking());
        }
        written.forEach(file -> root.withArray("written").add(file.toString()));
        return root;
    }
}
