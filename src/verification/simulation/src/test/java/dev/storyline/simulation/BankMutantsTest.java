package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.RunLength;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Checks that histories of a bank find each fault that the business stories cannot show, and report nothing if no fault
 * is planted.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class BankMutantsTest {
    private static final String PROJECTIONS = "src/runtime/projections/src/main/java/dev/storyline/projections/";
    private static final String EDGE = "src/runtime/edge/src/main/java/dev/storyline/edge/";
    private static final String COMMAND_ID =
            "src/runtime/eventstore/src/main/java/dev/storyline/eventstore/CommandId.java";
    private static final Map<String, Long> KNOWN_SEEDS = Hunt.knownSeeds(BankMutantsTest.class);
    private static final long SEED = Long.getLong("storyline.mutants.seed", 1);
    private static final int MOST_HISTORIES = Integer.getInteger("storyline.mutants.histories", 1_024);

    /** The faults that the histories must find. */
    static Stream<Mutant> found() {
        return Stream.of(inTotals(), inRows(), inEffects(), inIds(), inRepairs())
                .flatMap(Function.identity());
    }

    /** Faults in the totals of a view. */
    private static Stream<Mutant> inTotals() {
        return Stream.of(
                new Mutant(
                        "totals-in-each-chunk",
                        "The totals of a commit of many rows go with its first rows, so that a retry adds them again.",
                        PROJECTIONS + "OversizedCommit.java",
                        "(write instanceof RowWrite.Add ? totals : rows).put(key, write)",
                        "rows.put(key, write)"),
                new Mutant(
                        "follow-up-forgotten",
                        "A refused command is not followed up.",
                        PROJECTIONS + "EffectDispatch.java",
                        "refused.followedUp()",
                        "refused.followedUp() && handler.version() > 1"),
                new Mutant(
                        "totals-apart",
                        "Totals are added in a transaction of their own, so that a retry adds them again.",
                        PROJECTIONS + "GenerationWriter.java",
                        """
                        parts.add(foldPart(stream, next));
                        rows.forEach((key, write) -> parts.add(part(key, write)));
                        if (parkedMoves) {
                        """,
                        """
                        parts.add(foldPart(stream, next));
                        for (Map.Entry<RowKey, RowWrite> row : rows.entrySet()) {
                            TransactWriteItem part = part(row.getKey(), row.getValue());
                            if (!(row.getValue() instanceof RowWrite.Add)) {
                                parts.add(part);
                            } else if (!transact(List.of(part))) {
                                return false;
                            }
                        }
                        if (parkedMoves) {
                        """),
                new Mutant(
                        "totals-set",
                        "A total takes the last amount in place of the sum.",
                        PROJECTIONS + "GenerationWriter.java",
                        "yield update(key, \"ADD \", \" \", values);",
                        "yield update(key, \"SET \", \" = \", values);"));
    }

    /** Faults in the rows of a view. */
    private static Stream<Mutant> inRows() {
        return Stream.of(
                new Mutant(
                        "a-removed-row-resurrects",
                        "A row that was removed and set again in one batch keeps what it had before.",
                        PROJECTIONS + "RowWrite.java",
                        "case Remove() -> new Put(fields);",
                        "case Remove() -> new Set(fields);"),
                new Mutant(
                        "chunks-unchecked",
                        "The rows of a commit of many are written though somebody else has gone on: newer ones are overwritten.",
                        PROJECTIONS + "GenerationWriter.java",
                        """
                        parts.add(TransactWriteItem.builder()
                                .conditionCheck(check -> check.tableName(table)
                                        .key(keys.fold(stream))
                                        .conditionExpression(unchanged(rev))
                                        .expressionAttributeNames(unchangedNames(rev))
                                        .expressionAttributeValues(unchangedValues(rev)))
                                .build());
                        rows.forEach
                        """,
                        "rows.forEach"));
    }

    /** Faults in when effects run, and how often. */
    private static Stream<Mutant> inEffects() {
        return Stream.of(
                new Mutant(
                        "history-fires",
                        "Effects fire for commits older than the handler's birth.",
                        PROJECTIONS + "EffectDispatch.java",
                        "return !event.at().isBefore(activation.get());",
                        "return activation.get() != null;"),
                new Mutant(
                        "remembered-position-trusted",
                        "Effects run from a position in memory, though another instance has gone on: they are repeated.",
                        PROJECTIONS + "StreamRun.java",
                        "if (context.fold(generation, stream).rev() != fold.rev()) {",
                        "if (fold.rev() < 0) {"),
                new Mutant(
                        "a-wrong-clock-silences",
                        "An event that a slow clock dates before the handler's birth is silent, though an earlier one fired.",
                        PROJECTIONS + "StreamRun.java",
                        "return fires > 0;",
                        "return dispatch.opens(event);"),
                new Mutant(
                        "effects-done-forgotten",
                        "A commit that was left in its middle begins with its first effect again.",
                        PROJECTIONS + "StreamRun.java",
                        "for (int i = EffectsDone.in(due, done);",
                        "for (int i = 0;"));
    }

    /** Faults in the ids of commands. */
    private static Stream<Mutant> inIds() {
        return Stream.of(
                new Mutant(
                        "inner-endpoint-ignores-ids",
                        "The internal endpoint gives each command an id of its own: a repeated one is another command.",
                        EDGE + "InternalCommandEndpoint.java",
                        "CommandId.dispatch(message.commandId()),",
                        "CommandId.dispatch(java.util.UUID.randomUUID().toString()),"),
                new Mutant(
                        "translation-has-random-ids",
                        "A doubled foreign event is another command each time.",
                        EDGE + "TranslationEndpoint.java",
                        "UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString()",
                        "UUID.randomUUID().toString()"),
                new Mutant(
                        "kinds-share-ids",
                        "A client's command under the key of a fee is taken for the fee, which is then never charged.",
                        COMMAND_ID,
                        """
                        DISPATCH("dispatch\\u2192"),
                        """,
                        """
                        DISPATCH(""),
                        """));
    }

    /** Faults in the resumption of parked streams. */
    private static Stream<Mutant> inRepairs() {
        return Stream.of(
                new Mutant(
                        "unparked-without-catching-up",
                        "A parked stream goes on from where it stood, but what came meanwhile is not read.",
                        PROJECTIONS + "StreamApplier.java",
                        """
                        FoldItem marked = fold.parked(standing.whileCatchingUp());
                        if (generation.writer().write(stream, fold, marked, Map.of())) {
                            return apply(generation, stream, marked.written(), now, Collections.emptyNavigableMap(), true);
                        }
                        """,
                        """
                        if (generation.writer().write(stream, fold, fold.parked(null), Map.of())) {
                            return new ApplyResult.Reached(fold.pos());
                        }
                        """),
                new Mutant(
                        "read-before-the-mark",
                        "A redrive reads the stream before it marks it as catching up: what is delivered meanwhile is dropped.",
                        PROJECTIONS + "StreamApplier.java",
                        """
                        FoldItem marked = fold.parked(standing.whileCatchingUp());
                        if (generation.writer().write(stream, fold, marked, Map.of())) {
                            return apply(generation, stream, marked.written(), now, Collections.emptyNavigableMap(), true);
                        }
                        """,
                        """
                        FoldItem marked = fold.parked(standing.whileCatchingUp());
                        if (marked.parked() != null) {
                            return apply(generation, stream, marked, now, Collections.emptyNavigableMap(), true);
                        }
                        """),
                new Mutant(
                        "failures-acknowledged",
                        "What could not be applied is acknowledged, and never delivered again.",
                        PROJECTIONS + "BatchIntake.java",
                        "return List.copyOf(failed);",
                        "return List.of();"));
    }

    @ParameterizedTest
    @MethodSource("found")
    void a_planted_fault_is_found(Mutant mutant) throws Exception {
        Hunt.mustCatch(Banks.class, mutant, KNOWN_SEEDS, SEED, MOST_HISTORIES);
    }

    @Test
    void nothing_is_found_where_no_fault_is_planted() throws Exception {
        Hunt hunt = new Hunt(Banks.class, Map.of());
        hunt.upTo(SEED, RunLength.of(16, 128));
        assertThat(hunt.violations()).as(hunt.told()).isZero();
    }
}
