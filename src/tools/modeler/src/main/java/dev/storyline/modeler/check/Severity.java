package dev.storyline.modeler.check;

/** How bad a finding is. Only errors make the check fail; {@code --strict} counts warnings as well. */
public enum Severity {
    /** The model contradicts itself or misses something that it needs. */
    ERROR("error"),
    /** Probably a mistake, possibly meant so. */
    WARNING("warning"),
    /** Nothing is wrong; worth a look. */
    INSIGHT("insight");

    private final String word;

    Severity(String word) {
        this.word = word;
    }

    /** As it is printed. */
    public String word() {
        return word;
    }
}
