package dev.storyline.contracts;

/**
 * A difference between the released contracts and the current types.
 *
 * @param file the path of the file from the repository's root
 * @param sentence the problem and its remedy
 * @param breaking whether a person must decide; {@code ./storyline contracts write} resolves all other findings
 */
public record ContractFinding(String file, String sentence, boolean breaking) {
    @Override
    public String toString() {
        return file + ": " + sentence;
    }
}
