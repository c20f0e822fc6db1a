package dev.storyline.modeler.check;

/** The severity of a finding. Only errors fail the check; with {@code --strict} warnings do too. */
public enum Severity {
    /** The model contradicts itself, or a required part is missing. */
    ERROR("error"),
    /** Probably a mistake, possibly intended. */
    WARNING("warning"),
    /** No mistake, but worth a look. */
    INSIGHT("insight");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** The printed form. */
    public String word() {
        return word;
    }
}
