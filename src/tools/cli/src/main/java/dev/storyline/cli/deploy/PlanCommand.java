package dev.storyline.cli.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.cli.common.WrongUse;
import dev.storyline.common.Json;
import dev.storyline.deployment.Plan;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ./storyline deploy plan}. */
@Command(
        name = "plan",
        description =
                "Print the order of a first installation, or of what changed since a revision of git, with the commands"
                        + " that deploy it.")
public final class PlanCommand implements Runnable {
    /** What a heading of the plan begins with; the commands of the stack follow it. */
    private static final String HEADING = "# ";

    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    @Option(names = "--since", paramLabel = "REV", description = "Only what changed since this revision of git.")
    private @Nullable String since;

    @Option(
            names = "--stage",
            paramLabel = "NAME",
            defaultValue = Plan.USUAL_STAGE,
            description =
                    "The stage whose stacks, prefixes and parameters the commands name (default: ${DEFAULT-VALUE}).")
    private String stage = Plan.USUAL_STAGE;

    @Option(
            names = "--modules",
            description =
                    "With --since: print the Maven modules to build, one a line, or 'all', instead of the stacks.")
    private boolean modules;

    public PlanCommand(Session session) {
        this.session = session;
    }

    @Override
    public void run() {
        if (since != null && since.isBlank()) {
            throw new WrongUse("The option --since needs a revision, like HEAD~1.");
        }
        if (modules && since == null) {
            throw new WrongUse("The option --modules needs --since REV.");
        }
        List<String> lines = since == null
                ? Plan.first(session.root(), stage)
                : modules ? Plan.modules(session.root(), since) : Plan.since(session.root(), since, stage);
        if (format.json()) {
            session.print(modules ? modules(lines) : steps(lines));
        } else {
            lines.forEach(session.out()::println);
        }
    }

    private static ObjectNode modules(List<String> lines) {
        ObjectNode root = Json.mapper().createObjectNode();
        lines.forEach(root.putArray("modules")::add);
        return root;
    }

    /** {@code {"steps": [{"stack": "infra/wishes", "about": "", "commands": ["..."]}]}}. */
    private static ObjectNode steps(List<String> lines) {
        ObjectNode root = Json.mapper().createObjectNode();
        ArrayNode steps = root.putArray("steps");
        ArrayNode commands = Json.mapper().createArrayNode();
        for (String line : lines) {
            if (line.startsWith(HEADING)) {
                String[] heading = line.substring(HEADING.length()).split("[,;] ", 2);
                commands = steps.addObject()
                        .put("stack", heading[0])
                        .put("about", heading.length > 1 ? heading[1] : "")
                        .putArray("commands");
            } else {
                commands.add(line);
            }
        }
        return root;
    }
}
