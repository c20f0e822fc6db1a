package dev.storyline.journeys;

import dev.storyline.simulation.Mutant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The faults to plant. Each is a typical mistake of a developer. Faults that need totals, very many rows, or deciders
 * that accept a repeated command are planted in the simulation's own tests, with a bank as the example.
 */
final class Mutants {
    private static final String STORE = "src/runtime/eventstore/src/main/java/dev/storyline/eventstore/";
    private static final String PROJECTIONS = "src/runtime/projections/src/main/java/dev/storyline/projections/";
    private static final String EDGE = "src/runtime/edge/src/main/java/dev/storyline/edge/";

    private Mutants() {}

    /** Returns the faults that the simulation must find. */
    static List<Mutant> found() {
        return Stream.of(appends(), requests(), positions(), foldItems(), rows(), effects(), repairs(), distribution())
                .flatMap(List::stream)
                .toList();
    }

    /** Returns faults in appends and responses. */
    private static List<Mutant> appends() {
        return List.of(
                new Mutant(
                        "append-without-condition",
                        "Of two commits at one position the later overwrites the earlier: an acknowledged event is lost.",
                        STORE + "DynamoDbEventStore.java",
                        """
                        PutItemRequest put = PutItemRequest.builder()
                                .tableName(table)
                                .item(item)
                                .conditionExpression(FREE)
                                .expressionAttributeNames(FREE_NAMES)
                                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        """,
                        "PutItemRequest put = PutItemRequest.builder().tableName(table).item(item)"),
                new Mutant(
                        "only-the-commit-in-the-way",
                        "A retry looks for its own commit only where it is in the way, so that it appends again after others.",
                        STORE + "CommandHandler.java",
                        "long version = folded.versionOf(envelope.commandId());",
                        "long version = 0;"),
                new Mutant(
                        "warm-streams-forget-commits",
                        "A warm function forgets which commits it has folded, so that a retry that meets it appends again.",
                        STORE + "StreamStateCache.java",
                        "streams.put(stream, folded);",
                        "streams.put(stream, new FoldedStream<>(folded.state(), folded.version(), null));"),
                new Mutant(
                        "rejected-from-a-warm-state",
                        "A rejection is answered from what a warm function remembers, when others have long moved on.",
                        STORE + "CommandHandler.java",
                        "if (pending.isOfHomeAlone()) { return fresh; }",
                        "if (pending.isOfHomeAlone()) { return true; }"),
                new Mutant(
                        "conflict-is-success",
                        "Whoever loses a race at a position is answered as if its commit had been written: a ghost.",
                        STORE + "CommandHandler.java",
                        "inTheWay != null && isOurs(inTheWay) ? answer(inTheWay) : lost();",
                        "answer(commit);"),
                new Mutant(
                        "time-out-is-success",
                        "An append of which nobody knows whether it happened is answered as if it had.",
                        STORE + "DynamoDbEventStore.java",
                        "DynamoDbFailures.call(() -> dynamo.putItem(put)); return new AppendResult.Appended();",
                        """
                        try {
                            DynamoDbFailures.call(() -> dynamo.putItem(put));
                        } catch (StoreFailure.Unavailable e) {
                            return new AppendResult.Appended();
                        }
                        return new AppendResult.Appended();
                        """));
    }

    /** Returns faults in the identity of commands. */
    private static List<Mutant> requests() {
        return List.of(
                new Mutant(
                        "outer-endpoint-ignores-keys",
                        "A client that tries again after a time-out, under the same key, sends another command.",
                        EDGE + "CommandHeaders.java",
                        "key == null ? UUID.randomUUID().toString() : key.strip();",
                        "UUID.randomUUID().toString();"),
                new Mutant(
                        "translation-ids-of-the-source",
                        "All events of a foreign context are the same command: the later ones are taken for repetitions.",
                        EDGE + "TranslationEndpoint.java",
                        "edge.slice() + \"|\" + event.source() + \"|\" + event.id();",
                        "edge.slice() + \"|\" + event.source();"));
    }

    /** Returns faults in positions. */
    private static List<Mutant> positions() {
        return List.of(
                new Mutant(
                        "gap-ignored",
                        "What comes after a gap is applied without what is missing, which is passed over when it comes.",
                        PROJECTIONS + "StreamRun.java",
                        """
                        long gap = commit.version() - 1 - position();
                        if (gap > 0) {
                            store.read(stream, position(), commit.version() - 1, this::stepInTime);
                            Tally.current().add(Metric.VERSION_GAP, gap);
                        }
                        if (commit.version() != position() + 1) {
                            throw new StoreFailure.Corrupted("The stream " + stream + " has no event " + (position() + 1)
                                    + " but its commit " + commit.version() + " was delivered");
                        }
                        stepInTime(commit);
                        """,
                        "stepInTime(commit);"),
                new Mutant(
                        "duplicate-not-passed-over",
                        "The last commit applied is taken for a new one when it is delivered again.",
                        PROJECTIONS + "StreamRun.java",
                        "delivered.tailMap(position(), false)",
                        "delivered.tailMap(position(), true)"));
    }

    /** Returns faults in the item that keeps a stream's position and state. */
    private static List<Mutant> foldItems() {
        return List.of(
                new Mutant(
                        "position-of-the-first-event",
                        "After a commit of several events the position stands at the first of them.",
                        PROJECTIONS + "FoldItem.java",
                        "return new FoldItem(last.last(), last.id(), json,",
                        "return new FoldItem(last.version(), last.id(), json,"),
                new Mutant(
                        "state-not-kept",
                        "The machine's state is lost between two batches: later steps know nothing of earlier ones.",
                        PROJECTIONS + "FoldItem.java",
                        "return new FoldItem(last.last(), last.id(), json,",
                        "return new FoldItem(last.last(), last.id(), state,"),
                new Mutant(
                        "own-row-not-kept",
                        "The stream's own row vanishes with the next commit that does not show it again.",
                        PROJECTIONS + "FoldItem.java",
                        "row == null ? own : row, fires, null);",
                        "row, fires, null);"),
                new Mutant(
                        "revision-not-checked",
                        "The fold item is written over whatever stands there: of two invokers the slower takes it back.",
                        PROJECTIONS + "GenerationWriter.java",
                        """
                        "#rev = :rev";
                        }

                        private static Map<String, String> unchangedNames(long rev) {
                            return rev == 0 ? Map.of("#pk", ViewTable.PARTITION) : Map.of("#rev", "rev");
                        }

                        private static @Nullable Map<String, AttributeValue> unchangedValues(long rev) {
                            return rev == 0 ? null : Map.of(":rev", AttributeValue.fromN(Long.toString(rev)));
                        """,
                        """
                        "attribute_exists(#rev)";
                        }

                        private static Map<String, String> unchangedNames(long rev) {
                            return rev == 0 ? Map.of("#pk", ViewTable.PARTITION) : Map.of("#rev", "rev");
                        }

                        private static @Nullable Map<String, AttributeValue> unchangedValues(long rev) {
                            return null;
                        """));
    }

    /** Returns faults in the rows of views. */
    private static List<Mutant> rows() {
        return List.of(
                new Mutant(
                        "rows-before-the-position",
                        "Rows are written before the fold item's condition is checked: the slower invoker overwrites newer ones.",
                        PROJECTIONS + "GenerationWriter.java",
                        """
                        parts.add(foldPart(stream, next));
                        rows.forEach((key, write) -> parts.add(part(key, write)));
                        if (parkedMoves) {
                        """,
                        """
                        rows.forEach((key, write) -> parts.add(part(key, write)));
                        if (!rows.isEmpty() && !transact(List.copyOf(parts))) {
                            return false;
                        }
                        parts.clear();
                        parts.add(foldPart(stream, next));
                        if (parkedMoves) {
                        """),
                new Mutant(
                        "rows-after-the-position",
                        "The position moves before the rows are written: a crash between loses them.",
                        PROJECTIONS + "GenerationWriter.java",
                        """
                        parts.add(foldPart(stream, next));
                        rows.forEach((key, write) -> parts.add(part(key, write)));
                        if (parkedMoves) {
                            parts.add(registered(stream, next.parked()));
                        }
                        return transact(parts);
                        """,
                        """
                        parts.add(foldPart(stream, next));
                        if (parkedMoves) {
                            parts.add(registered(stream, next.parked()));
                        }
                        if (!transact(List.copyOf(parts))) {
                            return false;
                        }
                        parts.clear();
                        rows.forEach((key, write) -> parts.add(part(key, write)));
                        return rows.isEmpty() || transact(parts);
                        """),
                new Mutant(
                        "removal-overruled",
                        "A row that was put and removed in one batch stays.",
                        PROJECTIONS + "RowWrite.java",
                        "case Put _, Remove _ -> later;",
                        "case Put _ -> later; case Remove _ -> this;"),
                new Mutant(
                        "merge-forgets-the-earlier",
                        "Of a row that was put and changed in one batch only the change is written.",
                        PROJECTIONS + "RowWrite.java",
                        "case Put(ObjectNode row) -> new Put(with(row, fields));",
                        "case Put(ObjectNode row) -> new Put(fields);"));
    }

    /** Returns faults in the effects of event handlers. */
    private static List<Mutant> effects() {
        return List.of(
                new Mutant(
                        "effect-key-unstable",
                        "A repeated effect has another key, so that nobody can know it again.",
                        PROJECTIONS + "EffectKey.java",
                        "stream + \"@\" + version + \"/\" + effect;",
                        "stream + \"@\" + System.identityHashCode(this) + \"/\" + effect;"),
                new Mutant(
                        "effect-key-of-the-stream",
                        "The effects of different events of a stream share a key: the later ones are taken for repetitions.",
                        PROJECTIONS + "EffectKey.java",
                        "stream + \"@\" + version + \"/\" + effect;",
                        "stream + \"@1/\" + effect;"),
                new Mutant(
                        "position-before-the-effects",
                        "The position moves before the effects run: a crash or a failure between skips them.",
                        PROJECTIONS + "StreamRun.java",
                        "Stepped<S, E> stepped = stepOver(commit);",
                        """
                        if (processor instanceof StreamProcessor.Handling<S, E>) {
                            write(fold.at(commit, context.json(state), processor.version(), null), Map.of());
                        }
                        Stepped<S, E> stepped = stepOver(commit);
                        """),
                new Mutant(
                        "failed-effect-swallowed",
                        "An effect that could not be brought about now is counted as done.",
                        PROJECTIONS + "EffectDispatch.java",
                        "effects.run(due.key(), due.effect(), due.cause()); if",
                        """
                        null;
                        try {
                            rule = effects.run(due.key(), due.effect(), due.cause());
                        } catch (dev.storyline.common.TransientFailure e) {
                            return;
                        }
                        if
                        """),
                new Mutant(
                        "refusal-of-the-bus-ignored",
                        "A public event that the bus did not take is counted as published.",
                        EDGE + "EffectRunner.java",
                        "if (!edge.outgoing().publish(bus, List.of(event)).isEmpty()) {",
                        "if (edge.outgoing().publish(bus, List.of(event)).size() > 1) {"),
                new Mutant(
                        "only-history-fires",
                        "Effects fire for commits older than the handler's birth, and for no others.",
                        PROJECTIONS + "EffectDispatch.java",
                        "return !event.at().isBefore(activation.get());",
                        "return event.at().isBefore(activation.get());"));
    }

    /** Returns faults on the way from a distributor over the queues of slices. */
    private static List<Mutant> distribution() {
        return List.of(
                new Mutant(
                        "refusal-of-the-topic-ignored",
                        "A commit that the topic did not take is counted as distributed.",
                        EDGE + "CommitDistributor.java",
                        ".map(call::get)",
                        ".limit(0).map(call::get)"),
                new Mutant(
                        "message-that-failed-not-named",
                        "A message that failed is named by something else than its id, so that the queue forgets it.",
                        EDGE + "FeedEndpoint.java",
                        "String id = message.path(\"messageId\").asText();",
                        "String id = message.path(\"messageId\").asText() + \"?\";"));
    }

    /** Returns faults in parking and redriving streams. */
    private static List<Mutant> repairs() {
        return List.of(
                new Mutant(
                        "reconciliation-does-nothing",
                        "A lost last delivery is never missed.",
                        PROJECTIONS + "Reconciliation.java",
                        "for (StreamId stream : behind(live, reaches)) {",
                        "for (StreamId stream : List.<StreamId>of()) {"),
                new Mutant(
                        "reconciliation-overlooks-new-streams",
                        "A stream of which nothing was ever delivered is not missed.",
                        PROJECTIONS + "FoldItem.java",
                        "return fold == null || (fold.standing() == null && fold.pos() < head);",
                        "return fold != null && fold.standing() == null && fold.pos() < head;"),
                new Mutant(
                        "redrive-skips",
                        "A parked stream goes on behind what it was parked for.",
                        PROJECTIONS + "StreamRun.java",
                        "store.read(stream, position(), Long.MAX_VALUE, this::stepInTime);",
                        """
                        Parked skipped = fold.parked();
                        store.read(stream, skipped == null ? position() : skipped.version(), Long.MAX_VALUE, this::stepInTime);
                        """),
                new Mutant(
                        "never-unparked",
                        "A stream that was parked stays in the register when it has long caught up.",
                        PROJECTIONS + "StreamRun.java",
                        "if (toHead && fold.parked() != null) {",
                        "if (toHead && fold.parked() != null && fold.pos() == 0) {"),
                new Mutant(
                        "parked-for-good",
                        "A stream that was parked for a while is never due.",
                        PROJECTIONS + "Repair.java",
                        "return parked.catchingUp() || (retryAt != null && !retryAt.isAfter(now));",
                        "return parked.catchingUp() && retryAt != null && !retryAt.isAfter(now);"),
                new Mutant(
                        "dispatch-under-a-new-id",
                        "A dispatch that is repeated because nobody knows how it went is another command.",
                        EDGE + "EffectRunner.java",
                        "commandId(key),",
                        "UUID.randomUUID().toString(),"));
    }
}
