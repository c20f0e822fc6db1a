/** The command line of Storyline, {@code ./storyline}: the root command, and how wrong use and failures are reported. */
@NullMarked
package dev.storyline.cli;

import org.jspecify.annotations.NullMarked;
