package dev.storyline.simulation;

import dev.storyline.eventstore.Commit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds the deposits for which the {@link Bank} must charge a fee and did not. */
final class FeesOwed {
    private FeesOwed() {}

    /** Every second deposit has a fee, from the first event on that is younger than the handler. */
    static List<String> uncharged(List<Commit> commits, Set<String> causes, long since) {
        List<String> objections = new ArrayList<>();
        boolean open = false;
        int deposits = 0;
        for (Commit commit : commits) {
            open |= commit.at().toEpochMilli() >= since;
            if (commit.events().getFirst().type().equals("Deposited")) {
                deposits++;
                if (open && deposits % 2 == 0 && !causes.contains(commit.stream() + "@" + commit.version())) {
                    objections.add("Nobody charged a fee for " + commit);
                }
            }
        }
        return objections;
    }
}
