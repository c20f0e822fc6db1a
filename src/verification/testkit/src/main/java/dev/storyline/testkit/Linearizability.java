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
 * Decides whether what concurrent clients saw of ONE stream can be explained by a single list that is only ever appended
 * to, with every operation taking effect at one instant between its call and its answer. Linearizability is
 * compositional: a history over many streams is checked stream by stream.
 *
 * <p>The search is Wing and Gong's ("Testing and Verifying Concurrent Objects", 1993): linearize some operation that
 * nothing still open must precede, and go back where that leads nowhere. Lowe's improvement ("Testing for
 * Linearizability", 2017) remembers the configurations already met. Two facts about this one specification keep it
 * small. An operation that changes nothing and is right now may be taken at once, since no later place suits the others
 * better; so only what is appended branches. And an append stands where it expected to, so the set of linearized
 * operations tells the list, and is all that needs to be remembered.
 *
 * <p>It is written here because what there is does not fit: on Maven Central, Lincheck generates its own operations on
 * data structures in memory instead of judging a recorded history, Knossos brings Clojure along, and Porcupine is Go.
 */
public final class Linearizability {
    /** The answer number of an operation that never got an answer. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The most configurations that one check remembers before it gives up; each takes one bit for each operation. */
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

    /** What was asked of the stream, and what was answered. */
    public sealed interface Call {}

    /** What came of an append. */
    public enum CallOutcome {
        /** It was appended. */
        WRITTEN,
        /** It was refused, since the stream was longer than expected. */
        CONFLICT,
        /** Nobody answered: it took effect at any time after its call, or never. */
        UNKNOWN
    }

    /**
     * An append of one commit. Tries under one id are one operation, from the first call to the last answer.
     *
     * @param id the commit's id
     * @param expected how many commits the list has to have for it to be appended
     * @param outcome what was answered
     */
    public record Append(String id, long expected, CallOutcome outcome) implements Call {}

    /**
     * A load of the whole stream.
     *
     * @param ids the commits that it answered, in order
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
     * @param answered order number of the answer, greater than that of the call; {@link #NEVER} where none came
     * @param call what was asked and answered
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

    /** Takes down, from any number of threads, what happens to one stream. */
    public static final class History {
        private final AtomicLong clock = new AtomicLong();
        private final Queue<Operation> operations = new ConcurrentLinkedQueue<>();

        /** The order number of a call; taken before it is made. */
        public long call() {
            return clock.incrementAndGet();
        }

        /** Takes down an operation; called after its answer came, or when no answer is waited for any more. */
        public void took(long called, Call call) {
            boolean unanswered = call instanceof Append append && append.outcome() == CallOutcome.UNKNOWN;
            operations.add(new Operation(called, unanswered ? NEVER : clock.incrementAndGet(), call));
        }

        /** What has been taken down so far. */
        public List<Operation> operations() {
            return List.copyOf(operations);
        }
    }

    /** What came of a check. */
    public sealed interface Verdict {
        /** There is an order that explains every answer. */
        record Linearizable() implements Verdict {}

        /**
         * No order explains every answer.
         *
         * @param prefix the smallest prefix that cannot be explained, in the order of calls: what was called before the
         *     culprit was answered; what had no answer by then stands as unknown, or not at all if it is a load
         * @param culprit the operation whose answer ends it: without that answer all could be explained
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
         * The search was given up.
         *
         * @param configurations how many were met until then
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
        // Every prefix of a linearizable history is linearizable: the first bad answer is found by halving.
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
                // The whole is refuted, whatever a part of it is: what is reported is only longer than need be.
                case Verdict.Undecided undecided -> good = middle;
            }
        }
        Operation culprit = answered.get(bad);
        return new Verdict.NotLinearizable(until(culprit.answered(), history), culprit);
    }

    /** What was known of the history when this answer came. */
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

    /** One way to go on, from the configuration before it. */
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

    /** What has no answer may stay out for ever; everything else has to be in. */
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

    /** The operations that may come next: those called before any other that is not in yet was answered. */
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

    /** An append of unknown outcome that was refused stays out: what is in then tells which of two is in the list. */
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
