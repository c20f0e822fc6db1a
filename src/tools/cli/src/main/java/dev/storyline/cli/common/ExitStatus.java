package dev.storyline.cli.common;

/** The exit statuses of all commands. */
public final class ExitStatus {
    /** The command did what it was asked to do. */
    public static final int WELL = 0;

    /** A check or a comparison found something that somebody must act on. */
    public static final int FOUND = 1;

    /** The command line is wrong, or names something that does not exist. */
    public static final int WRONG_USE = 2;

    /** The command could not do what it was asked to do. */
    public static final int COULD_NOT = 3;

    private ExitStatus() {}

    /** {@link #FOUND} or {@link #WELL}. */
    public static int found(boolean something) {
        return something ? FOUND : WELL;
    }
}
