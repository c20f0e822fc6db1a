/** Measures the local cloud in a process of its own: over HTTP like its users, and beside the raw calls to its store. */
@NullMarked
package dev.storyline.benchmarks.local;

import org.jspecify.annotations.NullMarked;
