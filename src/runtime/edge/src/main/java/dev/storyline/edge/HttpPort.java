package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Json;
import dev.storyline.common.TransientFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls ports over HTTP, within 10 seconds from the connection to the end of the response. The status 408, 409, 425,
 * 429 or 5xx asks for another try, not before {@code Retry-After} if there is one. 409 is among them because payment
 * providers answer it while the first try still runs. Any other status but 2xx is final.
 */
public final class HttpPort {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Set<Integer> PASSING = Set.of(408, 409, 425, 429);

    /** A mistaken {@code Retry-After} of a day must not keep a port closed for a day. */
    static final Duration LONGEST_REST = Duration.ofMinutes(5);

    /** The longest key that other systems commonly accept. */
    private static final int LONGEST_KEY = 255;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Duration longest;
    private final Clock clock;

    /** Calls that take 10 seconds at most. */
    public HttpPort() {
        this(LONGEST, Clock.systemUTC());
    }

    HttpPort(Duration longest, Clock clock) {
        this.longest = longest;
        this.clock = clock;
    }

    /**
     * See {@link OutboundCalls#post(String, String, String, JsonNode)}. The body of the response is not read, because effects follow from events alone.
     *
     * @return a null node
     */
    public JsonNode post(String url, String key, @Nullable String traceparent, JsonNode request) {
        HttpRequest.Builder building = HttpRequest.newBuilder(URI.create(url))
                .header("content-type", "application/json")
                .header("idempotency-key", headerOf(key))
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(request)));
        if (traceparent != null) {
            building.header("traceparent", traceparent);
        }
        HttpRequest post = building.build();
        // The timeout of the request itself would end with the headers; this one ends with the body.
        CompletableFuture<HttpResponse<Void>> exchange = client.sendAsync(post, HttpResponse.BodyHandlers.discarding());
        try {
            judge(url, exchange.get(longest.toMillis(), TimeUnit.MILLISECONDS));
            return Json.mapper().nullNode();
        } catch (ExecutionException | TimeoutException e) {
            throw new TransientFailure("The port " + url + " did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransientFailure("The call of " + url + " was interrupted", e);
        } finally {
            exchange.cancel(true);
        }
    }

    private void judge(String url, HttpResponse<Void> response) {
        int status = response.statusCode();
        if (status >= 500 || PASSING.contains(status)) {
            RetryAfter later = response.headers()
                    .firstValue("retry-after")
                    .map(this::later)
                    .orElse(null);
            throw new TransientFailure("The port " + url + " answered " + status, later);
        }
        if (status >= 300) {
            throw new IllegalStateException("The port " + url + " will not take the request: " + status);
        }
    }

    /** Seconds or a date, five minutes at most; null if it is neither or in the past. */
    private @Nullable RetryAfter later(String retryAfter) {
        Duration rest;
        try {
            rest = retryAfter.matches("[0-9]{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(retryAfter))
                    : Duration.between(
                            clock.instant(),
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeException e) {
            return null;
        }
        if (!rest.isPositive()) {
            return null;
        }
        return new RetryAfter(rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST);
    }

    /** The key itself, or a name-based UUID of it if a header cannot hold it. */
    private static String headerOf(String key) {
        return key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c > ' ' && c < 127)
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
