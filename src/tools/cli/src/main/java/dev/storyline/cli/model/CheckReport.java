package dev.storyline.cli.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.storyline.common.Json;
import dev.storyline.modeler.check.CheckRule;
import dev.storyline.modeler.check.Completeness;
import dev.storyline.modeler.check.FieldCompleteness;
import dev.storyline.modeler.check.ModelFinding;
import dev.storyline.modeler.check.Report;
import dev.storyline.modeler.check.Severity;

/** The report of a check as JSON. */
final class CheckReport {
    private CheckReport() {}

    /**
     * {@code {"findings": [...], "counts": {severity: number}, "fields": {"all": counts, "contexts": {name: counts}},
     * "open": [...]}}, where {@code open} are the fields that are not proven.
     */
    static ObjectNode json(Report report) {
        ObjectNode root = Json.mapper().createObjectNode();
        findings(report, root.putArray("findings"));
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
        return root;
    }

    private static void findings(Report report, ArrayNode findings) {
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
    }

    private static void counts(ObjectNode node, Report.Counts counts) {
        node.put("proven", counts.proven())
                .put("gaps", counts.gaps())
                .put("waived", counts.waived())
                .put("notCheckable", counts.notCheckable());
    }

    /** All rules: id, severity, what holds, what to do. */
    static ArrayNode rules() {
        ArrayNode rules = Json.mapper().createArrayNode();
        for (CheckRule rule : CheckRule.values()) {
            rules.addObject()
                    .put("id", rule.id())
                    .put("severity", rule.severity().word())
                    .put("sentence", rule.sentence())
                    .put("advice", rule.advice());
        }
        return rules;
    }
}
