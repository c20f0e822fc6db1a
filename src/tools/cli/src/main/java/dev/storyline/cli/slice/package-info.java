/** The commands that write contexts and slices: {@code ./storyline context ...}, {@code ./storyline slice ...}. */
@NullMarked
package dev.storyline.cli.slice;

import org.jspecify.annotations.NullMarked;
