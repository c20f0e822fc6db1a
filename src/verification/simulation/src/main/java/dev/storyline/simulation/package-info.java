/** A cloud without threads, sockets or clocks, so that the whole history of a system is a pure function of its seed. */
@NullMarked
package dev.storyline.simulation;

import org.jspecify.annotations.NullMarked;
