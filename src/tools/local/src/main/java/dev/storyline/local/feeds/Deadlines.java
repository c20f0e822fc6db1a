package dev.storyline.local.feeds;

import dev.storyline.common.LogLine;
import dev.storyline.deployment.Deployment;
import dev.storyline.deployment.Need;
import dev.storyline.deployment.Policy;
import dev.storyline.edge.OneTimeSchedule;
import dev.storyline.local.database.DiskSpace;
import dev.storyline.local.lambda.FunctionInvoker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Invokes functions at the instants of one-time schedules, as EventBridge Scheduler and Lambda do together: in the role of
 * the schedule, three tries, then the queue for what was missed. It sleeps until the next one is due.
 */
public final class Deadlines extends PollingLoop {
    private static final System.Logger LOG = System.getLogger("dev.storyline.local.deadline");
    private static final int AT_ONCE = 16;

    /** The pauses before the second and the third try, those of Lambda for calls that nobody waits for. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMinutes(1), Duration.ofMinutes(2));

    /** While a machine sleeps, the time of a pause stands still. So no pause is longer than this. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(10);

    private final Deployment deployment;
    private final FunctionInvoker host;
    private final DeliveryStore store;
    private final LocalClock clock;
    private final Chaos chaos;
    private final ExecutorService calls = Executors.newVirtualThreadPerTaskExecutor();

    public Deadlines(
            Deployment deployment,
            FunctionInvoker host,
            DeliveryStore store,
            LocalClock clock,
            DiskSpace disk,
            Chaos chaos) {
        super("deadlines", disk);
        this.deployment = deployment;
        this.host = host;
        this.store = store;
        this.clock = clock;
        this.chaos = chaos;
        clock.watch(this::wake);
        begin();
    }

    @Override
    Duration idle() {
        Instant next = store.nextDue();
        if (next == null) {
            return UNTIL_WOKEN;
        }
        Duration left = Duration.between(clock.instant(), next);
        if (left.compareTo(SHORTEST_PAUSE) < 0) {
            return SHORTEST_PAUSE;
        }
        return left.compareTo(LONGEST_PAUSE) < 0 ? left : LONGEST_PAUSE;
    }

    @Override
    boolean poll() {
        List<DeliveryStore.Waiting> due = store.due(clock.instant(), AT_ONCE);
        List<? extends Future<?>> fired =
                due.stream().map(one -> calls.submit(() -> fire(one))).toList();
        for (Future<?> one : fired) {
            try {
                one.get();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("A deadline could not be sent and is sent again", e);
            }
        }
        return !due.isEmpty();
    }

    private void fire(DeliveryStore.Waiting waiting) {
        OneTimeSchedule schedule = waiting.schedule();
        if (!isHere(schedule)) {
            store.again(waiting, clock.instant().plus(LONGEST_PAUSE), waiting.tries());
            return;
        }
        if (!may(schedule, "lambda:InvokeFunction", schedule.function())) {
            giveUp(waiting, "its role may not invoke " + schedule.function());
            return;
        }
        try {
            host.invoke(schedule.function(), schedule.event());
            if (chaos.doubles()) {
                store.again(waiting, clock.instant().plusMillis(1), waiting.tries());
            } else {
                store.done(waiting);
            }
        } catch (FunctionInvoker.FunctionFailed e) {
            if (waiting.tries() < PAUSES.size()) {
                store.again(waiting, clock.instant().plus(PAUSES.get(waiting.tries())), waiting.tries() + 1);
            } else {
                giveUp(waiting, String.valueOf(e.getMessage()));
            }
        }
    }

    private void giveUp(DeliveryStore.Waiting waiting, String reason) {
        OneTimeSchedule schedule = waiting.schedule();
        boolean kept = may(schedule, "sqs:SendMessage", schedule.missed());
        LOG.log(
                System.Logger.Level.ERROR,
                () -> LogLine.of(kept ? "missed-deadline" : "lost-deadline")
                        .with("schedule", schedule.name())
                        .with("function", schedule.function())
                        .with("reason", reason)
                        .text());
        if (kept) {
            store.missed(waiting);
        } else {
            store.done(waiting);
        }
    }

    /** Contexts that this run leaves out get their commands when they run again. */
    private boolean isHere(OneTimeSchedule schedule) {
        return deployment.functions().stream()
                        .anyMatch(function -> function.arn().equals(schedule.function()))
                && deployment.roles().stream().anyMatch(role -> role.arn().equals(schedule.role()));
    }

    private boolean may(OneTimeSchedule schedule, String action, String resource) {
        Policy policy = deployment.roles().stream()
                .filter(role -> role.arn().equals(schedule.role()))
                .map(Deployment.Role::policy)
                .findFirst()
                .orElse(Policy.NONE);
        return policy.allows(new Need(action, resource));
    }
}
