package dev.storyline.modeler.check;

import java.util.ArrayList;
import java.util.List;

/**
 * What the check has to say about some models.
 *
 * @param findings by place
 * @param fields what it says about every field, in the order of the contexts and their files
 */
public record Report(List<ModelFinding> findings, List<FieldCompleteness> fields) {
    /**
     * How many fields have which answer.
     *
     * @param waived those with a gap that is waived with a reason; not among the gaps
     */
    public record Counts(int proven, int gaps, int waived, int notCheckable) {
        @Override
        public String toString() {
            return proven + " proven, " + gaps + (gaps == 1 ? " gap, " : " gaps, ")
                    + (waived == 0 ? "" : waived + " waived, ") + notCheckable + " not checkable";
        }
    }

    public Report {
        findings = List.copyOf(findings);
        fields = List.copyOf(fields);
    }

    /** What it says about one context. */
    public Report of(String context) {
        return new Report(
                findings.stream()
                        .filter(finding -> finding.context().equals(context))
                        .toList(),
                fields.stream()
                        .filter(field -> field.element().context().equals(context))
                        .toList());
    }

    /** How many findings are this bad. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }

    /** The contexts that it speaks about, in order. */
    public List<String> contexts() {
        List<String> contexts = new ArrayList<>();
        for (FieldCompleteness field : fields) {
            if (contexts.isEmpty() || !contexts.getLast().equals(field.element().context())) {
                contexts.add(field.element().context());
            }
        }
        return contexts;
    }

    /** How many fields have which answer. */
    public Counts counts() {
        int proven = 0;
        int gaps = 0;
        int waived = 0;
        int notCheckable = 0;
        for (FieldCompleteness field : fields) {
            switch (field.answer()) {
                case PROVEN -> proven++;
                case NOT_CHECKABLE -> notCheckable++;
                case GAP -> {
                    if (field.waived()) {
                        waived++;
                    } else {
                        gaps++;
                    }
                }
            }
        }
        return new Counts(proven, gaps, waived, notCheckable);
    }
}
