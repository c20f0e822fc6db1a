package dev.storyline.modeler.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.model.ClosestName;
import dev.storyline.model.Landscape;
import dev.storyline.modeler.Arguments;
import dev.storyline.modeler.ModelCommand;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code ./storyline model check}: what is missing or does not fit together in the models. */
public final class CheckCommand implements ModelCommand {
    /** The most findings of one severity that are told to people; to programs all are. */
    private static final int MOST_PRINTED = 500;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String usage() {
        return """
                Usage: ./storyline model check [CONTEXT] [--strict] [--json] [--rules]
                  Checks that every field has an origin and a destination, that specifications can follow from the
                  model, and the semantic rules of Scalable Modeling. Ends with 1 where there are errors.
                  --strict  ends with 1 where there are warnings, too
                  --json    prints everything as JSON, with the answers for every field that is not proven
                  --rules   lists the rules: id, severity, what holds, what to do
                """;
    }

    @Override
    public int run(Path root, List<String> arguments, PrintStream out) throws Arguments.BadUsage {
        Arguments words = Arguments.of(arguments, Set.of(), Set.of("--strict", "--json", "--rules"));
        if (words.has("--rules")) {
            rules(out);
            return 0;
        }
        Landscape landscape = Landscape.read(root);
        String context = context(words, landscape);
        Report all = Check.of(landscape);
        Report report = context == null ? all : all.of(context);
        if (words.has("--json")) {
            out.println(json(report));
        } else {
            print(report, out);
        }
        boolean bad = report.count(Severity.ERROR) > 0 || (words.has("--strict") && report.count(Severity.WARNING) > 0);
        return bad ? 1 : 0;
    }

    /** The context that the command line names, or null. */
    static @Nullable String context(Arguments words, Landscape landscape) throws Arguments.BadUsage {
        if (words.words().size() > 1) {
            throw new Arguments.BadUsage("One context at most, not " + String.join(" ", words.words()) + ".");
        }
        String context = words.word(0);
        if (context != null && !landscape.models().containsKey(context)) {
            String hint = ClosestName.hint(context, landscape.models().keySet());
            throw new Arguments.BadUsage("There is no context '" + context + "'" + (hint.isEmpty() ? "." : hint));
        }
        return context;
    }

    private static void rules(PrintStream out) {
        for (CheckRule rule : CheckRule.values()) {
            out.println(rule.id() + "  "
                    + (rule.keptByTheFormat() ? "kept" : rule.severity().word()) + "  " + rule.sentence() + " "
                    + rule.advice());
        }
    }

    private static void print(Report report, PrintStream out) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = report.count(severity);
            report.findings().stream()
                    .filter(finding -> finding.rule().severity() == severity)
                    .limit(MOST_PRINTED)
                    .forEach(out::println);
            if (count > MOST_PRINTED) {
                out.println("... and " + (count - MOST_PRINTED) + " more " + severity.word() + "s: --json tells all");
            }
            counts.add(count + " " + severity.word() + (count == 1 ? "" : "s"));
        }
        out.println(String.join(", ", counts));
        List<String> contexts = report.contexts();
        for (String context : contexts) {
            out.println(context + ": fields: " + report.of(context).counts());
        }
        if (contexts.size() > 1) {
            out.println("all: fields: " + report.counts());
        }
    }

    private static String json(Report report) {
        ObjectNode root = JSON.createObjectNode();
        ArrayNode findings = root.putArray("findings");
        for (ModelFinding finding : report.findings()) {
            findings.addObject()
                    .put("rule", finding.rule().id())
                    .put("severity", finding.rule().severity().word())
                    .put("context", finding.context())
                    .put("subject", finding.subject())
                    .put("file", finding.place().file())
                    .put("line", finding.place().line())
                    .put("column", finding.place().column())
                    .put("sentence", finding.sentence())
                    .put("advice", finding.rule().advice());
        }
        ObjectNode severities = root.putObject("counts");
        for (Severity severity : Severity.values()) {
            severities.put(severity.word(), report.count(severity));
        }
        ObjectNode fields = root.putObject("fields");
        counts(fields.putObject("all"), report.counts());
        ObjectNode contexts = fields.putObject("contexts");
        for (String context : report.contexts()) {
            counts(contexts.putObject(context), report.of(context).counts());
        }
        ArrayNode open = root.putArray("open");
        for (FieldCompleteness field : report.fields()) {
            if (field.answer() != Completeness.PROVEN) {
                open.addObject()
                        .put("context", field.element().context())
                        .put("kind", field.element().kind().word())
                        .put("field", field.name())
                        .put("origin", field.origin().word())
                        .put("destination", field.destination().word())
                        .put("waived", field.answer() == Completeness.GAP && field.waived());
            }
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void counts(ObjectNode node, Report.Counts counts) {
        node.put("proven", counts.proven())
                .put("gaps", counts.gaps())
                .put("waived", counts.waived())
                .put("notCheckable", counts.notCheckable());
    }
}
