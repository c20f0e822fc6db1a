package dev.storyline.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** The wishes whose acknowledgement a client has received, and what must be true of them for ever. */
final class AcknowledgedWishes {
    private final Map<String, Wish> wishes = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();

    /** A wish: its child, its id, and its text, which no other wish has. */
    record Wish(String child, String wishId, String text) {}

    /** Keeps a wish that was answered with 201. */
    Wish add(String child, String text, HttpResponse<String> response) throws IOException {
        String wishId = Json.mapper().readTree(response.body()).path("wishId").asText();
        Wish wish = new Wish(child, wishId, text);
        wishes.put(wishId, wish);
        return wish;
    }

    /** Keeps that the cancellation of a wish was acknowledged. */
    void cancelled(Wish wish) {
        cancelled.add(wish.wishId());
    }

    int size() {
        return wishes.size();
    }

    private Set<String> children() {
        Set<String> children = new TreeSet<>();
        wishes.values().forEach(wish -> children.add(wish.child()));
        return children;
    }

    /** Asserts that every acknowledged wish and cancellation is recorded once, and that no wish is recorded twice. */
    void assertRecordedOnce(HttpCalls calls) throws IOException, InterruptedException {
        List<String> approved = new ArrayList<>();
        List<String> called = new ArrayList<>();
        for (String child : children()) {
            for (JsonNode event : calls.get("/wishes/streams/child%23" + child).path("events")) {
                JsonNode data = event.path("data");
                switch (event.path("type").asText()) {
                    case "WishApproved" ->
                        approved.add(data.path("wishId").asText() + " "
                                + data.path("wish").asText());
                    case "WishCancelled" -> called.add(data.path("wishId").asText());
                    default ->
                        assertThat(event)
                                .as("an event that no command asked for")
                                .isNull();
                }
            }
        }
        assertThat(approved).doesNotHaveDuplicates();
        assertThat(approved)
                .containsAll(wishes.values().stream()
                        .map(wish -> wish.wishId() + " " + wish.text())
                        .toList());
        assertThat(called).doesNotHaveDuplicates().containsAll(cancelled);
    }

    /** Asserts that the view of every child is the fold of its stream. */
    void assertViewsEqualFolds(HttpCalls calls) throws IOException, InterruptedException {
        for (String child : children()) {
            String path = "/wishes/children/" + child;
            assertThat(calls.get(path)).as(path).isEqualTo(calls.get(path + "?consistency=strong"));
        }
    }

    /** Asserts that logistics knows every wish, and what became of it. */
    void assertDelivered(HttpCalls calls) throws IOException, InterruptedException {
        for (Wish wish : wishes.values()) {
            JsonNode open = calls.get("/wishes/wishes/" + wish.wishId());
            if (cancelled.contains(wish.wishId())) {
                assertThat(open.path("state").asText()).as("%s", wish).isEqualTo("cancelled");
            } else if (open.path("state").asText().equals("open")) {
                JsonNode note = calls.get("/logistics/delivery-notes/" + wish.wishId());
                assertThat(note.path("state").asText()).as("%s", wish).isEqualTo("ordered");
                assertThat(note.path("present").asText()).isEqualTo(wish.text());
            }
        }
    }
}
