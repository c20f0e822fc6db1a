/**
 * The words of Storyline as types. Everything here is pure: no framework, no AWS, no JSON, no clock, no randomness.
 *
 * <p>All business code is one of three kinds of pure functions over one stream: a {@link dev.storyline.kernel.Decider},
 * a {@link dev.storyline.kernel.Projection} or an {@link dev.storyline.kernel.EventHandler}.
 */
@NullMarked
package dev.storyline.kernel;

import org.jspecify.annotations.NullMarked;
