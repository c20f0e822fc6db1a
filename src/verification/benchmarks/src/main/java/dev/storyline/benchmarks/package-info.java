/** Benchmarks with ratios relative to the raw SDK in the same run. */
@NullMarked
package dev.storyline.benchmarks;

import org.jspecify.annotations.NullMarked;
