/** The projection engine against the real thing. */
@NullMarked
package dev.storyline.projections;

import org.jspecify.annotations.NullMarked;
