package dev.storyline.deployment;

import java.util.Map;

/** Checks what the alarms of a stack cost: CloudWatch bills each metric that an alarm watches. */
final class LintAlarms {
    /** Three functions of a slice, its lag, what it gave up, and room for three more. */
    private static final int MOST_OF_A_SLICE = 8;

    /** What the alarms of a context watch with two transports, and room for one more. */
    private static final int MOST_OF_A_CONTEXT = 20;

    private LintAlarms() {}

    static void check(Stack stack, Lint.Sink sink) {
        int watched = watched(stack.template());
        int most = stack.infra() ? MOST_OF_A_CONTEXT : MOST_OF_A_SLICE;
        if (watched > most) {
            sink.report(LintRule.COSTLY_ALARMS, stack, "Resources", "has alarms that watch " + watched + " metrics");
        }
    }

    /** The metrics that the alarms of a template watch. */
    static int watched(Template template) {
        int watched = 0;
        for (String alarm : template.resources("AWS::CloudWatch::Alarm")) {
            int metrics = 0;
            for (Object metric : TemplateFile.list(template.property(alarm, "Metrics"))) {
                metrics += metric instanceof Map<?, ?> fields && fields.containsKey("MetricStat") ? 1 : 0;
            }
            watched += Math.max(1, metrics);
        }
        return watched;
    }
}
