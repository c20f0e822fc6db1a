/**
 * The engines that run projections and event handlers over the events of each stream. Their correctness does not rest
 * on delivery: a fold item for each stream holds the position, by which duplicates are recognised, and gaps are filled
 * from the event table.
 */
@NullMarked
package dev.storyline.projections;

import org.jspecify.annotations.NullMarked;
