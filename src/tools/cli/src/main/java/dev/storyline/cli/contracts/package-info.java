/** The commands of the contracts: {@code ./storyline contracts ...}. */
@NullMarked
package dev.storyline.cli.contracts;

import org.jspecify.annotations.NullMarked;
