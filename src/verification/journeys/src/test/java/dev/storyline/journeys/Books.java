package dev.storyline.journeys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.simulation.SimulatedStory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the streams of accounting say in the end of a history: the entries, what took them back, and the closed months. */
final class Books {
    private static final String EVENTS = "storyline-dev-accounting-events";

    /**
     * An entry as it was posted.
     *
     * @param place its place in the order of all commits
     */
    private record Posted(long place, JsonNode data) {}

    private final Map<String, Posted> entries = new TreeMap<>();
    private final Map<String, String> reversals = new TreeMap<>();
    private final Map<YearMonth, Long> closed = new TreeMap<>();
    private final List<YearMonth> closes = new ArrayList<>();
    private final Map<String, JsonNode> told = new TreeMap<>();
    private final Map<String, JsonNode> bySource = new TreeMap<>();
    private final Set<String> opened = new HashSet<>();
    private final Set<String> over = new HashSet<>();
    private final List<String> objections = new ArrayList<>();

    private Books() {}

    /** Reads the books of a history. */
    static Books of(Map<String, Map<String, List<Commit>>> streams, SimulatedStory.Witness witness) {
        Books books = new Books();
        streams.getOrDefault(EVENTS, Map.of()).values().forEach(commits -> {
            for (Commit commit : commits) {
                long place = witness.place(EVENTS, commit);
                commit.events().forEach(event -> books.add(commit.stream().toString(), place, event));
            }
        });
        return books;
    }

    /** The id of the entry of a source. */
    static String entry(String source) {
        return UUID.nameUUIDFromBytes(source.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void add(String stream, long place, StoredEvent event) {
        JsonNode data = data(event);
        switch (event.type()) {
            case "EntryPosted" -> posted(stream, place, data);
            case "EntryReversed" -> {
                if (reversals.put(text(data, "entryId"), text(data, "reversedBy")) != null) {
                    objections.add("Reversed twice: " + data);
                }
            }
            case "MonthClosed" -> {
                YearMonth month = YearMonth.parse(text(data, "month"));
                closed.put(month, place);
                closes.add(month);
            }
            case "OrderEntryPosted", "JobEntryPosted" -> {
                if (!data.path("postings").isEmpty() && told.put(text(data, "entryId"), data) != null) {
                    objections.add("Told twice: " + data);
                }
            }
            case "OrderOpened" -> opened.add(text(data, "orderId"));
            case "OrderClosed" -> over.add(text(data, "orderId"));
            default -> {
                // Other events are no postings.
            }
        }
    }

    private void posted(String stream, long place, JsonNode data) {
        String entry = text(data, "entryId");
        if (entries.put(entry, new Posted(place, data)) != null || bySource.put(text(data, "source"), data) != null) {
            objections.add("Posted twice: " + data);
        }
        if (!stream.equals("entry#" + entry) || !entry.equals(entry(text(data, "source")))) {
            objections.add("In the wrong stream, " + stream + ": " + data);
        }
    }

    /** The entries by their sources. */
    Map<String, JsonNode> bySource() {
        return bySource;
    }

    /** The orders that the books know as placed. */
    Set<String> opened() {
        return opened;
    }

    /** The orders that the books know as cancelled. */
    Set<String> over() {
        return over;
    }

    /** Whether a month is closed. */
    boolean isClosed(YearMonth month) {
        return closed.containsKey(month);
    }

    /** Each entry is even, posted once and told once, and no month has an entry that was posted after its close. */
    List<String> objections() {
        Map<String, JsonNode> untold = new TreeMap<>(told);
        entries.forEach((entry, posted) -> objections.addAll(flaws(posted, untold.remove(entry))));
        untold.forEach((entry, data) -> objections.add("No entry " + entry + " is posted, but told: " + data));
        reversals.forEach((entry, reversal) -> reversed(entry, entries.get(entry), entries.get(reversal)));
        for (int i = 1; i < closes.size(); i++) {
            if (!closes.get(i).equals(closes.get(i - 1).plusMonths(1))) {
                objections.add("Closed are " + closes);
            }
        }
        return List.copyOf(objections);
    }

    private void reversed(String entry, @Nullable Posted from, @Nullable Posted back) {
        if (from == null
                || back == null
                || !text(back.data(), "reverses").equals(entry)
                || !sums(List.of(from.data(), back.data())).values().stream().allMatch(sum -> sum.signum() == 0)) {
            objections.add(back + " does not take back " + from);
        }
    }

    private List<String> flaws(Posted posted, @Nullable JsonNode told) {
        List<String> flaws = new ArrayList<>();
        JsonNode data = posted.data();
        if (data.path("postings").isEmpty()
                || !currencies(data).values().stream().allMatch(sum -> sum.signum() == 0)) {
            flaws.add("Not balanced: " + data);
        }
        boolean about = data.has("about");
        if (about != (told != null) || (told != null && !told.path("postings").equals(data.path("postings")))) {
            flaws.add("The entry " + data + " is told as " + told);
        }
        YearMonth month = YearMonth.parse(text(data, "bookedOn").substring(0, 7));
        closed.forEach((name, place) -> {
            if (!month.isAfter(name) && posted.place() > place) {
                flaws.add("Booked in " + month + " after " + name + " was closed: " + data);
            }
        });
        if (text(data, "bookedOn").compareTo(text(data, "effectiveOn")) < 0) {
            flaws.add("Booked before it happened: " + data);
        }
        return flaws;
    }

    /** Whether an entry is booked on another day than that of its fact. */
    static boolean isLate(JsonNode entry) {
        return !text(entry, "bookedOn").equals(text(entry, "effectiveOn"));
    }

    private static Map<String, BigDecimal> currencies(JsonNode data) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        data.path("postings")
                .forEach(posting -> sums.merge(
                        posting.path("amount").path("currency").asText(),
                        posting.path("amount").path("amount").decimalValue(),
                        BigDecimal::add));
        return sums;
    }

    /** The sums of each account, customer and currency. */
    private static Map<String, BigDecimal> sums(List<JsonNode> entries) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        entries.forEach(data -> data.path("postings")
                .forEach(posting -> sums.merge(
                        text(posting, "account") + " " + text(posting, "customerId") + " "
                                + posting.path("amount").path("currency").asText(),
                        posting.path("amount").path("amount").decimalValue(),
                        BigDecimal::add)));
        return sums;
    }

    private static String text(JsonNode data, String field) {
        return Objects.requireNonNull(data.path(field)).asText();
    }

    private static JsonNode data(StoredEvent event) {
        try {
            return Json.mapper().readTree(event.data());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
