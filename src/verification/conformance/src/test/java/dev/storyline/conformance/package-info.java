/** The event store behind the interfaces of others, so that their tests can judge it. */
@NullMarked
package dev.storyline.conformance;

import org.jspecify.annotations.NullMarked;
