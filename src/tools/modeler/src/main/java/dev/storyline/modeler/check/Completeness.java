package dev.storyline.modeler.check;

/** What the check can say about a field's origin or destination; the later, the more there is to do. */
public enum Completeness {
    PROVEN("proven"),
    /** The model does not say enough to tell: no fields, no type, no slice. */
    NOT_CHECKABLE("not checkable"),
    /** The model says enough, and there is none. */
    GAP("gap");

    private final String word;

    Completeness(String word) {
        this.word = word;
    }

    /** As it is printed. */
    public String word() {
        return word;
    }

    /** The one of both that leaves more to do. */
    public Completeness worse(Completeness other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
