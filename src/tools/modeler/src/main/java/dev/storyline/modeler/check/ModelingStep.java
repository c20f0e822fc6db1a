package dev.storyline.modeler.check;

import dev.storyline.model.Element.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The eight steps of the unified process of Event Storming and Event Modeling, with their roles. */
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

    /** Returns the step with this name, written with blanks or hyphens. */
    public static Optional<ModelingStep> of(String word) {
        String plain = word.replace('-', ' ').strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(step -> step.word.equals(plain)).findFirst();
    }

    /** Returns the names of all steps. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ModelingStep::word).toList();
    }

    /** Returns the name of the step. */
    public String word() {
        return word;
    }

    /** Returns the roles that take part in the step and sign it. */
    public List<String> roles() {
        return switch (this) {
            case COLLECT_EVENTS, REFINE -> List.of("domain expert", "product owner", "developer");
            case TRACK_CAUSES, AGGREGATE -> List.of("domain expert", "developer");
            case IDENTIFY_INPUTS, IDENTIFY_OUTPUTS -> List.of("user", "designer", "developer");
            case ELABORATE_SCENARIOS -> List.of("domain expert", "tester", "developer");
            case COMPLETENESS_CHECK -> List.of("domain expert", "product owner", "tester", "developer");
        };
    }

    /** Returns the kinds of elements that the step covers. */
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

    /** Returns whether the step covers slices. */
    boolean slices() {
        return switch (this) {
            case TRACK_CAUSES, ELABORATE_SCENARIOS, COMPLETENESS_CHECK -> true;
            case COLLECT_EVENTS, REFINE, AGGREGATE, IDENTIFY_INPUTS, IDENTIFY_OUTPUTS -> false;
        };
    }
}
