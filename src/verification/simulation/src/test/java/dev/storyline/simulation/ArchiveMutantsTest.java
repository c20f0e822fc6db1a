package dev.storyline.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.storyline.testkit.RunLength;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks that histories of archived streams find faults in the archive, and report nothing if no fault is planted. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class ArchiveMutantsTest {
    private static final String EVENTSTORE = "src/runtime/eventstore/src/main/java/dev/storyline/eventstore/";
    private static final long SEED = 1;
    private static final int MOST_HISTORIES = 512;

    /** The faults that the histories must find. */
    static Stream<Mutant> found() {
        return Stream.of(
                new Mutant(
                        "closed-streams-take-commands",
                        "A command passes over the closing commit: what it records is behind the archive.",
                        EVENTSTORE + "Closing.java",
                        "if (at != null) {",
                        "if (at != null && stream.id().isBlank()) {"),
                new Mutant(
                        "gaps-not-read-through",
                        "A reader with an older head takes an archived stream for damaged.",
                        EVENTSTORE + "DynamoDbEventStore.java",
                        "if (commit.version() != last + 1 && last > 0 && !archived) {",
                        "if (commit.version() == 0) {"),
                new Mutant(
                        "old-heads-trusted",
                        "A command is appended behind a head that was read long ago, in the place of a deleted commit.",
                        EVENTSTORE + "CommandHandler.java",
                        "if (cached == null ? !createsStream : !cache.isFresh(envelope.stream())) {",
                        "if (cached == null && !createsStream) {"),
                new Mutant(
                        "left-after-a-crash",
                        "What a crash has left behind a tombstone is never deleted.",
                        EVENTSTORE + "Archiver.java",
                        "return stored.items().size() > 2 ? Need.DELETE : Need.NOTHING;",
                        "return Need.NOTHING;"));
    }

    @ParameterizedTest
    @MethodSource("found")
    void a_planted_fault_is_found(Mutant mutant) throws Exception {
        Hunt.mustCatch(Archives.class, mutant, Map.of(), SEED, MOST_HISTORIES);
    }

    @Test
    void nothing_is_found_where_no_fault_is_planted() throws Exception {
        Hunt hunt = new Hunt(Archives.class, Map.of());
        hunt.upTo(SEED, RunLength.of(128, 2_048));
        assertThat(hunt.told()).isEmpty();
    }
}
