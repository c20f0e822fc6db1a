package dev.storyline.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.storyline.testkit.Linearizability.Append;
import dev.storyline.testkit.Linearizability.Call;
import dev.storyline.testkit.Linearizability.CallOutcome;
import dev.storyline.testkit.Linearizability.Load;
import dev.storyline.testkit.Linearizability.Operation;
import dev.storyline.testkit.Linearizability.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {
    private static Operation written(long called, long answered, String id, long expected) {
        return new Operation(called, answered, new Append(id, expected, CallOutcome.WRITTEN));
    }

    private static Operation conflict(long called, long answered, String id, long expected) {
        return new Operation(called, answered, new Append(id, expected, CallOutcome.CONFLICT));
    }

    private static Operation unknown(long called, String id, long expected) {
        return new Operation(called, Linearizability.NEVER, new Append(id, expected, CallOutcome.UNKNOWN));
    }

    private static Operation load(long called, long answered, String... ids) {
        return new Operation(called, answered, new Load(List.of(ids)));
    }

    private static void assertExplained(Operation... history) {
        assertThat(Linearizability.check(List.of(history))).isEqualTo(new Verdict.Linearizable());
    }

    /** Checks that the history is refuted because of this operation's answer. */
    private static void assertFound(Operation culprit, Operation... history) {
        assertThat(Linearizability.check(List.of(history)))
                .isInstanceOfSatisfying(
                        Verdict.NotLinearizable.class,
                        not -> assertThat(not.culprit()).isEqualTo(culprit));
    }

    @Test
    void one_client_after_the_other_is_explained() {
        assertExplained();
        assertExplained(
                load(1, 2), written(3, 4, "a", 0), load(5, 6, "a"), conflict(7, 8, "b", 0), written(9, 10, "b", 1));
    }

    @Test
    void what_overlaps_may_have_happened_in_either_order() {
        assertExplained(written(1, 4, "a", 0), load(2, 3));
        assertExplained(written(1, 4, "a", 0), load(2, 3, "a"));
        assertExplained(written(1, 10, "a", 0), load(2, 3), load(4, 5, "a"), conflict(6, 7, "b", 0));
        assertExplained(written(3, 6, "b", 1), written(1, 5, "a", 0), load(2, 4, "a", "b"));
    }

    @Test
    void a_lost_append_is_found() {
        assertFound(load(5, 6), written(1, 2, "a", 0), load(5, 6));
        assertFound(load(5, 6, "a"), written(1, 2, "a", 0), written(3, 4, "b", 1), load(5, 6, "a"));
        assertFound(written(3, 4, "b", 0), written(1, 2, "a", 0), written(3, 4, "b", 0));
    }

    @Test
    void a_lost_append_is_found_even_where_nobody_loads() {
        assertFound(written(2, 4, "b", 0), written(1, 3, "a", 0), written(2, 4, "b", 0));
        assertFound(written(5, 6, "c", 3), written(1, 2, "a", 0), written(3, 4, "b", 1), written(5, 6, "c", 3));
    }

    @Test
    void a_doubled_append_is_found() {
        assertFound(load(3, 4, "a", "a"), written(1, 2, "a", 0), load(3, 4, "a", "a"));
        assertFound(load(3, 4, "a", "a"), unknown(1, "a", 0), unknown(2, "a", 1), load(3, 4, "a", "a"));
        assertFound(written(3, 4, "a", 1), written(1, 2, "a", 0), written(3, 4, "a", 1));
    }

    @Test
    void a_stale_load_after_an_acknowledged_append_is_found() {
        assertFound(load(5, 6), written(1, 2, "a", 0), load(3, 4, "a"), load(5, 6));
        assertFound(
                load(8, 9, "a"), written(1, 2, "a", 0), written(3, 7, "b", 1), load(4, 5, "a", "b"), load(8, 9, "a"));
    }

    @Test
    void a_load_that_goes_back_behind_another_is_found_before_the_append_is_acknowledged() {
        assertFound(load(4, 5), written(1, 6, "a", 0), load(2, 3, "a"), load(4, 5));
    }

    @Test
    void a_reordered_load_is_found() {
        assertFound(load(5, 6, "b", "a"), written(1, 2, "a", 0), written(3, 4, "b", 1), load(5, 6, "b", "a"));
        assertFound(load(5, 7, "b"), unknown(1, "a", 0), unknown(2, "b", 0), load(3, 4, "a"), load(5, 7, "b"));
    }

    @Test
    void a_load_of_what_nobody_appended_or_not_yet_is_found() {
        assertFound(load(1, 2, "a"), load(1, 2, "a"));
        assertFound(load(1, 2, "a"), load(1, 2, "a"), written(3, 4, "a", 0));
    }

    @Test
    void a_conflict_without_another_append_is_found() {
        assertFound(conflict(1, 2, "a", 0), conflict(1, 2, "a", 0), written(3, 4, "b", 0));
        assertExplained(conflict(1, 3, "a", 0), written(2, 4, "b", 0));
    }

    @Test
    void what_was_refused_is_never_seen() {
        assertFound(load(6, 7, "b"), written(1, 2, "a", 0), conflict(3, 4, "b", 0), load(6, 7, "b"));
        assertFound(load(6, 7, "a", "b"), written(1, 2, "a", 0), conflict(3, 4, "b", 0), load(6, 7, "a", "b"));
    }

    @Test
    void an_unknown_append_may_have_happened_at_once_late_or_never() {
        assertExplained(unknown(1, "a", 0), load(2, 3, "a"));
        assertExplained(unknown(1, "a", 0), load(2, 3), load(4, 5), load(6, 7, "a"));
        assertExplained(unknown(1, "a", 0), load(2, 3), written(4, 5, "b", 0), load(6, 7, "b"));
        assertExplained(unknown(1, "late", 1), written(2, 3, "a", 0), load(4, 5, "a"), load(6, 7, "a", "late"));
        assertExplained(unknown(1, "a", 0), conflict(2, 3, "b", 0), written(4, 5, "b", 1));
    }

    @Test
    void an_unknown_append_happens_once_where_it_expected_to_and_stays() {
        assertFound(load(4, 5), unknown(1, "a", 0), load(2, 3, "a"), load(4, 5));
        assertFound(load(6, 7, "b", "a"), unknown(1, "a", 0), written(4, 5, "b", 0), load(6, 7, "b", "a"));
        assertFound(written(4, 5, "b", 0), unknown(1, "a", 0), load(2, 3, "a"), written(4, 5, "b", 0));
        assertFound(load(1, 2, "a"), load(1, 2, "a"), unknown(3, "a", 0));
    }

    @Test
    void where_two_unknown_appends_could_stand_both_ways_are_tried() {
        Operation[] either = {unknown(1, "a", 0), unknown(2, "b", 0), written(3, 4, "c", 1), load(5, 6, "b", "c")};
        assertExplained(either);
        either[3] = load(5, 6, "a", "c");
        assertExplained(either);
        either[3] = load(5, 6, "a", "b");
        assertFound(either[3], either);
    }

    @Test
    void the_smallest_prefix_is_told() {
        Operation stale = load(7, 9);
        Verdict verdict = Linearizability.check(List.of(
                load(13, 14, "a", "b"),
                written(1, 2, "a", 0),
                written(8, 12, "b", 1),
                stale,
                load(3, 4, "a"),
                load(5, 11, "a"),
                load(10, 15)));
        assertThat(verdict)
                .isEqualTo(new Verdict.NotLinearizable(
                        List.of(written(1, 2, "a", 0), load(3, 4, "a"), stale, unknown(8, "b", 1)), stale));
        assertThat(verdict.toString()).contains("answer of " + stale).contains("4 operations");
    }

    @Test
    void a_search_without_an_end_in_sight_is_given_up() {
        List<Operation> history = new ArrayList<>();
        for (int version = 0; version < 20; version++) {
            history.add(unknown(2 * version + 1, "a" + version, version));
            history.add(unknown(2 * version + 2, "b" + version, version));
        }
        history.add(written(41, 42, "c", 20));
        history.add(load(43, 44, "c"));
        assertThat(Linearizability.check(history, 1_000)).isEqualTo(new Verdict.Undecided(1_000));
    }

    @Test
    void an_operation_is_answered_after_it_is_called_or_unknown() {
        assertThatThrownBy(() -> load(2, 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> load(1, Linearizability.NEVER)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Operation(1, 2, new Append("a", 0, CallOutcome.UNKNOWN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Sixteen clients that conflict all the time, with as many operations as the largest history worth keeping. */
    @Test
    void thousands_of_operations_are_decided() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        List<Operation> history = new ArrayList<>(perfect(new Random(seed), 16, 6_000, 10));
        assertThat(Linearizability.check(history)).isEqualTo(new Verdict.Linearizable());
        int last = IntStream.range(0, history.size())
                .filter(i ->
                        history.get(i).call() instanceof Load load && load.ids().size() > 3)
                .max()
                .orElseThrow();
        Operation right = history.get(last);
        List<String> ids = new ArrayList<>(((Load) right.call()).ids());
        Collections.swap(ids, 0, 1);
        history.set(last, new Operation(right.called(), right.answered(), new Load(ids)));
        assertThat(Linearizability.check(history)).isInstanceOf(Verdict.NotLinearizable.class);
    }

    /**
     * Generates the observations of clients of a perfect stream: each operation takes effect at a step between call and
     * answer.
     */
    private static List<Operation> perfect(Random random, int clients, int operations, int oneUnknownIn) {
        List<Operation> history = new ArrayList<>();
        List<String> list = new ArrayList<>();
        long[] called = new long[clients];
        long[] seen = new long[clients];
        List<Call> effect = new ArrayList<>(Collections.nCopies(clients, new Load(List.of())));
        int[] step = new int[clients];
        long clock = 0;
        while (history.size() < operations) {
            int client = random.nextInt(clients);
            switch (step[client]) {
                case 0 -> called[client] = ++clock;
                case 1 -> {
                    if (random.nextInt(3) > 0) {
                        seen[client] = list.size();
                        effect.set(client, new Load(list));
                    } else {
                        String id = "c" + called[client];
                        boolean free = seen[client] == list.size();
                        CallOutcome told = free ? CallOutcome.WRITTEN : CallOutcome.CONFLICT;
                        effect.set(
                                client,
                                new Append(
                                        id,
                                        seen[client],
                                        random.nextInt(oneUnknownIn) == 0 ? CallOutcome.UNKNOWN : told));
                        if (free) {
                            list.add(id);
                        }
                    }
                }
                default -> {
                    boolean unknown =
                            effect.get(client) instanceof Append append && append.outcome() == CallOutcome.UNKNOWN;
                    history.add(new Operation(
                            called[client], unknown ? Linearizability.NEVER : ++clock, effect.get(client)));
                }
            }
            step[client] = (step[client] + 1) % 3;
        }
        // Operations whose answers come after the end of the history are recorded as unanswered.
        for (int client = 0; client < clients; client++) {
            if (step[client] == 2 && effect.get(client) instanceof Append append) {
                history.add(new Operation(
                        called[client],
                        Linearizability.NEVER,
                        new Append(append.id(), append.expected(), CallOutcome.UNKNOWN)));
            }
        }
        return history;
    }

    /** The definition itself, which tries every order: too simple to be wrong, and far too slow for longer histories. */
    private static boolean isExplained(List<Operation> open, List<String> list) {
        if (open.stream().allMatch(operation -> operation.answered() == Linearizability.NEVER)) {
            return true;
        }
        for (Operation operation : open) {
            if (open.stream().anyMatch(other -> other.answered() < operation.called())) {
                continue;
            }
            List<Operation> rest = new ArrayList<>(open);
            rest.remove(operation);
            List<String> after = new ArrayList<>(list);
            boolean right = switch (operation.call()) {
                case Load load -> load.ids().equals(list);
                case Append append -> {
                    boolean free = append.expected() == list.size() && !list.contains(append.id());
                    if (free && append.outcome() != CallOutcome.CONFLICT) {
                        after.add(append.id());
                    }
                    yield switch (append.outcome()) {
                        case WRITTEN -> free;
                        case CONFLICT -> append.expected() < list.size();
                        case UNKNOWN -> true;
                    };
                }
            };
            if (right && isExplained(rest, after)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void the_search_agrees_with_the_definition_on_small_histories() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int explained = 0;
        for (int i = 0; i < 20_000; i++) {
            List<Operation> history = anything(random);
            boolean expected = isExplained(history, List.of());
            assertThat(Linearizability.check(history) instanceof Verdict.Linearizable)
                    .as(() -> history.toString())
                    .isEqualTo(expected);
            explained += expected ? 1 : 0;
        }
        assertThat(explained).isBetween(2_000, 18_000);
    }

    /** Generates up to nine overlapping operations, with answers that are often nearly right. */
    private static List<Operation> anything(Random random) {
        List<Operation> history = new ArrayList<>(perfect(random, 4, 1 + random.nextInt(5), 2));
        for (int i = 0; i < history.size(); i++) {
            Operation operation = history.get(i);
            if (random.nextInt(5) == 0) {
                Call changed = switch (operation.call()) {
                    case Append append ->
                        operation.answered() == Linearizability.NEVER
                                ? new Append(append.id(), random.nextInt(3), CallOutcome.UNKNOWN)
                                : new Append(
                                        append.id(),
                                        random.nextInt(3),
                                        random.nextBoolean() ? CallOutcome.WRITTEN : CallOutcome.CONFLICT);
                    case Load load ->
                        new Load(
                                load.ids().isEmpty() || random.nextBoolean()
                                        ? IntStream.rangeClosed(1, random.nextInt(3))
                                                .mapToObj(n -> "c" + n)
                                                .toList()
                                        : load.ids().subList(1, load.ids().size()));
                };
                history.set(i, new Operation(operation.called(), operation.answered(), changed));
            }
        }
        return history;
    }
}
