/** Adapts the event store to third-party interfaces, so that their published tests can run against it. */
@NullMarked
package dev.storyline.conformance;

import org.jspecify.annotations.NullMarked;
