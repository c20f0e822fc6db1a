package dev.storyline.projections;

/**
 * How much of a list one page takes.
 *
 * @param rows the most rows
 * @param bytes the most bytes of its rows in an answer, as {@link dev.storyline.common.EscapedJson} counts them; one
 *     row is taken whatever its size
 */
public record PageSize(int rows, long bytes) {
    /** As much as fits an answer, with room for the rest of it: Lambda returns 6 MB. */
    public static final PageSize LARGEST = new PageSize(Integer.MAX_VALUE, 5_000_000);

    public PageSize {
        if (rows < 1 || bytes < 1) {
            throw new IllegalArgumentException("A page has at least one row");
        }
    }

    /** Whether a page takes another element. */
    public boolean takes(int rowsBefore, long bytesBefore, long more) {
        return rowsBefore == 0 || (rowsBefore < rows && bytesBefore + more <= bytes);
    }
}
