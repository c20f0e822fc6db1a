package dev.storyline.edge;

import com.fasterxml.jackson.databind.JsonNode;
import dev.storyline.common.Checksum;
import dev.storyline.common.Deadline;
import dev.storyline.common.Json;
import dev.storyline.common.LogLine;
import dev.storyline.common.Metric;
import dev.storyline.common.Tally;
import dev.storyline.common.TraceParent;
import dev.storyline.common.TransientFailure;
import dev.storyline.eventstore.CommandId;
import dev.storyline.kernel.Effect;
import dev.storyline.kernel.Recorded;
import dev.storyline.projections.EventHandlerEngine;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs effects: sends a command to the internal endpoint of a slice (setting {@code DISPATCH_<SLICE>}: the function's
 * ARN), leaves a command to a schedule until its instant or takes it back (settings {@code DEADLINES}: the group, {@code
 * DEADLINE_ROLE}: the ARN of the role of its schedules, {@code MISSED_<SLICE>}: the ARN of the queue for what cannot be
 * sent), publishes a public event on the context's bus (setting {@code BUS}), or calls a port (setting {@code
 * PORT_<NAME>}: its URL, or {@code none} where nobody is to be called). A setting that is missing or empty is {@link
 * dev.storyline.common.NotConfigured}: the effect is not done, and its stream waits for an operator.
 *
 * <p>An effect gets three tries with exponential backoff and full jitter, the last one within ten seconds, as long as
 * the retry budget of the function lasts: a retry costs five tokens, a success earns one, and there are a hundred at
 * most, so that failures cannot grow into a storm. Near the deadline of the invocation there is no further try. Each
 * target also has a circuit breaker. It opens when half of the last twenty calls failed, of at least ten, and admits one
 * call after ten seconds. If the target sends {@code Retry-After}, the breaker opens at once and until then. After that,
 * the feed's own retry, parking and redrive follow. The breaker has no thread and uses the clock, so that it is right
 * even in a function that was frozen.
 */
final class EffectRunner implements EventHandlerEngine.Effects {
    private static final System.Logger LOG = System.getLogger("dev.storyline.edge");
    private static final int MAX_TRIES = 3;
    private static final long FIRST_PAUSE_NANOS = 20_000_000;
    private static final long LONGEST_PAUSE_NANOS = 1_000_000_000;
    private static final int MOST_TOKENS = 100;
    private static final int PRICE_OF_A_RETRY = 5;

    /** How long after its event a deadline comes at the latest. */
    private static final Duration FURTHEST = Duration.ofDays(365);

    /** How far ahead a schedule is at least: AWS refuses one that is in the past when the request arrives. */
    private static final Duration SOONEST = Duration.ofSeconds(30);

    /** A slow target must not use up the 60 seconds of its function: each try may take 10 seconds. */
    private static final Duration TRIES_WITHIN = Duration.ofSeconds(10);

    private final Edge edge;
    private final String context;
    private final CircuitBreakerConfig breaker;
    private final AtomicInteger tokens = new AtomicInteger(MOST_TOKENS);
    private final Map<String, CircuitBreaker> breakers = new ConcurrentHashMap<>();

    EffectRunner(Edge edge, String context) {
        this.edge = edge;
        this.context = context;
        this.breaker = CircuitBreakerConfig.custom()
                .clock(edge.clock())
                .slidingWindowSize(20)
                .minimumNumberOfCalls(10)
                .failureRateThreshold(50)
                .waitDurationInOpenState(Duration.ofSeconds(10))
                .permittedNumberOfCallsInHalfOpenState(1)
                .recordException(TransientFailure.class::isInstance)
                .build();
    }

    @Override
    public @Nullable String run(String key, Effect effect, Recorded<?> cause) {
        return switch (effect) {
            case Effect.Dispatch dispatch -> dispatch(key, dispatch, cause);
            case Effect.DispatchAt deadline -> {
                dispatchAt(key, deadline, cause);
                yield null;
            }
            case Effect.TakeBack _ -> {
                takeBack(key);
                yield null;
            }
            case Effect.Publish(String _, Record event) -> {
                publish(CloudEvent.of(context, key, event, cause));
                yield null;
            }
            case Effect.Call(String _, String port, Record request) -> {
                call(key, "PORT_" + setting(port), TraceParent.below(cause.trace(), key), request);
                yield null;
            }
        };
    }

    private static String setting(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private @Nullable String dispatch(String key, Effect.Dispatch dispatch, Recorded<?> cause) {
        String function = edge.settings().require("DISPATCH_" + setting(dispatch.slice()));
        InternalCommand command = command(key, dispatch.command(), cause, dispatch.followedUp(), false);
        JsonNode answer = guarded(
                function, () -> edge.outgoing().invoke(function, Json.mapper().valueToTree(command)));
        InternalCommandReply reply = Json.mapper().convertValue(answer, InternalCommandReply.class);
        return switch (reply.outcome()) {
            case InternalCommandReply.ACCEPTED, InternalCommandReply.ALREADY_SO -> null;
            case InternalCommandReply.REJECTED -> reply.rule();
            default ->
                throw new IllegalStateException("The slice " + dispatch.slice() + " did not carry out the command '"
                        + dispatch.name() + "', " + reply.outcome() + ": " + reply.rule());
        };
    }

    /**
     * Leaves the command to a schedule, which is named by the key, so that a repetition finds it. A schedule counts whole
     * minutes and may fire anywhere in its minute, so it gets the next whole one: a command that comes too early would
     * decide that it is not due, and never come again.
     */
    private void dispatchAt(String key, Effect.DispatchAt deadline, Recorded<?> cause) {
        Instant now = edge.clock().instant();
        Instant latest = cause.at().plus(FURTHEST);
        Instant at = deadline.at().isAfter(latest) ? latest : deadline.at();
        if (at.isBefore(deadline.at())) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    () -> LogLine.of("deadline-brought-forward")
                            .with("slice", edge.slice())
                            .with("key", key)
                            .with("from", deadline.at().toString())
                            .with("to", latest.toString())
                            .text());
        }
        if (!at.isAfter(now)) {
            dispatch(
                    key,
                    new Effect.Dispatch(deadline.name(), deadline.slice(), deadline.stream(), deadline.command()),
                    cause);
            return;
        }
        String slice = setting(deadline.slice());
        OneTimeSchedule schedule = new OneTimeSchedule(
                edge.settings().require("DEADLINES"),
                scheduleName(key),
                wholeMinute(at.isAfter(now.plus(SOONEST)) ? at : now.plus(SOONEST)),
                edge.settings().require("DISPATCH_" + slice),
                edge.settings().require("DEADLINE_ROLE"),
                edge.settings().require("MISSED_" + slice),
                Json.mapper().valueToTree(command(key, deadline.command(), cause, false, true)));
        guarded(schedule.group(), () -> {
            edge.outgoing().schedule(schedule);
            return null;
        });
    }

    private void takeBack(String key) {
        String group = edge.settings().require("DEADLINES");
        guarded(group, () -> {
            edge.outgoing().unschedule(group, scheduleName(key));
            return null;
        });
    }

    /** The first whole minute that is not before an instant. */
    private static Instant wholeMinute(Instant at) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        return minute.equals(at) ? at : minute.plus(1, ChronoUnit.MINUTES);
    }

    /** A digest of the key in 64 hexadecimal digits, as long as a name may be. */
    static String scheduleName(String key) {
        return Checksum.hex(key);
    }

    private static InternalCommand command(
            String key, Record command, Recorded<?> cause, boolean followedUp, boolean unheard) {
        return new InternalCommand(
                commandId(key),
                cause.actor(),
                cause.correlation(),
                cause.id(),
                null,
                followedUp,
                unheard,
                TraceParent.below(cause.trace(), key),
                Json.mapper().valueToTree(command),
                null);
    }

    /** The key itself, or a name-based UUID of it if it is longer than a command id may be. */
    static String commandId(String key) {
        return key.length() <= CommandId.MAX_LENGTH
                ? key
                : UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private void call(String key, String port, @Nullable String traceparent, Record request) {
        String url = edge.settings().port(port);
        if (url.equals(Settings.NOBODY)) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> LogLine.of("uncalled")
                            .with("slice", edge.slice())
                            .with("port", port)
                            .with("key", key)
                            .text());
            return;
        }
        guarded(
                url,
                () -> edge.outgoing().post(url, key, traceparent, Json.mapper().valueToTree(request)));
    }

    private void publish(CloudEvent event) {
        String bus = edge.settings().require("BUS");
        guarded(bus, () -> {
            if (!edge.outgoing().publish(bus, List.of(event)).isEmpty()) {
                throw new TransientFailure("The bus " + bus + " did not accept the event " + event.id(), null);
            }
            return null;
        });
    }

    private <T extends @Nullable Object> T guarded(String target, Supplier<T> call) {
        CircuitBreaker guard = breakers.computeIfAbsent(target, name -> CircuitBreaker.of(name, breaker));
        Instant noTryAfter = edge.clock().instant().plus(TRIES_WITHIN);
        for (int tries = 1; ; tries++) {
            Tally tally = Tally.current();
            try {
                T result = guard.executeSupplier(() -> counted(tally, call));
                tokens.updateAndGet(left -> Math.min(MOST_TOKENS, left + 1));
                return result;
            } catch (CallNotPermittedException e) {
                throw new TransientFailure(
                        "The circuit breaker of " + target + " is open: its calls failed, or it sent Retry-After", e);
            } catch (TransientFailure e) {
                if (e.getCause() instanceof RetryAfter later) {
                    guard.transitionToOpenStateFor(later.rest());
                    throw e;
                }
                if (tries == MAX_TRIES
                        || edge.clock().instant().isAfter(noTryAfter)
                        || Deadline.current().isNear()
                        || !payForRetry()) {
                    throw e;
                }
                tally.add(Metric.EFFECT_REPEATS, 1);
                tally.add(Metric.RETRIES, 1);
                edge.backoff().backOff(tries, FIRST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
            } finally {
                tally.set(Metric.OPEN_BREAKERS, openBreakers());
            }
        }
    }

    private static <T extends @Nullable Object> T counted(Tally tally, Supplier<T> call) {
        tally.add(Metric.EFFECT_CALLS, 1);
        return call.get();
    }

    private long openBreakers() {
        return breakers.values().stream()
                .filter(breaker -> breaker.getState() != CircuitBreaker.State.CLOSED)
                .count();
    }

    private boolean payForRetry() {
        return tokens.getAndUpdate(left -> left < PRICE_OF_A_RETRY ? left : left - PRICE_OF_A_RETRY)
                >= PRICE_OF_A_RETRY;
    }
}
