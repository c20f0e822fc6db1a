package dev.storyline.naughtychildren.reportnaughtychild;

import static dev.storyline.kernel.Decision.accept;
import static dev.storyline.kernel.Decision.nothing;

import dev.storyline.contexts.naughtychildren.Listing;
import dev.storyline.contexts.naughtychildren.Listing.ChildListed;
import dev.storyline.kernel.Decider;
import dev.storyline.kernel.Decision;
import java.time.Duration;
import java.time.Instant;

/** Naughtiness lists a child for a day; a listing is only ever extended. */
final class ReportNaughtyChildDecider implements Decider<ReportNaughtyChild, ReportNaughtyChildDecider.State, Listing> {
    static final Duration LISTED_FOR = Duration.ofHours(24);

    /** The end of the child's time on the list; {@link Instant#MIN} if it was never on the list. */
    record State(Instant until) {}

    @Override
    public Class<Listing> folds() {
        return Listing.class;
    }

    @Override
    public State initialState() {
        return new State(Instant.MIN);
    }

    @Override
    public State evolve(State state, Listing event) {
        return switch (event) {
            case ChildListed listed -> new State(listed.until());
        };
    }

    @Override
    public Decision<Listing> decide(ReportNaughtyChild command, State state) {
        Instant until = command.at().plus(LISTED_FOR);
        return until.isAfter(state.until()) ? accept(new ChildListed(command.childId(), until)) : nothing();
    }
}
