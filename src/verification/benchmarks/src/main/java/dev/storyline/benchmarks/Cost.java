package dev.storyline.benchmarks;

import dev.storyline.contexts.wishes.ChildEvent;
import dev.storyline.contexts.wishes.ChildId;
import dev.storyline.contexts.wishes.WishEvent.WishApproved;
import dev.storyline.contexts.wishes.WishEvent.WishCancelled;
import dev.storyline.contexts.wishes.WishId;
import dev.storyline.contexts.wishes.Wishes;
import dev.storyline.edge.MetricLog;
import dev.storyline.eventstore.CommandEnvelope;
import dev.storyline.eventstore.CommandHandler;
import dev.storyline.eventstore.CommandId;
import dev.storyline.eventstore.CommandResult;
import dev.storyline.eventstore.Commit;
import dev.storyline.eventstore.CommitItem;
import dev.storyline.eventstore.CommitMetadata;
import dev.storyline.eventstore.DynamoDbEventStore;
import dev.storyline.eventstore.EventCodec;
import dev.storyline.eventstore.EventStore;
import dev.storyline.eventstore.ItemSize;
import dev.storyline.eventstore.StoredEvent;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import dev.storyline.kernel.Rule;
import dev.storyline.local.database.LocalDatabase;
import dev.storyline.wishes.makewish.MakeWishFunction;
import java.time.Instant;
import java.util.Collections;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Measures round trips and capacity units of one command, by AWS's rules for sizes. */
final class Cost {
    private static final int ONE_WRITE_UNIT = 1024;
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");

    private final Calls calls = new Calls();
    private final DynamoDbClient counted;
    private final EventStore uncounted;
    private final EventCodec codec = new EventCodec(Wishes.LANGUAGE);

    Cost(LocalDatabase tables) {
        counted = calls.on(tables);
        uncounted = new DynamoDbEventStore(tables.client(), CommandBenchmark.EVENTS);
    }

    /**
     * Approves every wish and cancels none. This is make-wish without its limit of ten wishes, which would interfere
     * with the measurement.
     */
    private static final class Generous implements Decider<ChildEvent, Integer, ChildEvent> {
        private static final Rule NEVER = Rule.forbids("never", "Nothing else is ever approved.");

        @Override
        public Class<ChildEvent> folds() {
            return ChildEvent.class;
        }

        @Override
        public Integer initialState() {
            return 0;
        }

        @Override
        public Integer evolve(Integer state, ChildEvent event) {
            return state + 1;
        }

        @Override
        public Decision<ChildEvent> decide(ChildEvent command, Integer state) {
            return command instanceof WishApproved ? Decision.accept(command) : Decision.reject(NEVER);
        }
    }

    void print() {
        System.out.println(
                "Cost of a command: round trips one after the other, calls, and capacity units (RCU, WCU) by AWS's rules");
        System.out.printf("%-42s %s%n", "case", Calls.TITLES);
        row("new stream, CommandHandler.of", () -> wish(of(), stream(0)));
        row("new stream, CommandHandler.creating", () -> wish(creating(), stream(0)));
        CommandHandler<ChildEvent, Integer, ChildEvent> warm = of();
        ChildId child = stream(0);
        wish(warm, child);
        row("warm stream", () -> wish(warm, child));
        for (int commits : new int[] {10, 100, 1_000}) {
            ChildId cold = stream(commits);
            row("cold stream of " + commits + " commits", () -> wish(of(), cold));
        }
        ChildId met = stream(10);
        row("cold stream of 10, CommandHandler.creating", () -> wish(creating(), met));
        row("rejected without events, warm stream", () -> rejected(warm, child));
        ChildId cold = stream(10);
        row("rejected without events, cold stream of 10", () -> rejected(of(), cold));
        row("the same command again, warm stream", () -> again(warm, child));
        endpoints();
        System.out.println();
        System.out.printf("%-40s %5s %8s %8s%n", "commit of small events (WishCancelled)", "bytes", "puts", "WCU");
        int most = 1;
        while (bytes(most + 1) <= ONE_WRITE_UNIT) {
            most++;
        }
        commit("1 event", 1);
        commit(most + " events, the most in one write unit", most);
        commit("50 events", 50);
    }

    /** Rows of endpoints in a started function, which has read the pointer to the view of its gate. */
    private void endpoints() {
        MakeWishFunction makeWish = Speed.function(counted, MetricLog.NOBODY);
        makeWish.http(Speed.request(stream(0).value()));
        ChildId wishing = stream(10);
        row("cold stream of 10, HTTP endpoint of make-wish", () -> makeWish.http(Speed.request(wishing.value())));
        row("the same stream, warm now", () -> makeWish.http(Speed.request(wishing.value())));
        MakeWishFunction unstarted = Speed.function(counted, MetricLog.NOBODY);
        row(
                "new stream, a new function's first make-wish",
                () -> unstarted.http(Speed.request(stream(0).value())));
    }

    private void row(String name, Runnable command) {
        calls.reset();
        command.run();
        System.out.printf("%-42s %s%n", name, calls);
    }

    private CommandHandler<ChildEvent, Integer, ChildEvent> of() {
        return CommandHandler.of(
                new DynamoDbEventStore(counted, CommandBenchmark.EVENTS), Wishes.LANGUAGE, new Generous());
    }

    private CommandHandler<ChildEvent, Integer, ChildEvent> creating() {
        return CommandHandler.creating(
                new DynamoDbEventStore(counted, CommandBenchmark.EVENTS), Wishes.LANGUAGE, new Generous());
    }

    /** Creates a child whose stream has this number of commits. */
    private ChildId stream(int commits) {
        ChildId child = new ChildId(UUID.randomUUID().toString());
        for (int version = 1; version <= commits; version++) {
            uncounted.append(commit(child, version, codec.encode(approved(child)), 1));
        }
        return child;
    }

    private static WishApproved approved(ChildId child) {
        return new WishApproved(new WishId(UUID.randomUUID().toString()), child, "a red bicycle");
    }

    private static void wish(CommandHandler<ChildEvent, Integer, ChildEvent> handler, ChildId child) {
        accepted(handler.handle(envelope(child, UUID.randomUUID().toString()), approved(child)));
    }

    private void again(CommandHandler<ChildEvent, Integer, ChildEvent> handler, ChildId child) {
        CommandEnvelope envelope = envelope(child, UUID.randomUUID().toString());
        accepted(handler.handle(envelope, approved(child)));
        calls.reset();
        accepted(handler.handle(envelope, approved(child)));
    }

    private static void accepted(CommandResult outcome) {
        if (!(outcome instanceof CommandResult.Accepted)) {
            throw new IllegalStateException("Not accepted: " + outcome);
        }
    }

    private static void rejected(CommandHandler<ChildEvent, Integer, ChildEvent> handler, ChildId child) {
        WishCancelled command = new WishCancelled(new WishId("w"), child);
        CommandResult outcome = handler.handle(envelope(child, UUID.randomUUID().toString()), command);
        if (!(outcome instanceof CommandResult.Rejected)) {
            throw new IllegalStateException("Not rejected: " + outcome);
        }
    }

    private static CommandEnvelope envelope(ChildId child, String commandId) {
        return new CommandEnvelope(
                Wishes.stream(child),
                CommandId.http(commandId),
                "0".repeat(32),
                _ -> true,
                "anonymous",
                commandId,
                null,
                AT);
    }

    private void commit(String name, int events) {
        ChildId child = stream(0);
        Commit commit = commit(child, 1, small(), events);
        calls.reset();
        new DynamoDbEventStore(counted, CommandBenchmark.EVENTS).append(commit);
        System.out.printf("%-40s %5d %8d %8d%n", name, bytes(events), calls.puts(), calls.writeUnits());
    }

    private int bytes(int events) {
        return ItemSize.bytes(CommitItem.of(commit(new ChildId(new UUID(0, 0).toString()), 1, small(), events)));
    }

    private StoredEvent small() {
        return codec.encode(new WishCancelled(new WishId("w1"), new ChildId("c1")));
    }

    private static Commit commit(ChildId child, int version, StoredEvent event, int events) {
        String id = UUID.randomUUID().toString();
        return new Commit(
                Wishes.stream(child),
                version,
                id,
                AT,
                Collections.nCopies(events, event),
                new CommitMetadata("anonymous", id, null, null, null));
    }
}
