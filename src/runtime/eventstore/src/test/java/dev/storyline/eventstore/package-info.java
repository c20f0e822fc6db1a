/** The event store against the real thing. */
@NullMarked
package dev.storyline.eventstore;

import org.jspecify.annotations.NullMarked;
