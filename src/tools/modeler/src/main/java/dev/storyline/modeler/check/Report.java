package dev.storyline.modeler.check;

import java.util.ArrayList;
import java.util.List;

/**
 * The result of the check.
 *
 * @param findings the findings, by location
 * @param fields the completeness of every field, in the order of contexts and files
 */
public record Report(List<ModelFinding> findings, List<FieldCompleteness> fields) {
    /**
     * The number of fields by completeness.
     *
     * @param waived fields whose gap is waived with a reason; they do not count as gaps
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

    /** Returns the result for one context. */
    public Report of(String context) {
        return new Report(
                findings.stream()
                        .filter(finding -> finding.context().equals(context))
                        .toList(),
                fields.stream()
                        .filter(field -> field.element().context().equals(context))
                        .toList());
    }

    /** Returns the number of findings with this severity. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.rule().severity() == severity)
                .count();
    }

    /** Returns the contexts of the report, in order. */
    public List<String> contexts() {
        List<String> contexts = new ArrayList<>();
        for (FieldCompleteness field : fields) {
            if (contexts.isEmpty() || !contexts.getLast().equals(field.element().context())) {
                contexts.add(field.element().context());
            }
        }
        return contexts;
    }

    /** Returns the number of fields by completeness. */
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
