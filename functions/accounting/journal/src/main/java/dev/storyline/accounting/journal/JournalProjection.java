package dev.storyline.accounting.journal;

import dev.storyline.contexts.accounting.EntryEvent;
import dev.storyline.contexts.accounting.EntryEvent.EntryPosted;
import dev.storyline.contexts.accounting.EntryEvent.EntryReversed;
import dev.storyline.kernel.Projection;
import dev.storyline.kernel.Recorded;
import dev.storyline.kernel.RowKey;
import dev.storyline.kernel.Step;

/** An entry is listed in its month, on each of its accounts, and with each of its customers. */
final class JournalProjection implements Projection<JournalProjection.State, EntryEvent> {
    /** Nothing is remembered. */
    record State() {}

    @Override
    public String name() {
        return "journal";
    }

    @Override
    public Class<EntryEvent> folds() {
        return EntryEvent.class;
    }

    @Override
    public State initialState() {
        return new State();
    }

    @Override
    public Step<State> step(State state, Recorded<EntryEvent> event) {
        return switch (event.event()) {
            case EntryPosted posted -> listed(state, JournalLine.of(event.with(posted)));
            case EntryReversed _ -> Step.to(state);
        };
    }

    private static Step<State> listed(State state, JournalLine line) {
        Step<State> step = Step.to(state);
        for (RowKey key : line.keys()) {
            step = step.put(key, line);
        }
        return step;
    }
}
