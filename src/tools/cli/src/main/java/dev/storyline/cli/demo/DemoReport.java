package dev.storyline.cli.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a demo did and found.
 *
 * @param run ends the ids of this run
 * @param begin when it began, and {@code end} when it ended, by the clock of the local cloud
 * @param days how many days have passed
 * @param nanos how long it took
 * @param requests how many requests were sent, and {@code retries} how many of them once more
 * @param ends how many orders, jobs and wishes came to which end
 * @param verdicts the checks
 * @param problems the chains that broke, with the reason
 * @param notes what was left out, and why
 * @param look addresses that are worth a look
 */
record DemoReport(
        String run,
        Instant begin,
        Instant end,
        int days,
        long nanos,
        int requests,
        int retries,
        Map<String, Map<String, Integer>> ends,
        List<Checks.Verdict> verdicts,
        Map<String, String> problems,
        List<String> notes,
        List<String> look) {
    private static final int MOST_LINES = 10;

    /** Whether something does not agree. */
    boolean hasObjections() {
        return !problems.isEmpty() || verdicts.stream().anyMatch(verdict -> !verdict.isGood());
    }

    private double seconds() {
        return nanos / 1e9;
    }

    private long perSecond() {
        return Math.round(requests / Math.max(0.001, seconds()));
    }

    /** The report as JSON: {@code orders}, {@code jobs} and {@code wishes} have the numbers by ends. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run", run);
        json.put("begin", begin.toString());
        json.put("end", end.toString());
        json.put("days", days);
        json.put("seconds", Math.round(10 * seconds()) / 10.0);
        json.put("requests", requests);
        json.put("perSecond", perSecond());
        json.put("retries", retries);
        json.putAll(ends);
        json.put(
                "checks",
                verdicts.stream()
                        .map(verdict -> Map.of(
                                "check", verdict.check(), "ok", verdict.isGood(), "objections", verdict.objections()))
                        .toList());
        json.put("problems", problems);
        json.put("notes", notes);
        json.put("look", look);
        return json;
    }

    /** The report for a person, as a table of two columns. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(row("run", run + ", " + begin + " to " + end));
        lines.add(row(
                "took",
                String.format(
                        Locale.ROOT,
                        "%.1f s, %,d requests, %d/s, %,d of them once more",
                        seconds(),
                        requests,
                        perSecond(),
                        retries)));
        ends.forEach((kind, counts) -> lines.add(row(
                kind,
                counts.values().stream().mapToInt(Integer::intValue).sum() + ": "
                        + counts.entrySet().stream()
                                .map(count -> count.getValue() + " " + count.getKey())
                                .collect(Collectors.joining(", ")))));
        verdicts.forEach(verdict -> {
            lines.add(row("check", (verdict.isGood() ? "ok: " : "NOT SO: ") + verdict.check()));
            verdict.objections().stream().limit(MOST_LINES).forEach(objection -> lines.add(row("", objection)));
        });
        problems.entrySet().stream()
                .limit(MOST_LINES)
                .forEach(problem -> lines.add(row("problem", problem.getKey() + " " + problem.getValue())));
        if (problems.size() > MOST_LINES) {
            lines.add(row("", "and " + (problems.size() - MOST_LINES) + " more"));
        }
        notes.forEach(note -> lines.add(row("left out", note)));
        look.forEach(address -> lines.add(row("look at", address)));
        return lines;
    }

    private static String row(String name, String value) {
        return String.format(Locale.ROOT, "%-10s%s", name, value);
    }
}
