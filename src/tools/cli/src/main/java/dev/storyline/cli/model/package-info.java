/** The commands of the event model: {@code ./storyline model ...}. */
@NullMarked
package dev.storyline.cli.model;

import org.jspecify.annotations.NullMarked;
