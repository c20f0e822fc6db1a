package dev.storyline.projections;

/** What became of a skip. */
public sealed interface SkipResult {
    /**
     * One commit was stepped over, by this call or by an earlier one.
     *
     * @param skipped the record of it
     * @param now how far the stream has come since
     */
    record Done(Skipped skipped, ApplyResult now) implements SkipResult {}

    /**
     * Nothing was changed.
     *
     * @param why the reason, a sentence
     */
    record NotSkipped(String why) implements SkipResult {}
}
