package dev.storyline.modeler.check;

/** The completeness of a field's origin or destination, from complete to missing. */
public enum Completeness {
    PROVEN("proven"),
    /** The model says too little to decide: no fields, no type, or no slice. */
    NOT_CHECKABLE("not checkable"),
    /** The model says enough, and the origin or destination is missing. */
    GAP("gap");

    private final String word;

    Completeness(String word) {
        this.word = word;
    }

    /** The printed form. */
    public String word() {
        return word;
    }

    /** Returns the less complete of two values. */
    public Completeness worse(Completeness other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
