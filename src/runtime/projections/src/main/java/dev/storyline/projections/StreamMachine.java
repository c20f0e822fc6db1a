package dev.storyline.projections;

import dev.storyline.eventstore.CapacityCeilings;
import dev.storyline.eventstore.EventScan;
import dev.storyline.kernel.StreamId;

/** What an operator may ask of a projection or an event handler. No question writes anything, and none runs an effect. */
public interface StreamMachine {
    /** What the stream amounted to at a version, folded from its events. */
    StreamState stateAt(StreamId stream, long version);

    /**
     * What each event of a stream makes the machine do: changes of rows, or effects. A stream is stepped from its
     * beginning, because the state is needed, and told from a version on.
     *
     * @param from the first version that is told
     * @param upTo the last version
     */
    StreamReplay replay(StreamId stream, long from, long upTo);

    /**
     * Compares the positions and rows with the events of a restored event table.
     *
     * @param restored the restored table
     * @param ceilings the most capacity that it consumes
     * @param after where it goes on: {@link RestoreFindings#next} of the part before; empty to begin
     */
    RestoreFindings compare(EventScan restored, CapacityCeilings ceilings, String after);
}
