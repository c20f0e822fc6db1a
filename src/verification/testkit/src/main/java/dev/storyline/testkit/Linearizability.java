package dev.storyline.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Decides whether the observations of concurrent clients of ONE stream can be explained by a single append-only list,
 * where every operation takes effect at one instant between its call and its answer. Linearizability is compositional:
 * a history over many streams is checked stream by stream.
 *
 * <p>The search is Wing and Gong's ("Testing and Verifying Concurrent Objects", 1993): it linearizes an operation that
 * no open operation must precede, and backtracks where that leads nowhere. Lowe's improvement ("Testing for
 * Linearizability", 2017) remembers the configurations already visited. Two properties of this specification keep the
 * search small. First, an operation that changes nothing and has a correct answer at the current point can be
 * linearized at once, since no later place suits the other operations better; so only appends branch. Second, an append
 * stands at the position that it expected, so the set of linearized operations determines the list, and only this set
 * must be remembered.
 *
 * <p>Storyline has its own checker because the available ones do not fit: on Maven Central, Lincheck generates its own
 * operations on data structures in memory instead of checking a recorded history, Knossos depends on Clojure, and
 * Porcupine is written in Go.
 */
public final class Linearizability {
    /** The answer number of an operation that never got an answer. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * The most configurations that one check remembers before it gives up; each configuration takes one bit for each
     * operation.
     */
    public static final int MAX_CONFIGURATIONS = 50_000;

    private final List<Operation> operations;
    private final int limit;
    private final List<String> list = new ArrayList<>();
    private BitSet done = new BitSet();

    private Linearizability(List<Operation> operations, int limit) {
        this.operations = operations.stream()
                .sorted(Comparator.comparingLong(Operation::called))
                .toList();
        this.limit = limit;
    }

    /** A call to the stream, with its answer. */
    public sealed interface Call {}

    /** The outcome of an append. */
    public enum CallOutcome {
        /** The commit was appended. */
        WRITTEN,
        /** The append was refused, because the stream was longer than expected. */
        CONFLICT,
        /** There was no answer: the append took effect at any time after its call, or never. */
        UNKNOWN
    }

    /**
     * An append of one commit. Retries under one id are one operation, from the first call to the last answer.
     *
     * @param id the commit's id
     * @param expected the length that the list must have for the append to succeed
     * @param outcome the answer
     */
    public record Append(String id, long expected, CallOutcome outcome) implements Call {}

    /**
     * A load of the whole stream.
     *
     * @param ids the commits in the answer, in order
     */
    public record Load(List<String> ids) implements Call {
        public Load {
            ids = List.copyOf(ids);
        }
    }

    /**
     * One operation of a history.
     *
     * @param called order number of the call
     * @param answered order number of the answer, greater than that of the call; {@link #NEVER} if there was no answer
     * @param call the call with its answer
     */
    public record Operation(long called, long answered, Call call) {
        public Operation {
            if (answered <= called) {
                throw new IllegalArgumentException("Answered at " + answered + " before it was called at " + called);
            }
            if ((answered == NEVER) != (call instanceof Append append && append.outcome() == CallOutcome.UNKNOWN)) {
                throw new IllegalArgumentException(
                        "Appends of unknown outcome, and no others, have no answer: " + call);
            }
        }
    }

    /** Records the operations on one stream, from any number of threads. */
    public static final class History {
        private final AtomicLong clock = new AtomicLong();
        private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

        /** Returns the order number of a call; to be taken before the call is made. */
        public long call() {
            return clock.incrementAndGet();
        }

        /** Records an operation; to be called after its answer arrived, or when the client stops waiting for the answer. */
        public void took(long called, Call call) {
            boolean unanswered = call instanceof Append append && append.outcome() == CallOutcome.UNKNOWN;
            operations.add(new Operation(called, unanswered ? NEVER : clock.incrementAndGet(), call));
        }

        /** Returns the operations recorded so far. */
        public List<Operation> operations() {
            return List.copyOf(operations);
        }
    }

    /** The result of a check. */
    public sealed interface Verdict {
        /** Some order explains every answer. */
        record Linearizable() implements Verdict {}

        /**
         * No order explains every answer.
         *
         * @param prefix the smallest prefix that cannot be explained, in the order of calls. It holds the operations
         *     that were called before the culprit was answered. An append that had no answer by then counts as unknown;
         *     a load without an answer is left out.
         * @param culprit the operation whose answer ends the prefix: without this answer, the prefix could be explained
         */
        record NotLinearizable(List<Operation> prefix, Operation culprit) implements Verdict {
            private static final int SHOWN = 20;

            public NotLinearizable {
                prefix = List.copyOf(prefix);
            }

            @Override
            public String toString() {
                StringBuilder text = new StringBuilder("Not linearizable: no order of the " + prefix.size()
                        + " operations called until then explains the answer of " + culprit + ". The last of them:");
                prefix.stream()
                        .skip(Math.max(0, prefix.size() - SHOWN))
                        .forEach(operation -> text.append("\n  ").append(operation));
                return text.toString();
            }
        }

        /**
         * The check gave up.
         *
         * @param configurations how many configurations the search had visited
         */
        record Undecided(int configurations) implements Verdict {}
    }

    /** Checks the history of one stream that was empty at first. */
    public static Verdict check(List<Operation> history) {
        return check(history, MAX_CONFIGURATIONS);
    }

    static Verdict check(List<Operation> history, int limit) {
        Verdict whole = new Linearizability(history, limit).search();
        if (!(whole instanceof Verdict.NotLinearizable)) {
            return whole;
        }
        // Every prefix of a linearizable history is linearizable, so a binary search finds the first bad answer.
        List<Operation> answered = history.stream()
                .filter(operation -> operation.answered() != NEVER)
                .sorted(Comparator.comparingLong(Operation::answered))
                .toList();
        int good = -1;
        int bad = answered.size() - 1;
        while (bad - good > 1) {
            int middle = (good + bad) >>> 1;
            List<Operation> prefix = until(answered.get(middle).answered(), history);
            switch (new Linearizability(prefix, limit).search()) {
                case Verdict.Linearizable linearizable -> good = middle;
                case Verdict.NotLinearizable not -> bad = middle;
                // The whole history is refuted in any case; an undecided part only makes the reported prefix longer
                // than necessary.
                case Verdict.Undecided undecided -> good = middle;
            }
        }
        Operation culprit = answered.get(bad);
        return new Verdict.NotLinearizable(until(culprit.answered(), history), culprit);
    }

    /** Returns the part of the history that was known when this answer arrived. */
    private static List<Operation> until(long answer, List<Operation> history) {
        List<Operation> prefix = new ArrayList<>();
        for (Operation operation : history) {
            if (operation.answered() <= answer) {
                prefix.add(operation);
            } else if (operation.called() < answer && operation.call() instanceof Append append) {
                Append open = new Append(append.id(), append.expected(), CallOutcome.UNKNOWN);
                prefix.add(new Operation(operation.called(), NEVER, open));
            }
        }
        prefix.sort(Comparator.comparingLong(Operation::called));
        return prefix;
    }

    /** One possible next step from the previous configuration. */
    private record Branch(BitSet done, int length, int append) {}

    private Verdict search() {
        Set<BitSet> met = new HashSet<>();
        Deque<Branch> branches = new ArrayDeque<>();
        while (true) {
            takeWhatChangesNothing();
            if (isExplained()) {
                return new Verdict.Linearizable();
            }
            BitSet here = (BitSet) done.clone();
            if (met.add(here)) {
                if (met.size() > limit) {
                    return new Verdict.Undecided(limit);
                }
                for (int i : next()) {
                    if (operations.get(i).call() instanceof Append append && isAppended(append)) {
                        branches.push(new Branch(here, list.size(), i));
                    }
                }
            }
            if (branches.isEmpty()) {
                return new Verdict.NotLinearizable(operations, operations.getLast());
            }
            Branch branch = branches.pop();
            list.subList(branch.length(), list.size()).clear();
            list.add(((Append) operations.get(branch.append()).call()).id());
            done = (BitSet) branch.done().clone();
            done.set(branch.append());
        }
    }

    /** Returns whether all answered operations are linearized. Operations without an answer may be left out. */
    private boolean isExplained() {
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            if (operations.get(i).answered() != NEVER) {
                return false;
            }
        }
        return true;
    }

    private void takeWhatChangesNothing() {
        boolean taken = true;
        while (taken) {
            taken = false;
            for (int i : next()) {
                if (isRightAndChangesNothing(operations.get(i).call())) {
                    done.set(i);
                    taken = true;
                }
            }
        }
    }

    /** Returns the operations that may come next: those that were called before any other open operation was answered. */
    private List<Integer> next() {
        List<Integer> next = new ArrayList<>();
        long firstAnswer = NEVER;
        for (int i = done.nextClearBit(0); i < operations.size(); i = done.nextClearBit(i + 1)) {
            Operation operation = operations.get(i);
            if (operation.called() > firstAnswer) {
                break;
            }
            firstAnswer = Math.min(firstAnswer, operation.answered());
            next.add(i);
        }
        return next;
    }

    /**
     * Returns whether the call has a correct answer at this point and changes nothing. A refused append with an unknown
     * outcome is never linearized, so that the linearized operations determine which of two appends is in the list.
     */
    private boolean isRightAndChangesNothing(Call call) {
        return switch (call) {
            case Load load -> load.ids().equals(list);
            case Append append -> append.outcome() == CallOutcome.CONFLICT && list.size() > append.expected();
        };
    }

    private boolean isAppended(Append append) {
        return append.outcome() != CallOutcome.CONFLICT
                && list.size() == append.expected()
                && !list.contains(append.id());
    }
}
