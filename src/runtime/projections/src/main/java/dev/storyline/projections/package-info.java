/**
 * The projection engine: steps a projection through the events of each stream and keeps the rows of its view.
 * Correctness never rests on delivery: a fold item for each stream holds the position, duplicates are known by it, and
 * gaps are repaired from the event table.
 */
@NullMarked
package dev.storyline.projections;

import org.jspecify.annotations.NullMarked;
