package dev.storyline.modeler.check;

import dev.storyline.model.Element.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The eight steps of the unified process of Event Storming and Event Modeling, and who takes part in each. */
public enum ModelingStep {
    COLLECT_EVENTS("collect events"),
    REFINE("refine"),
    TRACK_CAUSES("track causes"),
    AGGREGATE("aggregate"),
    IDENTIFY_INPUTS("identify inputs"),
    IDENTIFY_OUTPUTS("identify outputs"),
    ELABORATE_SCENARIOS("elaborate scenarios"),
    COMPLETENESS_CHECK("completeness check");

    private final String word;

    ModelingStep(String word) {
        this.word = word;
    }

    /** The step that is written so, with blanks or hyphens. */
    public static Optional<ModelingStep> of(String word) {
        String plain = word.replace('-', ' ').strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(step -> step.word.equals(plain)).findFirst();
    }

    /** How all steps are written. */
    static List<String> words() {
        return Arrays.stream(values()).map(ModelingStep::word).toList();
    }

    /** As it is written. */
    public String word() {
        return word;
    }

    /** Who takes part in it, and signs it off. */
    public List<String> roles() {
        return switch (this) {
            case COLLECT_EVENTS, REFINE -> List.of("domain expert", "product owner", "developer");
            case TRACK_CAUSES, AGGREGATE -> List.of("domain expert", "developer");
            case IDENTIFY_INPUTS, IDENTIFY_OUTPUTS -> List.of("user", "designer", "developer");
            case ELABORATE_SCENARIOS -> List.of("domain expert", "tester", "developer");
            case COMPLETENESS_CHECK -> List.of("domain expert", "product owner", "tester", "developer");
        };
    }

    /** The elements that are looked at in it. */
    Set<Kind> kinds() {
        return switch (this) {
            case COLLECT_EVENTS, REFINE -> Set.of(Kind.EVENT);
            case TRACK_CAUSES -> Set.of(Kind.EVENT, Kind.PUBLIC_EVENT);
            case AGGREGATE -> Set.of(Kind.EVENT, Kind.COMMAND);
            case IDENTIFY_INPUTS -> Set.of(Kind.COMMAND);
            case IDENTIFY_OUTPUTS -> Set.of(Kind.VIEW, Kind.PUBLIC_EVENT);
            case ELABORATE_SCENARIOS -> Set.of();
            case COMPLETENESS_CHECK -> Set.of(Kind.values());
        };
    }

    /** Whether slices are looked at in it. */
    boolean slices() {
        return switch (this) {
            case TRACK_CAUSES, ELABORATE_SCENARIOS, COMPLETENESS_CHECK -> true;
            case COLLECT_EVENTS, REFINE, AGGREGATE, IDENTIFY_INPUTS, IDENTIFY_OUTPUTS -> false;
        };
    }
}
