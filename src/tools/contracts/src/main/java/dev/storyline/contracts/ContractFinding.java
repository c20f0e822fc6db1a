package dev.storyline.contracts;

/**
 * Something that is wrong with the contracts.
 *
 * @param file which file, from the repository's root
 * @param sentence what is wrong with it, and what to do
 * @param breaking whether only a person can mend it; otherwise {@code ./storyline contracts write} does
 */
public record ContractFinding(String file, String sentence, boolean breaking) {
    @Override
    public String toString() {
        return file + ": " + sentence;
    }
}
