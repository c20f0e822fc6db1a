package dev.storyline.modeler.draw;

/** The font sizes of the pictures, in pixels. */
enum Face {
    TITLE(26, true),
    CHAPTER(17, true),
    HEAD(14, true),
    NAME(13, true),
    BODY(12, false),
    STRONG(11, true),
    SMALL(11, false);

    private final int size;
    private final boolean bold;

    Face(int size, boolean bold) {
        this.size = size;
        this.bold = bold;
    }

    int size() {
        return size;
    }

    boolean bold() {
        return bold;
    }

    /** The line height. */
    double line() {
        return Math.ceil(size * 1.36);
    }

    String css() {
        return switch (this) {
            case TITLE -> "f-title";
            case CHAPTER -> "f-chapter";
            case HEAD -> "f-head";
            case NAME -> "f-name";
            case BODY -> "f-body";
            case STRONG -> "f-strong";
            case SMALL -> "f-small";
        };
    }
}
