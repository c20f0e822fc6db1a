package dev.storyline.cli.deploy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.cli.common.ExitStatus;
import dev.storyline.cli.common.JsonOption;
import dev.storyline.cli.common.Session;
import dev.storyline.common.Json;
import dev.storyline.deployment.Lint;
import dev.storyline.deployment.LintFinding;
import dev.storyline.deployment.LintRule;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ./storyline deploy lint}. */
@Command(
        name = "lint",
        description =
                "Check the templates against the rules of deployment: place, what is wrong, why, what to do. The exit"
                        + " status is 1 if something is wrong.")
public final class LintCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final JsonOption format = new JsonOption();

    public LintCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<LintFinding> findings = Lint.of(session.root());
        if (format.json()) {
            session.print(json(findings));
        } else {
            print(session, findings);
        }
        return ExitStatus.found(!findings.isEmpty());
    }

    private static void print(Session session, List<LintFinding> findings) {
        findings.forEach(session.out()::println);
        session.out()
                .println(
                        findings.isEmpty()
                                ? "The templates are as they should be, by " + LintRule.values().length + " rules."
                                : findings.size() + " found.");
    }

    private static ObjectNode json(List<LintFinding> findings) {
        ObjectNode root = Json.mapper().createObjectNode();
        ArrayNode array = root.putArray("findings");
        for (LintFinding finding : findings) {
            array.addObject()
                    .put("rule", finding.rule().id())
                    .put("file", finding.file())
                    .put("place", finding.place())
                    .put("what", finding.what())
                    .put("why", finding.rule().why())
                    .put("todo", finding.rule().todo());
        }
        return root;
    }
}
