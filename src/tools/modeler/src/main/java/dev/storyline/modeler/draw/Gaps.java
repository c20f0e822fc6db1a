package dev.storyline.modeler.draw;

import dev.storyline.model.Element;
import dev.storyline.model.Landscape;
import dev.storyline.model.Model;
import dev.storyline.model.Slice;
import dev.storyline.modeler.check.Check;
import dev.storyline.modeler.check.Completeness;
import dev.storyline.modeler.check.FieldCompleteness;
import dev.storyline.modeler.check.ModelFinding;
import dev.storyline.modeler.check.Report;
import dev.storyline.modeler.check.Severity;
import java.util.Map;
import java.util.TreeMap;

/** The gaps of a model that the pictures mark: one sentence for an element or a slice, by its key. */
public final class Gaps {
    private Gaps() {}

    /** Returns the key of an element: {@code wishes/EVENT:WishApproved}. */
    public static String key(Element element) {
        return element.context() + "/" + element.kind() + ":" + element.name();
    }

    /** Returns the key of a slice: {@code wishes/make-wish}. */
    public static String key(Model model, Slice slice) {
        return model.context() + "/" + slice.name();
    }

    /** Returns the gaps: elements without fields, slices without a pattern or a specification, and findings of the check. */
    public static Map<String, String> of(Landscape landscape) {
        Map<String, String> gaps = new TreeMap<>();
        for (Model model : landscape.models().values()) {
            for (Element element : model.elements()) {
                if (element.fields().isEmpty()) {
                    gaps.put(key(element), "no fields yet");
                }
            }
            for (Slice slice : model.slices()) {
                if (slice.pattern() == null) {
                    gaps.put(
                            key(model, slice),
                            slice.specifications().isEmpty()
                                    ? "no pattern and no specification yet"
                                    : "no pattern yet");
                } else if (slice.specifications().isEmpty()) {
                    gaps.put(key(model, slice), "no specification yet");
                }
            }
        }
        found(Check.of(landscape), gaps);
        return gaps;
    }

    /** Returns the first gap of each element and the first error of each slice. The check lists all of them. */
    private static void found(Report report, Map<String, String> gaps) {
        for (FieldCompleteness field : report.fields()) {
            if (field.answer() == Completeness.GAP && !field.waived()) {
                String where = field.origin() == Completeness.GAP ? "no origin" : "no destination";
                gaps.putIfAbsent(key(field.element()), field.path() + ": " + where);
            }
        }
        for (ModelFinding finding : report.findings()) {
            if (finding.rule().severity() == Severity.ERROR) {
                gaps.putIfAbsent(
                        finding.context() + "/" + finding.subject(),
                        finding.rule().id());
            }
        }
    }
}
