package dev.storyline.benchmarks.local;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.function.DoublePredicate;

/** One table on standard output: figures with their spread, their targets, and whether the targets are met. */
final class Report {
    private static final String ROW = "%-58s %10s  %-19s %-13s %s%n";

    private final PrintStream out;

    Report(PrintStream out) {
        this.out = out;
    }

    /**
     * What a figure should be.
     *
     * @param text the target as people read it; empty where there is none
     * @param met whether a figure meets it
     */
    record Target(String text, DoublePredicate met) {
        static final Target NONE = new Target("", _ -> true);

        static Target atMost(double most, String unit) {
            return new Target("<= " + number(most) + unit, figure -> figure <= most);
        }

        static Target below(double limit, String unit) {
            return new Target("< " + number(limit) + unit, figure -> figure < limit);
        }

        static Target atLeast(double least, String unit) {
            return new Target(">= " + number(least) + unit, figure -> figure >= least);
        }
    }

    /** Begins the table of a store. */
    void begin(String store) {
        out.println();
        out.println("Store: " + store);
        out.printf(ROW, "figure", "value", "spread of the runs", "target", "");
    }

    /** Prints a figure: the median of its runs, and the lowest and highest where there are several. */
    void row(String figure, List<Double> runs, Target target) {
        double value = median(runs);
        String spread = runs.size() < 2
                ? ""
                : number(runs.stream().mapToDouble(run -> run).min().orElseThrow())
                        + " to "
                        + number(runs.stream().mapToDouble(run -> run).max().orElseThrow());
        String mark = target.text().isEmpty() ? "" : target.met().test(value) ? "met" : "MISSED";
        out.printf(ROW, figure, number(value), spread, target.text(), mark);
        out.flush();
    }

    void row(String figure, double value, Target target) {
        row(figure, List.of(value), target);
    }

    /** Prints a line between figures. */
    void note(String text) {
        out.println("  " + text);
        out.flush();
    }

    static double median(List<Double> runs) {
        return runs.stream().sorted().skip(runs.size() / 2).findFirst().orElse(Double.NaN);
    }

    private static String number(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return Math.abs(value) >= 100 || value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
